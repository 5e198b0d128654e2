"""Killed in the middle of sending, again and again; stopped politely; stopped for a while."""

import asyncio
import signal
import time
from datetime import UTC, datetime

from tests.faults.rows import Row
from tests.faults.scenes import Scene

_AT_WORK_S = 15
_LOOKING_S = 3
_ENOUGH = 100
_GRACE_S = 10


async def kill(scene: Scene) -> Row:
    """kill -9 some 0.15–0.4 s after each time the bot has begun to work."""
    wanted = scene.stage.size(110, 4)
    await scene.world.promise(scene.stage.size(1_500, 150), datetime.now(UTC))
    scene.ledger.latency = (0.02, 0.25)
    await scene.bots.start()
    kills = 0
    while kills < wanted:
        number = scene.chance.randrange(scene.bots.replicas)
        before = len(scene.ledger.posts)
        # Where it does not send yet it looks for what the last kill left: that is struck too.
        await scene.posted(before + 1, _LOOKING_S)
        if await scene.world.open_work() < _ENOUGH:
            await scene.world.promise(100, datetime.now(UTC))
        await asyncio.sleep(scene.chance.uniform(0.15, 0.4))
        scene.bots.signal(number, signal.SIGKILL)
        kills += await scene.bots.hatchery.wait(scene.bots.pids[number]) == -signal.SIGKILL
        await scene.bots.restart(number)
    await scene.drained()
    return scene.row(kills)


async def roll(scene: Scene) -> Row:
    """SIGTERM while it sends: it ends by itself within ten seconds with exit code 0."""
    wanted = scene.stage.size(30, 3)
    await scene.world.promise(scene.stage.size(900, 150), datetime.now(UTC))
    scene.ledger.latency = (0.05, 0.4)
    await scene.bots.start()
    slowest, polite = 0.0, 0
    for turn in range(wanted):
        number = turn % scene.bots.replicas
        if not await scene.posted(len(scene.ledger.posts) + 1, _AT_WORK_S):
            await scene.world.promise(50, datetime.now(UTC))
            await scene.posted(len(scene.ledger.posts) + 1, _AT_WORK_S)
        begun = time.monotonic()
        scene.bots.signal(number, signal.SIGTERM)
        code = await scene.bots.hatchery.wait(scene.bots.pids[number])
        took = time.monotonic() - begun
        slowest = max(slowest, took)
        polite += code == 0 and took <= _GRACE_S
        await scene.bots.restart(number)
    await scene.drained()
    if polite < wanted:
        scene.notes.append(f"only {polite} of {wanted} ended with 0 in time")
    return scene.row(wanted, f"lost 0, doubled 0, exit 0 in {_GRACE_S} s (took {slowest:.1f})")


async def stand_still(scene: Scene) -> Row:
    """SIGSTOP for longer than the lease while messages are on their way, then SIGCONT."""
    times = scene.stage.size(3, 1)
    await scene.world.promise(scene.stage.size(600, 150), datetime.now(UTC))
    scene.ledger.latency = (0.05, 0.4)
    await scene.bots.start()
    for turn in range(times):
        number = turn % scene.bots.replicas
        if not await scene.posted(len(scene.ledger.posts) + 1, _AT_WORK_S):
            await scene.world.promise(100, datetime.now(UTC))
            await scene.posted(len(scene.ledger.posts) + 1, _AT_WORK_S)
        scene.bots.signal(number, signal.SIGSTOP)
        await asyncio.sleep(33)
        scene.bots.signal(number, signal.SIGCONT)
    await scene.drained()
    return scene.row(times)
