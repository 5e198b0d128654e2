"""Times in words: what was understood, which readings there are, which rule it is."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dateutil.rrule import rrulestr

from actions.drafting import Unread
from actions.request import Request
from actions.words import Listed, Text, _, lines, plain
from nlu.times import When, find

# A day without an hour means the start of the working day, and the part of a day its usual hour.
_HOURS = {"morning": 9, "forenoon": 10, "noon": 12, "afternoon": 13, "evening": 18, "night": 21}
_START_OF_DAY = time(9)
_RULE = "|"  # between the first time and the rule, in the value of a button
_DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When something shall happen: wall times, or the first of a rule.

    guessed: the hour was not said.
    """

    at: tuple[datetime, ...]
    rrule: str | None = None
    guessed: bool = False

    def to_filled(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return {
            "at": [a.isoformat(timespec="minutes") for a in self.at],
            "rrule": self.rrule,
            "guessed": self.guessed,
        }

    @staticmethod
    def from_filled(kept: dict[str, Any]) -> "Moment":
        """Return what a draft kept."""
        at = tuple(datetime.fromisoformat(a) for a in kept["at"])
        return Moment(at, kept["rrule"], kept["guessed"])


def read_moment(raw: str, request: Request) -> Moment | Unread:
    """Return the moment that a phrase or an ISO time names, or why it cannot be taken."""
    chosen, _bar, rule = raw.partition(_RULE)
    if rule and isinstance(first := _iso(chosen), datetime):
        return Moment((first,), rule)
    when = _iso(raw) or find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    if isinstance(when, datetime):
        return _not_past(Moment((when,)), request)
    if when.kind in {"instant", "date"}:
        at = tuple(_hour(value, when) for value in when.values)
        return _not_past(Moment(at, guessed=not when.has_time), request)
    if when.kind == "recurring" and when.rrule and when.candidates:
        return Unread(
            _("Beginning which week?"), tuple(_starting(c, when) for c in when.candidates)
        )
    if when.kind == "recurring" and when.rrule and when.first is not None:
        return Moment((_hour(when.first, when),), when.rrule, guessed=not when.has_time)
    if when.kind == "range" and when.start is not None:
        return _not_past(Moment((_hour(when.start, when),), guessed=not when.has_time), request)
    return _trouble(when)


def read_date(raw: str, request: Request) -> When | date | Unread:
    """Return the day (and perhaps hours) that a phrase or an ISO date names."""
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    if when.kind in {"instant", "date", "range"}:
        return when
    return _trouble(when)


def typed(iso: str) -> str:
    """Return an ISO time as one would type it, "2026-12-26 10:00"; it is read back as itself."""
    return iso.replace("T", " ")


def echo(moment: Moment) -> Text:
    """Return a moment in words: weekday, date, week and time, or the rule."""
    if moment.rrule is not None:
        return lines(
            rule_in_words(moment.rrule, moment.at[0].time()),
            _("next time {day} (week {week})", day=moment.at[0], week=_week(moment.at[0])),
            by=", ",
        )
    each = tuple(_("{day} (week {week})", day=at, week=_week(at)) for at in moment.at)
    return plain(Listed(each))


def next_three(moment: Moment) -> Text | None:
    """Return the next three dates of a rule, to check it by."""
    if moment.rrule is None:
        return None
    found: list[date] = []
    for at in rrulestr(moment.rrule, dtstart=moment.at[0]):
        found.append(at.date())
        if len(found) == 3:  # noqa: PLR2004 (three, as the name says)
            break
    return plain(Listed(tuple(found)))


def rule_in_words(rrule: str, at: time) -> Text:
    """Return a rule in words: "every Monday at 09:00"."""
    parts = dict(part.split("=", 1) for part in rrule.split(";"))
    days = tuple(_DAYS[d] for d in parts.get("BYDAY", "").split(",") if d in _DAYS)
    interval = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "WEEKLY" if days and interval == 1:
            return _("every {days} at {time}", days=Listed(days), time=at)
        case "WEEKLY" if days and interval == 2:  # noqa: PLR2004 (every other)
            return _("every other {days} at {time}", days=Listed(days), time=at)
        case "WEEKLY" if days:
            return _("every {n} weeks on {days} at {time}", n=interval, days=Listed(days), time=at)
        case "DAILY" if interval == 1:
            return _("every day at {time}", time=at)
        case "DAILY":
            return _("every {n} days at {time}", n=interval, time=at)
        case "MONTHLY" if parts.get("BYMONTHDAY", "").isdigit() and interval == 1:
            return _("on day {n} of every month at {time}", n=int(parts["BYMONTHDAY"]), time=at)
        case "MONTHLY":
            return _("every month at {time}", time=at)
        case "YEARLY":
            return _("every year at {time}", time=at)
    return _("again and again at {time}", time=at)


def _iso(raw: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if found.tzinfo is not None:
        return None
    has_hour = "T" in raw or ":" in raw
    return found if has_hour else datetime.combine(found.date(), _START_OF_DAY)


def _hour(value: date, when: When) -> datetime:
    if isinstance(value, datetime):
        return value
    hour = _HOURS.get(when.daypart or "")
    return datetime.combine(value, _START_OF_DAY if hour is None else time(hour))


def _not_past(moment: Moment, request: Request) -> Moment | Unread:
    if moment.at[0] > request.local_now:
        return moment
    if moment.guessed and moment.at[0].date() == request.local_now.date():
        return Unread(_("At what time today?"))
    return Unread(_("{day} has already passed. When should it be instead?", day=moment.at[0]))


def _trouble(when: When) -> Unread:
    if when.kind == "ambiguous" and when.candidates:
        return Unread(_("Which do you mean?"), tuple(choice(c) for c in when.candidates))
    if when.kind == "ambiguous" and when.anchor:
        return Unread(_("I don't know the date of that. Which day and time?"))
    if when.kind == "past":
        return Unread(_("That time has already passed. When should it be instead?"))
    if when.kind == "invalid":
        choices = (choice(when.suggest),) if when.suggest is not None else ()
        return Unread(_("That date or time does not exist. When do you mean?"), choices)
    return Unread(_("I don't understand that time. Write for example “Friday at 9” or “12 March”."))


def _starting(value: date, when: When) -> tuple[str, Text]:
    first = _hour(value, when)
    raw = f"{first.isoformat(timespec='minutes')}{_RULE}{when.rrule}"
    return raw, _("{day} (week {week})", day=first, week=_week(first))


def choice(value: date) -> tuple[str, Text]:
    """Return a day or a moment as a button offers it: its value and its label."""
    if isinstance(value, datetime):
        label = _("{day} (week {week})", day=value, week=_week(value))
        return value.isoformat(timespec="minutes"), label
    return value.isoformat(), _("{day} (week {week})", day=value, week=_week(value))


def _week(day: date) -> int:
    return day.isocalendar().week
