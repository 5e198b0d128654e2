"""The clock jumps, and the bot was away for seconds, an hour, three days."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.faults.rows import Row
from tests.faults.scenes import Scene

_HOUR_S = 3_600
_ON_TIME_S = 5.0
_REMINDER_LIVES = timedelta(hours=24)


async def jumps(scene: Scene) -> Row:
    """The database's clock goes an hour ahead and back again while reminders fall due."""
    count, span = scene.stage.size(100, 40), scene.stage.size(20, 10)
    await scene.world.shiftable()
    scene.bots.env["FAULTS_CLOCK"] = str(scene.world.clock_file)
    await scene.bots.start()
    started = len(scene.world.due)
    for ahead in (0, _HOUR_S, 0):
        await scene.world.shift(ahead)
        begin = time.time() + 3
        due = datetime.fromtimestamp(begin + ahead, UTC)
        await scene.world.promise(count, due, spread_s=span)
        for token in list(scene.world.due)[started:]:
            scene.world.due[token] -= ahead  # in the time of everybody's watch
        started = len(scene.world.due)
        # What is not due when the clock goes back is truly due an hour later.
        await asyncio.sleep(begin + span - time.time())
        await scene.posted(started, 30)
    await scene.drained(60)
    return scene.row(2, "repeats 0", late_s=_ON_TIME_S)


async def away_10_s(scene: Scene) -> Row:
    """What fell due in the last ten seconds is sent, late but at once."""
    return await _away(scene, timedelta(seconds=10))


async def away_1_h(scene: Scene) -> Row:
    """What fell due an hour ago is sent."""
    return await _away(scene, timedelta(hours=1))


async def away_3_d(scene: Scene) -> Row:
    """Three days: older than a day is told of as undelivered; what recurs comes once."""
    return await _away(scene, timedelta(days=3))


async def _away(scene: Scene, away: timedelta) -> Row:
    """Promises fell due evenly over the time away; a daily rule and an hourly one besides."""
    count, now = scene.stage.size(300, 60), datetime.now(UTC)
    await scene.world.promise(count, now - away, spread_s=away.total_seconds())
    too_old = {
        token
        for token, due in scene.world.due.items()
        if now.timestamp() - due > _REMINDER_LIVES.total_seconds() - 300
    }
    rules = await scene.world.promise_rule(now - away - timedelta(hours=1), "FREQ=HOURLY", 20)
    await scene.bots.start()
    scene.back_at = time.time()
    await scene.drained()
    firsts = scene.ledger.firsts()
    silent = len(too_old - firsts.keys())
    if silent:
        scene.notes.append(f"{silent} of {len(too_old)} expired silently")
    for token in too_old:
        scene.world.due.pop(token)
    repeated = [t for t in rules if sum(p.token == t for p in scene.ledger.posts) != 1]
    if repeated:
        scene.notes.append(f"{len(repeated)} of {len(rules)} rules not merged to one message")
    row = scene.row(1, "silent 0, rules merged", late_s=None)
    return replace(row, promised=row.promised + len(too_old), sent=row.sent + len(too_old) - silent)
