"""The scene of one fault: a ledger, a database full of promises, and bots between them."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from storage import Unreachable
from tests.faults.bots import SECRET, Bots, Hatchery
from tests.faults.ledger import Ledger
from tests.faults.rows import Row, quantile
from tests.faults.worlds import World, Worlds

NOBODY = "http://127.0.0.1:9"  # the discard port: no Rasa answers there
_LOOK_S = 0.5


@dataclass
class Stage:
    """What all cases share. short: the version that runs with every test."""

    worlds: Worlds
    hatchery: Hatchery
    folder: Path
    seed: int
    short: bool = False

    def size(self, whole: int, short: int) -> int:
        """Return how much of something this run does."""
        return short if self.short else whole


@dataclass
class Scene:
    """One fault's own ledger, world and bots; chance: seeded by the run and the fault's name."""

    stage: Stage
    fault: str
    db: str
    chance: random.Random
    ledger: Ledger
    world: World
    bots: Bots
    notes: list[str] = field(default_factory=list)
    back_at: float = 0.0  # from when the bot can be late at all, Unix seconds

    async def drained(self, patience_s: float = 120, *, note: bool = True) -> bool:
        """Wait until nothing promised is open; False when nothing moves for too long, with a note.

        Without a note the patience is for all of it.
        """
        end, left = time.monotonic() + patience_s, -1
        while time.monotonic() < end:
            before = left
            with suppress(Unreachable):
                left = await self.world.open_work()
            if left == 0:
                return True
            if note and left < before:
                end = time.monotonic() + patience_s
            await asyncio.sleep(_LOOK_S)
        if note:
            self.notes.append(f"{left} still open after {patience_s:g} s")
        return False

    async def posted(self, count: int, patience_s: float = 60) -> bool:
        """Wait until the ledger has accepted so many messages."""
        end = time.monotonic() + patience_s
        while len(self.ledger.posts) < count:
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.01)
        return True

    def row(
        self, injected: int, bound: str = "lost 0, doubled 0", *, late_s: float | None = None
    ) -> Row:
        """Return what happened; late_s: the bound of the 99th percentile, None = only told."""
        firsts, due = self.ledger.firsts(), self.world.due
        late = [max(0.0, firsts[t] - max(due[t], self.back_at)) for t in due if t in firsts]
        lost, doubled = len(due.keys() - firsts.keys()), self.ledger.copies()
        p99 = quantile(late, 0.99)
        in_time = late_s is None or (p99 is not None and p99 <= late_s)
        said = "".join([bound, *(f"; {note}" for note in self.notes)])
        return Row(
            fault=self.fault,
            db=self.db,
            replicas=self.bots.replicas,
            injected=injected,
            promised=len(due),
            sent=len(due.keys() & firsts.keys()),
            lost=lost,
            doubled=doubled,
            late_p99_s=p99,
            late_max_s=quantile(late, 1.0),
            bound=said if late_s is None else f"{said}, p99 {late_s:g} s",
            ok=injected > 0 and not lost and not doubled and in_time and not self.notes,
        )


Case = Callable[[Scene], Awaitable[Row]]


@asynccontextmanager
async def scene(stage: Stage, fault: str, db: str) -> AsyncIterator[Scene]:
    """Set a scene; on PostgreSQL with three replicas. The bots are not started yet."""
    chance = random.Random(f"{stage.seed}:{fault}:{db}")
    ledger = Ledger(chance)
    await ledger.start()
    world = await stage.worlds.fresh(db)
    log = stage.folder / f"{fault}-{db}.log"
    bots = Bots(stage.hatchery, _env(ledger, world), log, 1 if db == "sqlite" else 3)
    try:
        yield Scene(stage, fault, db, chance, ledger, world, bots)
    finally:
        await bots.stop()
        await world.close()
        await ledger.stop()


def _env(ledger: Ledger, world: World) -> dict[str, str]:
    return {
        "SPINDEL_DATABASE_URL": world.url,
        "SPINDEL_RASA_URL": NOBODY,
        "SLACK_BOT_TOKEN": "xoxb-of-the-cases",
        "SLACK_SIGNING_SECRET": SECRET,
        "SPINDEL_SLACK_MODE": "http",
        "SPINDEL_SLACK_API_URL": ledger.url,
        "SPINDEL_SLACK_PER_MINUTE": "60000",
        "SPINDEL_SLACK_PACE_S": "0",
        "SPINDEL_LOG_LEVEL": "INFO",
    }
