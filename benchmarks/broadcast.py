"""How long a message to many takes inside Slack's limits, and what it costs.

`uv run python -m benchmarks.broadcast [RECEIVERS=300] [sqlite|postgres] [PER_MINUTE=300]` puts one
message for each receiver into the outbox in one transaction, as an announcement does, and lets one
process (SQLite) or three replicas (PostgreSQL) send them to a chat server that keeps the limits.
Prints minutes from the confirmation to the last message, the share of the limit used, lost,
doubled, refusals and resident memory.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.latency import resident
from storage import Database
from storage.queries.outbox import enqueue
from storage.queries.schedules import promise
from tests.faults.bots import Hatchery
from tests.faults.limits import Limits
from tests.faults.scenes import Stage, scene
from tests.faults.worlds import Worlds
from tests.postgres import Postgres


async def confirmed(database: Database, receivers: int) -> None:
    """Promise one message to each, in one transaction."""
    now = datetime.now(UTC)
    async with database.begin() as session:
        for person in range(1, receivers + 1):
            about = await promise(
                session,
                kind="reminder",
                owner_id=person,
                payload={"task": "Alumnidagen flyttas till aulan"},
                dtstart=now.replace(tzinfo=None),
                zone="UTC",
                now=now,
            )
            about.state, about.next_due_utc = "done", None
            await enqueue(
                session,
                person_id=person,
                kind="reminder.due",
                payload={"schedule": about.id},
                cause="announcement",
                dedupe_key=f"broadcast:{person}",
                due=now,
            )


async def main(receivers: int, db: str, per_minute: int) -> None:
    """Send one broadcast."""
    postgres = Postgres.start() if db == "postgres" else None
    hatchery = await Hatchery.open()
    try:
        with tempfile.TemporaryDirectory() as folder:
            worlds = Worlds(Path(folder), postgres, people=receivers)
            async with scene(
                Stage(worlds, hatchery, Path(folder), seed=1), "broadcast", db
            ) as here:
                here.bots.env |= {
                    "SPINDEL_SLACK_PER_MINUTE": str(per_minute),
                    "SPINDEL_SLACK_PACE_S": "1",
                }
                here.ledger.limits = Limits(per_minute)
                await here.bots.start()
                before = [resident(pid) for pid in here.bots.pids]
                await confirmed(here.world.database, receivers)
                begun = time.time()
                await here.drained(60 + 120 * receivers / per_minute)
                posts = here.ledger.posts
                minutes = (max(p.at for p in posts) - begun) / 60
                reached = len({post.channel for post in posts})
                share = len(posts) / minutes / per_minute
                after = [resident(pid) for pid in here.bots.pids]
                print(
                    f"{db} x{here.bots.replicas}, {receivers} receivers at {per_minute} a minute: "
                    f"{minutes:.2f} minutes, {share:.1%} of the limit, "
                    f"lost {receivers - reached}, doubled {len(posts) - reached}, "
                    f"429 {here.ledger.limits.refused}, MiB {before} -> {after}"
                )
    finally:
        await hatchery.close()
        if postgres is not None:
            postgres.stop()


if __name__ == "__main__":
    given = [*sys.argv[1:], *("300", "sqlite", "300")[len(sys.argv) - 1 :]]
    asyncio.run(main(int(given[0]), given[1], int(given[2])))
