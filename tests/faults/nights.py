"""The nights in which the clocks change, lived through; and twenty years of rules."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from bot.assembly import assembled
from bot.terminal.channel import TerminalChannel
from nlu.client import RasaClient
from storage import Database
from storage.queries.schedules import promise
from storage.recurrence import next_due
from storage.tables import Occurrence, Outbox, Schedule
from tests.faults.almanac import RULES, Rule, days, expected
from tests.faults.rows import Row
from tests.faults.scenes import NOBODY, Scene

_ZONE = "Europe/Stockholm"
_STEP = timedelta(minutes=5)
_NIGHTS = (date(2026, 10, 25), date(2027, 3, 28))


async def dst_nights(scene: Scene) -> Row:
    """Both nights, from the day before to the day after, through the real clock and delivery."""
    came: Counter[tuple[str, datetime]] = Counter()
    should: Counter[tuple[str, datetime]] = Counter()
    late = 0.0
    for night in _NIGHTS:
        first, last = night - timedelta(days=1), night + timedelta(days=1)
        for rule in RULES:
            should.update((rule.name, at) for at in expected(rule, first, last, _ZONE))
        late = max(late, await _lived(scene, first, last, came))
    return _compared(scene, should, came, len(_NIGHTS), late)


async def _lived(
    scene: Scene, first: date, last: date, came: Counter[tuple[str, datetime]]
) -> float:
    begin = datetime.combine(first, datetime.min.time(), UTC) - timedelta(hours=3)
    channel = TerminalChannel()
    rasa = RasaClient(NOBODY, "none")
    world = Database(scene.world.url)
    bot = await assembled(world, rasa, [channel], movable=True, frozen=begin)
    async with world.begin() as session:
        for number, rule in enumerate(RULES):
            await promise(
                session,
                kind="reminder",
                owner_id=number + 1,
                payload={"task": rule.name},
                dtstart=datetime.combine(first_day(rule, first), rule.wall),
                zone=_ZONE,
                rrule=rule.rrule,
                now=begin,
            )
    now, late = begin, 0.0
    end = datetime.combine(last, datetime.max.time(), UTC) - timedelta(hours=2)
    while now < end:
        now += _STEP
        await bot.time.move_to(now)
        await bot.work_until_idle(now)
        for message in channel.take():
            due, name = message.row.due_utc, RULES[message.receiver.id - 1].name
            if not first <= due.astimezone(ZoneInfo(_ZONE)).date() <= last:
                continue
            came[name, due] += 1
            late = max(late, (now - due).total_seconds())
    async with world.begin() as session:
        for table in (Outbox, Occurrence, Schedule):
            await session.execute(delete(table))
    await bot.close()
    return late


def first_day(rule: Rule, first: date) -> date:
    """Return the first day of a rule from a day on."""
    return next(day for day in days(first, first + timedelta(days=3_000)) if rule.on(day))


async def twenty_years(scene: Scene) -> Row:
    """Every moment of every rule from 2020 to 2040 against the almanac."""
    years = range(2038, 2041) if scene.stage.short else range(2020, 2041)
    should, came = await asyncio.to_thread(_counted, years)
    return _compared(scene, should, came, 2 * len(years), None)


def _counted(years: range) -> tuple[Counter[tuple[str, datetime]], Counter[tuple[str, datetime]]]:
    came: Counter[tuple[str, datetime]] = Counter()
    should: Counter[tuple[str, datetime]] = Counter()
    for year in years:
        first, last = date(year, 1, 1), date(year, 12, 31)
        for rule in RULES:
            should.update((rule.name, at) for at in expected(rule, first, last, _ZONE))
            came.update((rule.name, at) for at in _bots(rule, first, last))
    return should, came


def _bots(rule: Rule, first: date, last: date) -> Iterator[datetime]:
    """Yield every moment of a rule as the bot goes from one to the next."""
    start = datetime.combine(first_day(rule, first), rule.wall)
    due = next_due(start, rule.rrule, _ZONE, None)
    while due is not None and due.astimezone(ZoneInfo(_ZONE)).date() <= last:
        yield due
        due = next_due(start, rule.rrule, _ZONE, due)


def _compared(
    scene: Scene,
    should: Counter[tuple[str, datetime]],
    came: Counter[tuple[str, datetime]],
    nights: int,
    late: float | None,
) -> Row:
    lost, extra = should - came, came - should
    if lost or extra:
        scene.notes.append(f"first: {next(iter((lost + extra).items()))}")
    row = scene.row(nights, "0 deviations from the almanac")
    return replace(
        row,
        replicas=1,
        promised=should.total(),
        sent=came.total(),
        lost=lost.total(),
        doubled=extra.total(),
        late_p99_s=late,
        late_max_s=late,
        ok=bool(should) and not lost and not extra,
    )
