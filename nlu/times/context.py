"""Against what a time is resolved, and what comes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from nlu.times.lexicon import Lang
from nlu.times.terms import TermCalendar


@dataclass(frozen=True, slots=True)
class Context:
    """The moment of asking as naive wall time of the zone tz (fold: which reading of it)."""

    ref: datetime
    tz: str
    lang: Lang
    calendar: TermCalendar
    fold: int = 0

    @property
    def today(self) -> date:
        """The day of asking."""
        return self.ref.date()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from start to end, inclusive."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that were said: one reading, or several of which to ask, or none and why.

    whole: a stretch was said, not a single day. explicit: it was said so fully that it may lie
    in the past; else it is looked for from today on.
    """

    options: tuple[Stretch, ...] = ()
    status: Literal["ok", "ask", "invalid"] = "ok"
    default: Stretch | None = None
    whole: bool = False
    explicit: bool = False
    reason: str | None = None
    suggest: date | None = None


def day(when: date, *, explicit: bool = False) -> Resolved:
    """Return a single day."""
    return Resolved((Stretch(when, when),), explicit=explicit)


def stretch(start: date, end: date, *, explicit: bool = False) -> Resolved:
    """Return the days from start to end."""
    return Resolved((Stretch(start, end),), whole=True, explicit=explicit)


def ask(*days: date, default: date | None = None, reason: str | None = None) -> Resolved:
    """Return days of which the user must choose; none if there is nothing to offer."""
    options = tuple(Stretch(when, when) for when in sorted(set(days)))
    chosen = Stretch(default, default) if default else None
    return Resolved(options, "ask", chosen, reason=reason)


def invalid(reason: str, suggest: date | None = None) -> Resolved:
    """Return a day that does not exist."""
    return Resolved((), "invalid", reason=reason, suggest=suggest)
