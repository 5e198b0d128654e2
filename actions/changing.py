"""A time that is changed: what was not said anew stays as it was."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from actions.drafting import Unread
from actions.moments import Moment, choice, read_moment
from actions.request import Request
from actions.words import _
from nlu.times import When, find

_DURATION = re.compile(
    r"^(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?"
    r"(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?$"
)
# A day is named by more than an hour: a weekday, a date, a week.
_NAMED_DAY = re.compile(
    r"dag\b|dagen\b|morgon|morrn|day|tomorrow|today|idag|\d+\s?/\s?\d+|\d{4}-\d|v\.?\s?\d|week|vecka|"
    r"\bjan|\bfeb|\bmar[sc]|\bapr|\bmaj\b|\bmay\b|\bjun|\bjul|\baug|\bsep|\bo[ck]t|\bnov|\bdec|"
    r"\bden \d|\bthe \d|\d(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_BARE_WEEKDAY = re.compile(
    r"^(?:(?:på|till|den|om|to|on|until|i)\s+)*"
    r"(?:mån|tis|ons|tors|fre|lör|sön|mon|tues|wednes|thurs|fri|satur|sun)(?:da?[gy](?:en|s)?)\b$",
    re.IGNORECASE,
)
# "make it 10", "ta det 9.30": a number alone is an hour once a time is being changed.
_BARE_HOUR = re.compile(
    r"^(.*\b(?:make it|gör det|ta det|ta|till|to|nej|no|nä|säg|say))\s+"
    r"(\d{1,2}(?:[.:]\d{2})?)(?=\s*(?:istället|i stället|instead|please|tack)?[\s.!]*$)",
    re.IGNORECASE,
)
_CHOSEN = re.compile(r"^\d{4}-\d{2}-\d{2}")  # the value of a button
_PACE = re.compile(r"\b(?:varje|varannan|var|every|each|veckovis|weekly)\b", re.IGNORECASE)
_BARE_DAY = re.compile(
    r"^(?:(?:på|till|den|the|on|to)\s+)*\d{1,2}(?::?[ae]|st|nd|rd|th)?$", re.IGNORECASE
)
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def changed(before: Moment, raw: str, request: Request) -> Moment | Unread:
    """Return the moment that a correction means: the hour or the day that it leaves out stays."""
    if _CHOSEN.match(raw):
        return read_moment(raw, request)
    raw = hour_written_out(raw)
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    first = before.at[0]
    shift = shift_of(when)
    if shift is not None:
        return _ahead(replace(before, at=tuple(at + shift for at in before.at)), request)
    hours = hours_said(raw, request)
    if hours is not None:
        at = tuple(datetime.combine(a.date(), hours[0]) for a in before.at)
        return _ahead(Moment(at, before.rrule), request)
    if when.kind == "recurring" and when.first is not None and not when.has_time:
        return _repeated(before, when, raw, request)
    if when.kind == "date" and len(when.values) == 1 and not when.daypart:
        day = near(when, raw, first.date(), request)
        at = (datetime.combine(day, first.time()),)
        return _ahead(Moment(at, _on(day, before.rrule, when, raw), before.guessed), request)
    found = read_moment(raw, request)
    if isinstance(found, Moment) and found.rrule is None and before.rrule is not None:
        return replace(found, rrule=before.rrule)
    return found


def _typed(candidate: datetime, raw: str) -> bool:
    found = re.search(r"\d{1,2}", raw)
    return found is not None and int(found.group()) == candidate.hour


def hour_written_out(raw: str) -> str:
    """Return a correction with its bare hour told as one: "make it 10" → "make it kl 10"."""
    return _BARE_HOUR.sub(r"\1 kl \2", raw)


def says_a_time(raw: str, request: Request) -> bool:
    """Whether a correction tells any time: "kl 10", "make it 10", "en vecka senare"."""
    raw = hour_written_out(raw)
    return find(raw, request.now, tz=request.actor.zone, lang=request.locale).kind != "none"


def hours_said(raw: str, request: Request) -> tuple[time, time | None] | None:
    """Return the hours that were said without a day: "kl 14", "13–15"; the end may be open."""
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    today = request.local_now.date()
    if when.kind == "invalid" or not when.has_time or when.rrule:
        return None
    # An hour that has passed today may be tonight's or tomorrow's; as a correction it is itself.
    typed = [c for c in when.candidates if isinstance(c, datetime) and _typed(c, raw)]
    moments = [m for m in (*when.values, when.start, when.end) if isinstance(m, datetime)]
    moments = moments or typed[:1]
    claimed = "".join(raw[start:end] for start, end in when.spans) or raw
    near_by = {today, today + timedelta(days=1)}
    if not moments or _NAMED_DAY.search(claimed) or any(m.date() not in near_by for m in moments):
        return None
    ranged = when.kind == "range" and isinstance(when.end, datetime)
    return moments[0].time(), when.end.time() if ranged and isinstance(when.end, datetime) else None


def _repeated(before: Moment, when: When, raw: str, request: Request) -> Moment | Unread:
    """Return a rule with another day: "torsdagar istället" of every other Wednesday."""
    first, day = before.at[0], when.first
    assert day is not None  # noqa: S101 (asked before)
    keeps_pace = before.rrule is not None and not _PACE.search(raw)
    if keeps_pace and "WEEKLY" in (before.rrule or "") and "WEEKLY" in (when.rrule or ""):
        rule = re.sub(r"BYDAY=[A-Z,]+", f"BYDAY={_CODES[day.weekday()]}", before.rrule or "")
        day = first.date() + timedelta(days=day.weekday() - first.weekday())
        return _ahead(Moment((datetime.combine(day, first.time()),), rule, before.guessed), request)
    return Moment((datetime.combine(day, first.time()),), when.rrule, before.guessed)


def at_that_hour(raw: str, offered: Iterable[str], request: Request) -> Unread | None:
    """Return the days offered before with the hour that is said now: it chooses none of them."""
    days = [datetime.fromisoformat(v) for v in offered if _CHOSEN.match(v) and "|" not in v]
    hours = hours_said(raw, request)
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    if not days or not (hours or (when.daypart and not _NAMED_DAY.search(raw))):
        return None
    part = read_moment(raw, request)
    at = hours[0] if hours else part.at[0].time() if isinstance(part, Moment) else None
    if at is None:
        return None
    return Unread(
        _("And which day?"), tuple(choice(datetime.combine(day.date(), at)) for day in days)
    )


def shift_of(when: When) -> relativedelta | None:
    """Return how much earlier or later a phrase says: "en vecka senare"."""
    found = _DURATION.match(when.offset or "") if when.anchor == "event" else None
    if found is None:
        return None
    sign = -1 if found.group("sign") else 1
    parts = {name: int(n) for name, n in found.groupdict().items() if n and name != "sign"}
    return (
        relativedelta(
            years=parts.get("years", 0),
            months=parts.get("months", 0),
            weeks=parts.get("weeks", 0),
            days=parts.get("days", 0),
            hours=parts.get("hours", 0),
            minutes=parts.get("minutes", 0),
        )
        * sign
    )


def near(when: When, raw: str, before: date, request: Request) -> date:
    """Return the day of a correction: "torsdagen" is of the same week, "den 13" of the month."""
    value = when.values[0]
    day = value.date() if isinstance(value, datetime) else value
    claimed = " ".join(raw[start:end] for start, end in when.spans).strip()
    if _BARE_DAY.match(claimed):
        same_month = before + relativedelta(day=day.day)
        fits = same_month.day == day.day and same_month > request.local_now.date()
        return same_month if fits else day
    if not _bare_weekday(when, raw):
        return day
    same_week = before + timedelta(days=day.weekday() - before.weekday())
    return same_week if same_week > request.local_now.date() else day


def _bare_weekday(when: When, raw: str) -> bool:
    claimed = " ".join(raw[start:end] for start, end in when.spans).strip()
    return _BARE_WEEKDAY.match(claimed) is not None


def _on(day: date, rrule: str | None, when: When, raw: str) -> str | None:
    """Return a weekly rule moved to another weekday; any other rule stays as it is."""
    if rrule is None or not _bare_weekday(when, raw):
        return rrule
    return re.sub(r"BYDAY=[A-Z]{2}(?=;|$)", f"BYDAY={_CODES[day.weekday()]}", rrule)


def _ahead(moment: Moment, request: Request) -> Moment | Unread:
    if moment.at[0] > request.local_now:
        return moment
    if moment.rrule is not None:
        later = rrulestr(moment.rrule, dtstart=moment.at[0]).after(request.local_now)
        if later is not None:
            return replace(moment, at=(later,))
    return read_moment(moment.at[0].isoformat(timespec="minutes"), request)
