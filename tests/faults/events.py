"""Events that come four times, in another order, a day late, while replicas die."""

import asyncio
import signal
from dataclasses import replace

import aiohttp
from sqlalchemy import text

from tests.faults.gestures import Slack, day_old, filled, said
from tests.faults.rows import Row
from tests.faults.scenes import Scene
from tests.faults.troubles import Trouble

_COPIES = 4


async def duplicates(scene: Scene) -> Row:
    """Each event four times to any replica, shuffled, some a day old: one effect, one answer."""
    return await _redelivered(scene, kills=0)


async def duplicates_and_kills(scene: Scene) -> Row:
    """The same while replicas are killed and started again."""
    return await _redelivered(scene, kills=scene.stage.size(12, 2))


async def answers_cut(scene: Scene) -> Row:
    """The same while Slack breaks off every third answer, most of them after it took them."""
    for kind, share in (("cut_after", 0.15), ("half", 0.1), ("cut_before", 0.05), ("500", 0.05)):
        scene.ledger.troubles.begin(Trouble(kind, share))
    row = await _redelivered(scene, kills=0)
    return replace(row, injected=scene.ledger.troubles.injected)


async def _redelivered(scene: Scene, kills: int) -> Row:
    count = scene.stage.size(150, 30)
    gestures = [
        filled(f"U{n:06d}", "reminder.save", {"task": f"kvitto-{n}", "when": "imorgon 9"}, f"f{n}")
        for n in range(1, count + 1)
    ] + [
        said(f"U{n:06d}", "hjälp", f"m{n}", age_s=day_old(scene.chance))
        for n in range(count + 1, 2 * count + 1)
    ]
    await scene.bots.start()
    within = scene.stage.size(40, 6)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        slack = Slack(scene.bots, scene.chance, http)
        order = [(g, copy) for g in gestures for copy in range(_COPIES)]
        scene.chance.shuffle(order)
        await asyncio.gather(
            _killing(scene, kills, within),
            *(
                slack.deliver(g, copy=copy, delay_s=scene.chance.uniform(0, within))
                for g, copy in order
            ),
        )
        await _answered(scene, len(gestures))
    effects, doubled = await _effects(scene)
    answers = len({post.token or post.user for post in scene.ledger.posts})
    extra = len(scene.ledger.posts) - answers + doubled
    lost = len(gestures) - min(answers, effects + count)
    row = scene.row(slack.delivered, f"effects {effects} = {count}, one answer each")
    ok = lost == 0 and extra == 0 and effects == count and not scene.notes
    return replace(row, promised=len(gestures), sent=answers, lost=lost, doubled=extra, ok=ok)


async def _killing(scene: Scene, kills: int, within_s: float) -> None:
    for _kill in range(kills):
        await asyncio.sleep(within_s / (kills + 1))
        number = scene.chance.randrange(scene.bots.replicas)
        scene.bots.signal(number, signal.SIGKILL)
        await scene.bots.restart(number)


async def _effects(scene: Scene) -> tuple[int, int]:
    """Return how many gestures had an effect, and how many effects were one too many."""
    async with scene.world.database.begin() as session:
        rows = await session.scalar(text("SELECT count(*) FROM schedule"))
        different = await session.scalar(text("SELECT count(DISTINCT owner_id) FROM schedule"))
    return int(different or 0), int(rows or 0) - int(different or 0)


async def _answered(scene: Scene, count: int) -> None:
    """Wait until everything has its answer; what a kill left is taken up after its lease."""
    for _time in range(200):
        async with scene.world.database.begin() as session:
            left = await session.scalar(
                text("SELECT count(*) FROM inbound WHERE state<>'answered'")
            )
            known = await session.scalar(text("SELECT count(*) FROM inbound"))
        if not left and known == count:
            return
        await asyncio.sleep(0.5)
    scene.notes.append(f"{left} of {known} events open")
