"""What the grammar recognises, before it is resolved against the moment of asking."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Literal, NamedTuple

Form = Literal["exact", "digits", "words"]
Daypart = str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said; form tells how far the half of the day is known.

    exact: 13:00, 0900, 9 am. digits: 9, 9.30. words: halv tre, quarter past nine.
    """

    hour: int
    minute: int = 0
    form: Form = "exact"
    daypart: Daypart | None = None
    midnight: bool = False

    @property
    def valid(self) -> bool:
        """Whether a clock shows it; 24:00 is the end of a day."""
        return self.minute < 60 and (self.hour < 24 or (self.hour, self.minute) == (24, 0))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another."""

    start: Clock
    end: Clock


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; offset is of its day where it names one (tonight, i morse)."""

    name: Daypart


@dataclass(frozen=True, slots=True)
class Shift:
    """A length of time; low and high differ where it was said vaguely (ett par dagar)."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    minutes: int = 0
    spread: int = 0

    @property
    def timed(self) -> bool:
        """Whether it is counted in hours or minutes."""
        return self.minutes != 0

    def iso(self, sign: int) -> str:
        """Return the ISO 8601 duration, with - for before."""
        hours, minutes = divmod(self.minutes, 60)
        dates = (f"{self.months}M" if self.months else "") + (f"{self.days}D" if self.days else "")
        times = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        said = f"{dates}T{times}" if times else dates or "0D"
        return f"{'-' if sign < 0 else ''}P{said}"


@dataclass(frozen=True, slots=True)
class Day:
    """What was said of a day or a stretch of days; None where nothing was said.

    Pieces said apart ("tisdag", "nästa vecka") are joined field by field.
    """

    offset: int | None = None  # days from today
    weekday: int | None = None
    which: Literal["next", "this", "past", "prev"] | None = None
    weeks: int | None = None  # so many weeks after that weekday
    day: int | None = None
    month: int | None = None
    year: int | None = None
    month_first: bool | None = None  # English 5/6: perhaps May 6
    week: int | None = None  # ISO
    last_week: int | None = None  # of "v 10-12"
    unit: str | None = None  # week, weekend, month, quarter, year, term, period
    steps: int | None = None  # 0 this, 1 next, -1 last
    loose: bool | None = None  # "i månaden": this one or the next
    nth: int | None = None  # the first, the last (-1) ...
    nth_unit: str | None = None  # weekday, workday, day, week
    perhaps_prev: bool | None = None  # English "last Friday"
    holiday: str | None = None
    feast: str | None = None
    season: str | None = None
    term: str | None = None  # HT, VT
    period: int | None = None  # läsperiod
    study_week: int | None = None
    quarter: int | None = None
    edge: str | None = None  # start, mid, end
    firm_edge: bool | None = None  # the very last day
    rest: bool | None = None
    ahead: int | None = None  # the next (or last, negative) so many units, in ahead_unit
    ahead_unit: str | None = None
    workdays: int | None = None  # the nth working day from now
    shift: Shift | None = None
    sign: int | None = None
    vague: bool | None = None

    def joined(self, other: "Day") -> "Day | None":
        """Return what both say together, or None if they contradict each other."""
        said: dict[str, object] = {}
        for name in _DAY_FIELDS:
            mine, others = getattr(self, name), getattr(other, name)
            if mine is not None and others is not None and mine != others:
                return None
            if others is not None:
                said[name] = others
        return replace(self, **said)  # type: ignore[arg-type]

    def said(self) -> frozenset[str]:
        """Return the names of the fields of which something was said."""
        return frozenset(name for name in _DAY_FIELDS if getattr(self, name) is not None)


_DAY_FIELDS = tuple(field.name for field in fields(Day))


@dataclass(frozen=True, slots=True)
class Days:
    """Two days said in one breath: 12-14 March (range), 12 och 14 mars (list)."""

    first: Day
    last: Day
    joint: Literal["range", "and", "or"]


@dataclass(frozen=True, slots=True)
class Duration:
    """How long: i två timmar, for two weeks."""

    shift: Shift


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before (-1) or after (1) something; week is set for "veckan före"."""

    shift: Shift
    sign: int
    daypart: Daypart | None = None
    whole_week: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """The event or meeting that an offset hangs on."""

    sign: int | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """How often; None where it was not said."""

    unit: str | None = None
    interval: int | None = None
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    nth_unit: str | None = None
    parity: int | None = None
    count: int | None = None
    daypart: Daypart | None = None
    times: int | None = None
    day: Day | None = None  # varje midsommarafton

    def joined(self, other: "Every") -> "Every | None":
        """Return what both say together, or None if they contradict each other."""
        said: dict[str, object] = {}
        for field in fields(self):
            mine, others = getattr(self, field.name), getattr(other, field.name)
            if field.name == "weekdays":
                said["weekdays"] = tuple(sorted({*self.weekdays, *other.weekdays}))
            elif mine is not None and others is not None and mine != others:
                return None
            else:
                said[field.name] = others if mine is None else mine
        return Every(**said)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that ties pieces: range, until, and, or, from, between, by, before, after, since."""

    name: str


What = Clock | Hours | Part | Day | Days | Duration | Offset | Anchor | Every | Link


class Found(NamedTuple):
    """What a pattern found; a weak find counts only beside a strong one."""

    what: What
    weak: bool = False
    also: tuple[What, ...] = ()


class Production(NamedTuple):
    """A pattern over the symbols of a line, and what it means."""

    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Found | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """What the lexemes [start, end) say."""

    start: int
    end: int
    found: Found
