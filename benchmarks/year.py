"""A year of weekly digests and recurring reminders for fifty people, lived through in half hours.

`uv run python -m benchmarks.year` lets the real clock and delivery work through a year that holds
both nights of the clocks and week 53, on an SQLite database whose time stands where it is put, and
compares every single message with an almanac that was made without the bot's arithmetic. All fifty
are coordinators, on five days and at three hours; the red days stand below, written by hand.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assembly import assembled
from bot.terminal.channel import TerminalChannel
from nlu.client import RasaClient
from storage import Database
from storage.queries.preferences import choose
from storage.queries.schedules import promise
from storage.tables import Appointment, Schedule, Unit
from tests.faults.almanac import RULES, Rule, expected
from tests.faults.nights import first_day
from tests.faults.scenes import NOBODY
from tests.faults.worlds import Worlds

_PEOPLE = 50
_FIRST, _LAST = date(2026, 10, 19), date(2027, 10, 31)
_ZONE = "Europe/Stockholm"
_STEP = timedelta(minutes=30)
_DIGEST = "digest.weekly"
# On weekdays, with the eves that universities keep free.
_RED = {
    date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 6),
    date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 6, 25),
}  # fmt: skip
Coming = Counter[tuple[int, str, datetime]]


def rules_of(person: int) -> list[Rule]:
    """Return a person's rules: the weekly one on Monday at eight, and one more."""
    others = [rule for rule in RULES if rule.name != "monday 8"]
    weekly = next(rule for rule in RULES if rule.name == "monday 8")
    return [weekly, others[person % len(others)]]


def digest_of(person: int) -> tuple[int, clock]:
    """Return the day and hour that a person has chosen for her digest."""
    return person % 5, clock(7 + person % 3, 30 * (person % 2))


def digests(person: int) -> Iterator[datetime]:
    """Yield when her digests come: her day, else the next free one of that week, else before it."""
    weekday, at = digest_of(person)
    monday = _FIRST
    while monday <= _LAST:
        week = [monday + timedelta(days=n) for n in range(7)]
        days = [day for day in [*week[weekday:], *week[weekday - 1 :: -1]] if day not in _RED]
        first = next(day for day in days if day.weekday() <= 4)
        yield datetime.combine(first, at, ZoneInfo(_ZONE)).astimezone(UTC)
        monday += timedelta(weeks=1)


async def coordinators(database: Database) -> Coming:
    """Make everybody a coordinator with a digest of her own; return what the almanac expects."""
    should: Coming = Counter()
    async with database.begin() as session:
        unit = Unit(key="u", kind="faculty", name_sv="Fakulteten", name_en="The Faculty")
        session.add(unit)
        await session.flush()
        for person in range(1, _PEOPLE + 1):
            post = Appointment(
                person_id=person, unit_id=unit.id, role="coordinator", valid_from=date(2020, 1, 1)
            )
            session.add(post)
            weekday, at = digest_of(person)
            await choose(session, person, digest_weekday=weekday, digest_time=at)
            should.update((person, _DIGEST, at) for at in digests(person))
    return should


async def promised(database: Database, now: datetime) -> Coming:
    """Promise everything; return what the almanac expects."""
    should: Coming = Counter()
    async with database.begin() as session:
        for person in range(1, _PEOPLE + 1):
            for rule in rules_of(person):
                await promise(
                    session,
                    kind="reminder",
                    owner_id=person,
                    payload={"task": rule.name},
                    dtstart=datetime.combine(first_day(rule, _FIRST), rule.wall),
                    zone=_ZONE,
                    rrule=rule.rrule,
                    now=now,
                )
                days = expected(rule, _FIRST, _LAST, _ZONE)
                should.update((person, rule.name, at) for at in days)
    return should


async def lived(database: Database, begin: datetime) -> tuple[Coming, Coming]:
    """Live through the year; return what was expected and what came."""
    channel = TerminalChannel()
    bot = await assembled(
        database, RasaClient(NOBODY, "none"), [channel], movable=True, frozen=begin
    )
    should = await promised(database, begin) + await coordinators(database)
    came: Coming = Counter()
    now, end = begin, datetime.combine(_LAST, datetime.max.time(), UTC) - timedelta(hours=1)
    names: dict[int, str] = {}
    async with database.begin() as session:
        for number in range(1, 2 * _PEOPLE + 1):
            names[number] = (await session.get_one(Schedule, number)).payload["task"]
    while now < end:
        await bot.time.move_to(now)
        await bot.work_until_idle(now)
        for message in channel.take():
            kind = message.row.kind
            name = kind if kind == _DIGEST else names[message.row.payload["schedule"]]
            came[message.receiver.id, name, message.row.due_utc] += 1
        now += _STEP
    await bot.nlu.rasa.close()
    return should, came


async def main() -> None:
    """Live the year and print the comparison."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        world = await Worlds(Path(folder), None, people=_PEOPLE).fresh("sqlite")
        begin = datetime.combine(_FIRST, datetime.min.time(), UTC) - timedelta(hours=3)
        should, came = await lived(world.database, begin)
        await world.close()
    lost, extra = should - came, came - should
    weekly = sum(n for (_p, name, _at), n in came.items() if name == _DIGEST)
    print(
        f"{_FIRST} to {_LAST}, {_PEOPLE} people: expected {should.total()}, sent {came.total()} "
        f"({weekly} of them digests), missing {lost.total()}, too many {extra.total()}, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for deviation in [*lost, *extra][:10]:
        print("  ", deviation)
    assert not lost, "something did not come"
    assert not extra, "something came too often"


if __name__ == "__main__":
    asyncio.run(main())
