"""When a rule should have come, found out without the bot's own arithmetic.

Every day of the zone is looked at by itself, and every minute of UTC around it, until one stands
at or after the wanted time on that day's clock on the wall.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_BEFORE = timedelta(hours=3)  # a zone in Europe is less than that ahead of UTC
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in the bot's words (rrule), and as a question about a day (on); wall: the time."""

    name: str
    rrule: str
    wall: time
    on: Callable[[date], bool]


@cache
def moment(day: date, wall: time, zone: str) -> datetime:
    """Return the first minute (UTC) of a local day at which its clock shows wall or later."""
    tz, wanted = ZoneInfo(zone), datetime.combine(day, wall)
    at = wanted.replace(tzinfo=UTC) - _BEFORE
    while True:
        shown = at.astimezone(tz).replace(tzinfo=None)
        if shown >= wanted:
            return at
        at += _MINUTE


def days(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def expected(rule: Rule, first: date, last: date, zone: str) -> list[datetime]:
    """Return every moment of a rule from one day to another, both included."""
    return [moment(day, rule.wall, zone) for day in days(first, last) if rule.on(day)]


RULES = (
    Rule("monday 9", "FREQ=WEEKLY;BYDAY=MO", time(9), lambda d: d.weekday() == 0),
    Rule("monday 8", "FREQ=WEEKLY;BYDAY=MO", time(8), lambda d: d.weekday() == 0),
    Rule("daily 2:30", "FREQ=DAILY", time(2, 30), lambda _: True),
    Rule("daily 2:00", "FREQ=DAILY", time(2), lambda _: True),
    Rule("daily 3:00", "FREQ=DAILY", time(3), lambda _: True),
    Rule("daily 0:00", "FREQ=DAILY", time(0), lambda _: True),
    Rule("sunday 2:59", "FREQ=WEEKLY;BYDAY=SU", time(2, 59), lambda d: d.weekday() == 6),
    Rule(
        "workdays 16:45",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        time(16, 45),
        lambda d: d.weekday() < 5,
    ),
    Rule("the 31st", "FREQ=MONTHLY;BYMONTHDAY=31", time(10), lambda d: d.day == 31),
    Rule(
        "last friday",
        "FREQ=MONTHLY;BYDAY=-1FR",
        time(15),
        lambda d: d.weekday() == 4 and (d + timedelta(days=7)).month != d.month,
    ),
    Rule(
        "second tuesday",
        "FREQ=MONTHLY;BYDAY=2TU",
        time(8, 30),
        lambda d: d.weekday() == 1 and 8 <= d.day <= 14,
    ),
    Rule(
        "leap day",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        time(12),
        lambda d: (d.month, d.day) == (2, 29),
    ),
)
