"""The database crashes, is locked, is full, or already has a bot."""

import asyncio
import os
import resource
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from tests.faults.bots import free_port
from tests.faults.rows import Row
from tests.faults.scenes import Scene

_LOCKED_S = 10
_FULL_S = 5
_SET_UP = 3


async def crash(scene: Scene) -> Row:
    """PostgreSQL is stopped with `-m immediate`, as a crash would, and started again."""
    times = scene.stage.size(10, 1)
    postgres = scene.stage.worlds.postgres
    assert postgres is not None
    await scene.world.promise(scene.stage.size(2_000, 200), datetime.now(UTC))
    scene.ledger.latency = (0.02, 0.2)
    await scene.bots.start()
    crashes = 0
    while crashes < times:
        if not await scene.posted(len(scene.ledger.posts) + 5, 20):
            await scene.world.promise(100, datetime.now(UTC))
            continue
        await asyncio.sleep(scene.chance.uniform(0.1, 0.5))
        await asyncio.to_thread(postgres.crash, scene.chance.uniform(0.1, 2.0))
        crashes += 1
    await scene.drained()
    return scene.row(crashes)


async def lock(scene: Scene) -> Row:
    """Somebody holds the outbox for ten seconds."""
    await scene.world.promise(300, datetime.now(UTC))
    scene.ledger.latency = (0.05, 0.3)
    await scene.bots.start()
    await scene.posted(20)
    async with scene.world.database.begin() as session:
        if scene.db == "postgres":
            await session.execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
        else:
            await session.execute(text("SELECT 1"))  # SQLite's transactions begin IMMEDIATE
        before = len(scene.ledger.posts)
        await asyncio.sleep(scene.stage.size(_LOCKED_S, 3))
        meanwhile = len(scene.ledger.posts) - before
    await scene.drained()
    # Only what was already on its way may arrive while nothing can be written.
    return scene.row(int(meanwhile <= 10 * scene.bots.replicas))


async def full(scene: Scene) -> Row:
    """The disk is full for a while: the bot's process may let no file grow."""
    await scene.world.promise(scene.stage.size(600, 150), datetime.now(UTC))
    scene.ledger.latency = (0.02, 0.2)
    await scene.bots.start()
    struck = 0
    for _time in range(scene.stage.size(3, 1)):
        await scene.posted(len(scene.ledger.posts) + 20, 20)
        pid = scene.bots.pids[0]
        before = scene.bots.log.read_text().count("database does not answer")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_written(scene) // 2, -1))
        await asyncio.sleep(_FULL_S)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (-1, -1))
        struck += scene.bots.log.read_text().count("database does not answer") > before
        assert scene.bots.alive(0)
        await scene.world.promise(50, datetime.now(UTC))
    await scene.drained()
    return scene.row(struck)


def _written(scene: Scene) -> int:
    """Return how large the file is that every write of SQLite lengthens, bytes."""
    return Path(scene.world.url.removeprefix("sqlite:///") + "-wal").stat().st_size


async def second(scene: Scene) -> Row:
    """A second process on the same SQLite file is refused, and told why."""
    await scene.world.promise(50, datetime.now(UTC))
    await scene.bots.start()
    log = scene.bots.log.with_suffix(".second.log")
    env = {**scene.bots.env, "SPINDEL_PORT": str(free_port())}
    code = await scene.bots.hatchery.wait(await scene.bots.hatchery.hatch(env, log))
    told = log.read_text()
    file = os.path.basename(scene.world.url)  # noqa: PTH119 (an address)
    named = "already runs" in told and file in told.replace("\n", "")
    await scene.drained()
    return scene.row(int(code == _SET_UP and named), "refused by name, exit 3")
