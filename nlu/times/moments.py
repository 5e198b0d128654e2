"""One moment resolved: a day, a time of day or both, against the moment of asking."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from nlu.times.context import Context, Resolved, Stretch
from nlu.times.days import next_weekday, resolve
from nlu.times.hours import (
    PART_ENDS,
    PART_LATE,
    Face,
    face,
    faces,
    gap,
    next_after,
    small_hours_today,
)  # fmt: skip
from nlu.times.pieces import Clock, Shift
from nlu.times.reading import Said
from nlu.times.stretches import add
from nlu.times.when import Moment, When
from nlu.times.zones import elapsed

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)
_MOST = 7  # candidates that are worth a button
_WORK_WEEK = 5
UNSURE = When("ambiguous", reason="several times")


def one(said: Said, ctx: Context) -> When:
    """Return what a single moment is."""
    if refused := _no_such_time(said):
        return refused
    if said.day and said.day.shift and said.day.shift.timed:
        return _elapsed(said, said.day.shift, ctx)
    if said.day is None:
        return _undated(said, ctx)
    found = resolve(said.day, ctx)
    if found.status == "invalid":
        return When("invalid", reason=found.reason, suggest=_suggested(found, said))
    if found.status == "ask" or len(found.options) != 1:
        return _asked(found, said)
    if found.whole:
        return _stretch(found.options[0], said)
    return on_day(found.options[0].start, said, ctx)


def _suggested(found: Resolved, said: Said) -> Moment | None:
    if found.suggest is None or said.clock is None:
        return found.suggest
    return face(said.clock, _part(said)).on(found.suggest)


def _no_such_time(said: Said) -> When | None:
    hours = said.hours
    clocks = [said.clock] if said.clock else [hours.start, hours.end] if hours else []
    wrong = next((clock for clock in clocks if not clock.valid), None)
    if wrong is None:
        return None
    return When("invalid", reason=f"{wrong.hour:02}:{wrong.minute:02} is no time of day")


def _part(said: Said) -> str | None:
    return said.part.name if said.part else None


def _asked(found: Resolved, said: Said) -> When:
    days = [option.start for option in found.options]
    default = found.default.start if found.default else None
    return asked(days, said, default, found.reason)


def asked(
    days: Iterable[date], said: Said, default: date | None = None, reason: str | None = None
) -> When:
    """Return the question which of some days is meant, at the time that was said."""
    clock = said.clock or (said.hours.start if said.hours else None)
    if clock is None:
        options: tuple[Moment, ...] = tuple(days)
        return When(
            "ambiguous", candidates=options[:_MOST], default=default, reason=reason,
            daypart=_part(said),
        )  # fmt: skip
    shown = face(clock, _part(said))
    timed = tuple(shown.on(day) for day in days)[:_MOST]
    return When(
        "ambiguous", candidates=timed, default=shown.on(default) if default else None,
        has_time=True, reason=reason,
    )  # fmt: skip


def _stretch(found: Stretch, said: Said) -> When:
    if not said.timed and said.part is None:
        return When("range", start=found.start, end=found.end)
    days = [found.start + n * _DAY for n in range((found.end - found.start).days + 1)]
    working = [day for day in days if day.weekday() < _WORK_WEEK] or days
    options = working if len(working) <= _WORK_WEEK else []
    return asked(options, said, reason="on which of the days?")


def on_day(day: date, said: Said, ctx: Context) -> When:
    """Return the moment on a day that is known."""
    if said.hours or (said.clock and said.duration):
        return _hours_on(day, said, ctx)
    if said.clock:
        return _at(day, said, said.clock, ctx)
    if said.duration:
        return _days_from(day, said)
    ended = datetime.combine(day, time()) + timedelta(hours=PART_ENDS.get(_part(said) or "", 24))
    gone = said.day is not None and said.day.which == "past" and day <= ctx.today
    if ended <= ctx.ref or gone:
        return past((day,), said, ctx)
    return When("date", values=(day,), daypart=_part(said))


def _at(day: date, said: Said, clock: Clock, ctx: Context) -> When:
    shown = face(clock, _part(said))
    if _part(said) == "night" and day == ctx.today and small_hours_today(clock, ctx):
        day -= _DAY
    value = shown.on(day)
    if problem := gap([value], ctx):
        return When("invalid", reason=problem[0], suggest=problem[1])
    if clock.midnight and said.day and said.day.weekday is not None:
        return asked([day - _DAY, day], said, day, "midnight before or after the day?")
    if value <= ctx.ref:
        return past((value,), said, ctx)
    twin = shown.twin_on(day)
    alt = (twin,) if twin and twin > ctx.ref and not gap([twin], ctx) else ()
    return When("instant", values=(value,), has_time=True, alt=alt)


def _hours_on(day: date, said: Said, ctx: Context) -> When:
    start, end = _ends(said)
    first = start.on(day)
    last = end.on(day)
    if said.duration and said.clock:
        last = _plus(first, said.duration.shift)
    if problem := gap([first, last], ctx):
        return When("invalid", reason=problem[0], suggest=problem[1])
    if last <= ctx.ref:
        return past((first,), said, ctx)
    return When("range", start=first, end=last, has_time=True)


def _plus(start: datetime, length: Shift) -> datetime:
    far = add(start.date(), length)
    return datetime.combine(far, start.time()) + timedelta(minutes=length.minutes)


def _ends(said: Said) -> tuple[Face, Face]:
    if said.hours:
        return faces(said.hours, _part(said))
    shown = face(said.clock or Clock(0), _part(said))
    return shown, shown


def _days_from(day: date, said: Said) -> When:
    length = said.duration.shift if said.duration else Shift()
    if length.timed:
        return asked([day], said, reason="how long, but not from when")
    return When("range", start=day, end=add(day, length) - _DAY)


def past(values: Sequence[Moment], said: Said, ctx: Context) -> When:
    """Return the refusal of what has been, with the next such moment to offer."""
    timed = isinstance(values[0], datetime)
    return When(
        "past", values=tuple(values), has_time=timed, daypart=None if timed else _part(said),
        action="refuse", suggest=_again(values[0], said, ctx),
    )  # fmt: skip


def _again(value: Moment, said: Said, ctx: Context) -> Moment:
    if isinstance(value, datetime):
        later = value + _HALF_DAY
        guessed = said.clock is not None and said.clock.form != "exact" and said.part is None
        if guessed and later > ctx.ref and later.date() == ctx.today and ctx.lang == "en":
            return later
        day = _next_such(value.date(), said, ctx)
        return datetime.combine(day, value.time())
    return _next_such(value, said, ctx)


def _next_such(day: date, said: Said, ctx: Context) -> date:
    if said.day and said.day.weekday is not None:
        return next_weekday(ctx.today, day.weekday())
    if said.day and said.day.month:
        years = range(ctx.today.year, ctx.today.year + 2)
        moved = (add(day, Shift(months=12), 1, year - day.year) for year in years)
        return next(again for again in moved if again > ctx.today)
    return ctx.today + _DAY


def _undated(said: Said, ctx: Context) -> When:
    if said.hours or (said.clock and said.duration):
        return _hours_next(said, ctx)
    if said.clock:
        return _next_clock(said, said.clock, ctx)
    if said.part:
        return _next_part(said, ctx)
    if said.days:
        return When("ambiguous", reason="several days")
    return When("ambiguous", reason="how long, but not from when")


def _hours_next(said: Said, ctx: Context) -> When:
    start, _ = _ends(said)
    day = ctx.today if start.on(ctx.today) > ctx.ref else ctx.today + _DAY
    return _hours_on(day, said, ctx)


def _next_part(said: Said, ctx: Context) -> When:
    late = datetime.combine(ctx.today, time()) + timedelta(hours=PART_LATE[_part(said) or "night"])
    day = ctx.today if late > ctx.ref else ctx.today + _DAY
    return When("date", values=(day,), daypart=_part(said))


def _next_clock(said: Said, clock: Clock, ctx: Context) -> When:
    shown = face(clock, _part(said))
    value = next_after(ctx.ref, shown.minutes)
    if ctx.lang == "en" and clock.form != "exact" and said.part is None:
        later = next_after(ctx.ref, clock.hour * 60 + clock.minute + 12 * 60)
        if value.date() > ctx.today and later < value and shown.minutes < 12 * 60 + 60:
            return When("ambiguous", candidates=(later, value), default=value, has_time=True)
    if problem := gap([value], ctx):
        return When("invalid", reason=problem[0], suggest=problem[1])
    alt = () if shown.twin is None else (next_after(ctx.ref, shown.twin),)
    return When("instant", values=(value,), has_time=True, alt=alt)


def _elapsed(said: Said, length: Shift, ctx: Context) -> When:
    sign = (said.day.sign if said.day else None) or 1
    start = ctx.ref.replace(second=0, microsecond=0)
    moved = datetime.combine(add(start.date(), length, sign), start.time())
    options = [
        elapsed(moved, sign * minutes, ctx.tz, fold=ctx.fold)
        for minutes in dict.fromkeys((length.minutes, length.minutes + length.spread))
    ]
    if said.timed or (said.day and said.day.said() - {"shift", "sign", "offset"}):
        return When("ambiguous", candidates=tuple(options), has_time=True, reason="two times")
    if len(options) > 1:
        return When(
            "ambiguous", candidates=tuple(options), default=options[0], has_time=True,
            reason="too vague",
        )  # fmt: skip
    if sign < 0:
        return past(options, replace(said, clock=None), ctx)
    return When("instant", values=tuple(options), has_time=True)
