"""How late a thousand reminders leave that fall due in the same minute.

`uv run python -m benchmarks.lateness [REMINDERS=1000] [PER_MINUTE=300]` promises them to as many
people, once to one process on SQLite and once to three replicas on PostgreSQL, against a chat
server that keeps Slack's limits, and prints seconds after the due time: p50, p99, the latest.

The floor is what the limit alone forces: the k-th message cannot leave before k / limit. What is
left is the bot's. With PER_MINUTE=60000 the machine itself is measured.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.bots import Hatchery
from tests.faults.limits import Limits
from tests.faults.rows import quantile
from tests.faults.scenes import Stage, scene
from tests.faults.worlds import Worlds
from tests.postgres import Postgres, postgres_missing

_AHEAD = timedelta(seconds=15)


async def measured(stage: Stage, db: str, count: int, per_minute: int) -> None:
    """Measure one set-up and print its line."""
    async with scene(stage, "lateness", db) as here:
        here.bots.env |= {
            "SPINDEL_SLACK_PER_MINUTE": str(per_minute),
            "SPINDEL_SLACK_PACE_S": "1",
        }
        here.ledger.limits = Limits(per_minute)
        await here.bots.start()
        due = (datetime.now(UTC) + _AHEAD).replace(microsecond=0)
        await here.world.promise(count, due)
        assert datetime.now(UTC) < due, "promising took too long"
        await asyncio.sleep(max(0.0, due.timestamp() - time.time()))
        await here.drained(60 + 90 * count / per_minute)
        firsts = here.ledger.firsts()
        late = [firsts[token] - due.timestamp() for token in firsts]
        floor = [number * 60 / per_minute for number in range(count)]
        shown = " ".join(
            f"{name} {quantile(late, share):>7} s (floor {quantile(floor, share):>6})"
            for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))
        )
        lost, doubled = count - len(firsts), here.ledger.copies()
        print(
            f"{db:>8} x{here.bots.replicas}: {shown}; lost {lost}, doubled {doubled}, "
            f"429 {here.ledger.limits.refused}",
            flush=True,
        )


async def main(count: int, per_minute: int) -> None:
    """Measure both."""
    lacking = postgres_missing()
    postgres = None if lacking else Postgres.start()
    hatchery = await Hatchery.open()
    print(f"{count} reminders due at once, {per_minute} a minute; seconds after the due time")
    try:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Worlds(Path(folder), postgres), hatchery, Path(folder), seed=1)
            await measured(stage, "sqlite", count, per_minute)
            if postgres is not None:
                await measured(stage, "postgres", count, per_minute)
    finally:
        await hatchery.close()
        if postgres is not None:
            postgres.stop()
    if lacking:
        print(f"PostgreSQL: not measured: {lacking}")


if __name__ == "__main__":
    asyncio.run(
        main(*(int(given) for given in [*sys.argv[1:], *("1000", "300")[len(sys.argv) - 1 :]]))
    )
