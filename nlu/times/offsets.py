"""Before and after: so long before a day, an event or a time; the weekday after a feast."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from nlu.times.context import Context, Stretch
from nlu.times.days import feast_span, next_weekday, resolve
from nlu.times.feasts import add_working_days
from nlu.times.hours import face, gap
from nlu.times.moments import UNSURE, asked, one
from nlu.times.pieces import Day, Offset, Part
from nlu.times.reading import Reading, Said
from nlu.times.stretches import add
from nlu.times.when import When
from nlu.times.zones import elapsed

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MOST = 7


def beside(said: Said, side: int, ctx: Context) -> When:
    """Ask for a day just before or after; the default is the nearest working day."""
    if said.clock or said.hours:
        found = one(said, ctx)
        if not found.values:
            return found
        return replace(UNSURE, candidates=found.values, default=found.values[0], has_time=True)
    if said.day is None:
        return one(said, ctx)
    span = feast_span(said.day, ctx)
    resolved = resolve(said.day, ctx)
    if span is None and (resolved.status != "ok" or not resolved.options):
        return one(said, ctx)
    stretch = Stretch(*span) if span else resolved.options[0]
    base = stretch.end if side > 0 else stretch.start
    working = add_working_days(base, side)
    days = [base + side * (n + 1) * _DAY for n in range(abs((working - base).days))][:_MOST]
    if min(days) <= ctx.today:
        return When("ambiguous", reason="already past")
    return When("ambiguous", candidates=tuple(sorted(days)), default=working, reason="too vague")


def weekday_beside(said: Said, other: Said, ctx: Context) -> When:
    """Return "måndagen efter påsk", "sista fredagen före jul"."""
    side = 1 if other.link == "after" else -1
    weekday = said.day.weekday if said.day else None
    nth = said.day.nth if said.day else None
    target = other.day or Day()
    span = feast_span(target, ctx)
    resolved = resolve(target, ctx)
    if weekday is None or nth not in (None, side) or not (span or len(resolved.options) == 1):
        return UNSURE
    stretch = Stretch(*span) if span else resolved.options[0]
    day = next_weekday(stretch.end, weekday)
    if side < 0:
        day = next_weekday(stretch.start - 8 * _DAY, weekday)
    moment = replace(said, clock=said.clock or other.clock, hours=said.hours or other.hours)
    if span and abs((day - (stretch.end if side > 0 else stretch.start)).days) == 1:
        return asked(sorted((day, day + side * _WEEK)), moment, reason="still part of the feast?")
    exact = Day(day=day.day, month=day.month, year=day.year)
    return one(replace(moment, day=exact, link=None), ctx)


def from_offset(reading: Reading, offset: Offset, ctx: Context) -> When:
    """Return a moment so long before or after another, or keep the offset for an event."""
    said = reading.moments[0] if len(reading.moments) == 1 else None
    if reading.moments and said is None:
        return UNSURE
    if said is None or (not said.dated and not offset.shift.timed):
        return _of_an_event(said, offset, ctx)
    moved = _moved(said, offset, ctx)
    if reading.anchor and moved.values and not said.dated:
        return When(
            "ambiguous", candidates=moved.values, default=moved.values[0], anchor="event",
            offset=offset.shift.iso(offset.sign), has_time=moved.has_time,
        )  # fmt: skip
    return moved


def _of_an_event(said: Said | None, offset: Offset, ctx: Context) -> When:
    at = said.clock if said else None
    shown = face(at, offset.daypart).on(ctx.today) if at else None
    return When(
        "ambiguous", anchor="event", offset=offset.shift.iso(offset.sign),
        has_time=at is not None, at=f"{shown:%H:%M}" if shown else None,
        daypart=offset.daypart, reason="of which event?",
    )  # fmt: skip


def _moved(said: Said, offset: Offset, ctx: Context) -> When:
    if offset.shift.timed:
        return _moved_clock(one(said, ctx), offset, ctx)
    target = one(replace(said, clock=None, hours=None, part=None), ctx)
    if said.day and said.day.loose and target.start and target.start < ctx.today:
        said = replace(said, day=replace(said.day, steps=1))
        target = one(replace(said, clock=None, hours=None, part=None), ctx)
    days = [value for value in (*target.values, *target.candidates) if type(value) is date]
    if target.kind == "range" and type(target.start) is date:
        days = [target.start]
    if not days or target.kind == "invalid":
        return target
    moved = [add(day, offset.shift, offset.sign) for day in days]
    if offset.whole_week:
        monday = moved[0] - moved[0].weekday() * _DAY
        return When("range", start=monday, end=monday + 6 * _DAY)
    part = Part(offset.daypart) if offset.daypart else said.part
    if len(moved) > 1:
        return asked(moved, replace(said, part=part), moved[0], "of which day?")
    exact = Day(day=moved[0].day, month=moved[0].month, year=moved[0].year)
    return one(replace(said, day=exact, part=part, link=None), ctx)


def _moved_clock(target: When, offset: Offset, ctx: Context) -> When:
    at = [value for value in target.values if isinstance(value, datetime)]
    if target.kind == "past":
        return target
    if len(at) != 1:
        return replace(UNSURE, has_time=True)
    value = elapsed(at[0], offset.sign * offset.shift.minutes, ctx.tz)
    if problem := gap([value], ctx):
        return When("invalid", reason=problem[0], suggest=problem[1])
    if value <= ctx.ref:
        return When("past", values=(value,), has_time=True, action="refuse", suggest=at[0])
    return When("instant", values=(value,), has_time=True)
