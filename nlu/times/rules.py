"""Recurrence rules (RFC 5545): written, and expanded in naive wall time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from nlu.times.when import Moment
from nlu.times.zones import local

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (0, 1, 2, 3, 4)
_HORIZON = 100_000  # rules that match nothing (31 February) must end


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence; its parts in the order in which they are written."""

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    setpos: int | None = None
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        """Return the value of an RRULE property; UNTIL is wall time, the end of that day."""
        places = [str(place) for place in self.nth] or [""]
        parts = {
            "FREQ": self.freq,
            "INTERVAL": self.interval if self.interval > 1 else "",
            "BYMONTH": _joined(self.months),
            "BYWEEKNO": _joined(self.weeks),
            "BYMONTHDAY": _joined(self.monthdays),
            "BYDAY": ",".join(place + DAYS[day] for place in places for day in self.days),
            "BYHOUR": _joined(self.hours),
            "BYSETPOS": self.setpos or "",
            "COUNT": self.count or "",
            "UNTIL": f"{self.until:%Y%m%d}T235959" if self.until else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value != "")

    def first(self, earliest: date, at: time | None, later_than: datetime) -> Moment | None:
        """Return the first occurrence from the day earliest on and after a wall time, if any."""
        start = datetime.combine(earliest, at or time())
        endless = str(replace(self, count=None, until=None))
        for found in _occurrences(endless, start):
            if self.until and found.date() > self.until:
                return None
            if found > later_than:
                return found if at else found.date()
        return None


def expand(
    rrule: str,
    first: Moment,
    *,
    count: int | None = None,
    until: Moment | None = None,
    tz: str = "Europe/Stockholm",
) -> tuple[Moment, ...]:
    """Return the occurrences of a rule: wall times, or dates where first is a date.

    first is DTSTART, the first occurrence. At most count of them, none later than until (a date
    includes its whole day); one is needed unless the rule ends itself. An UNTIL that ends in Z
    is read in tz. Raises ValueError for a malformed rule or an endless one.
    """
    timed = isinstance(first, datetime)
    start = first if isinstance(first, datetime) else datetime.combine(first, time())
    if count is None and until is None and "COUNT" not in rrule and "UNTIL" not in rrule:
        raise ValueError("an endless rule needs count or until")
    end = _end_of(until)
    endless = islice(_occurrences(_in_wall_time(rrule, tz), start), count or _HORIZON)
    found = takewhile(lambda occurrence: end is None or occurrence <= end, endless)
    return tuple(occurrence if timed else occurrence.date() for occurrence in found)


def _occurrences(rrule: str, start: datetime) -> Iterator[datetime]:
    """Yield the occurrences; ISO weeks are counted here.

    dateutil 2.9 misplaces the days of a week 52 that lie in January (1 January 2022).
    """
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    weeks = {int(week) for week in parts.pop("BYWEEKNO", "").split(",") if week}
    if not weeks:
        yield from rrulestr(rrule, dtstart=start)
        return
    count = parts.pop("COUNT", None)
    weekly = ";".join(f"{name}={value}" for name, value in (parts | {"FREQ": "WEEKLY"}).items())
    fitting = (
        occurrence
        for occurrence in rrulestr(weekly, dtstart=start)
        if occurrence.isocalendar().week in weeks
    )
    yield from islice(fitting, int(count) if count else None)


def _in_wall_time(rrule: str, tz: str) -> str:
    head, mark, tail = rrule.partition("UNTIL=")
    value, semicolon, rest = tail.partition(";")
    if not mark or not value.endswith("Z"):
        return rrule
    wall = local(datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), tz)
    return f"{head}UNTIL={wall:%Y%m%dT%H%M%S}{semicolon}{rest}"


def _end_of(until: Moment | None) -> datetime | None:
    if until is None or isinstance(until, datetime):
        return until
    return datetime.combine(until, time()) + timedelta(days=1, microseconds=-1)


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in numbers)
