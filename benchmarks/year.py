"""A year of weekly and recurring reminders for fifty people, lived through in half hours.

`uv run python -m benchmarks.year` lets the real clock and delivery work through a year that holds
both nights of the clocks and week 53, on an SQLite database whose time stands where it is put, and
compares every single message with an almanac that was made without the bot's arithmetic.
"""

import asyncio
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.assembly import assembled
from bot.terminal.channel import TerminalChannel
from nlu.client import RasaClient
from storage import Database
from storage.queries.schedules import promise
from storage.tables import Schedule
from tests.faults.almanac import RULES, Rule, expected
from tests.faults.nights import first_day
from tests.faults.scenes import NOBODY
from tests.faults.worlds import Worlds

_PEOPLE = 50
_FIRST, _LAST = date(2026, 10, 19), date(2027, 10, 31)
_ZONE = "Europe/Stockholm"
_STEP = timedelta(minutes=30)
Coming = Counter[tuple[int, str, datetime]]


def rules_of(person: int) -> list[Rule]:
    """Return a person's rules: the weekly one on Monday at eight, and one more."""
    others = [rule for rule in RULES if rule.name != "monday 8"]
    weekly = next(rule for rule in RULES if rule.name == "monday 8")
    return [weekly, others[person % len(others)]]


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
    should, came = await promised(database, begin), Counter[tuple[int, str, datetime]]()
    now, end = begin, datetime.combine(_LAST, datetime.max.time(), UTC) - timedelta(hours=1)
    names: dict[int, str] = {}
    async with database.begin() as session:
        for number in range(1, 2 * _PEOPLE + 1):
            names[number] = (await session.get_one(Schedule, number)).payload["task"]
    while now < end:
        await bot.time.move_to(now)
        await bot.work_until_idle(now)
        for message in channel.take():
            name = names[message.row.payload["schedule"]]
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
    weekly = sum(n for (_p, name, _at), n in came.items() if name == "monday 8")
    print(
        f"{_FIRST} to {_LAST}, {_PEOPLE} people: expected {should.total()}, sent {came.total()} "
        f"({weekly} of them weekly), missing {lost.total()}, too many {extra.total()}, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for deviation in [*lost, *extra][:10]:
        print("  ", deviation)
    assert not lost, "something did not come"
    assert not extra, "something came too often"


if __name__ == "__main__":
    asyncio.run(main())
