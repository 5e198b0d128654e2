"""The pace towards one conversation in Teams, of the real bot in its own process.

`uv run python -m benchmarks.teams_pace [MESSAGES=80] [PARTS=1]` promises so many messages to one
person at the same moment, each in so many parts, and lets `spindel run` send them. Prints how many
came at most in a second, in two and in thirty, beside what Teams takes of a bot in a conversation.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.teams import Service, people
from storage import Database, schema
from storage.queries.outbox import enqueue
from storage.queries.schedules import promise
from tests.faults.bots import Bots, Hatchery, free_port

LIMITS = {1: 7, 2: 8, 30: 60}  # seconds: messages
_MORE_S = 40
_LINE = "Alumnidagen flyttas till aulan. " * 40


def most(came: Sequence[float], seconds: float) -> int:
    """Return how many came at most within so many seconds."""
    return max(sum(at <= other < at + seconds for other in came) for at in came)


async def promised(database: Database, messages: int, parts: int) -> None:
    """Promise all messages to the first person, in one transaction."""
    now = datetime.now(UTC)
    task = _LINE * (18 * (parts - 1)) or "Alumnidagen flyttas till aulan"
    async with database.begin() as session:
        for number in range(messages):
            about = await promise(
                session,
                kind="reminder",
                owner_id=1,
                payload={"task": task},
                dtstart=now.replace(tzinfo=None),
                zone="UTC",
                now=now,
            )
            about.state, about.next_due_utc = "done", None
            await enqueue(
                session,
                person_id=1,
                kind="reminder.due",
                payload={"schedule": about.id},
                cause="announcement",
                dedupe_key=f"pace:{number}",
                due=now,
            )


async def main(messages: int, parts: int) -> None:
    """Send them."""
    service, port = Service(1_000), free_port()
    await service.open(port)
    hatchery = await Hatchery.open()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pace.db"
        schema.upgrade(url)
        database = Database(url)
        await people(database, 1, f"http://127.0.0.1:{port}")
        env = {
            "SPINDEL_DATABASE_URL": url,
            "SPINDEL_TEAMS_UNAUTHENTICATED": "true",
            "SPINDEL_RASA_URL": f"http://127.0.0.1:{port}",
            "SPINDEL_RASA_TOKEN": "-",
            "SLACK_BOT_TOKEN": "",
        }
        bots = Bots(hatchery, env, Path(folder) / "log")
        await bots.start()
        await promised(database, messages, parts)
        await _until(service, messages * parts)
        came = [at for at, _where in service.came]
        told = ", ".join(f"{most(came, s)} in {s} s (of {n})" for s, n in LIMITS.items())
        print(f"{len(came)} posts of {messages} messages in {came[-1] - came[0]:.1f} s: {told}")
        await bots.stop()
        await database.close()
    await hatchery.close()
    await service.close()


async def _until(service: Service, posts: int) -> None:
    for _wait in range(10 * (posts + _MORE_S)):
        if len(service.came) >= posts:
            return
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    given = [*sys.argv[1:], *("80", "1")[len(sys.argv) - 1 :]]
    asyncio.run(main(int(given[0]), int(given[1])))
