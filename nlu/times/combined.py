"""Several moments: lists, alternatives, ranges; before, after, since, until; offsets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from nlu.times.context import Context, Stretch
from nlu.times.days import feast_span, next_weekday, resolve
from nlu.times.feasts import add_working_days
from nlu.times.hours import face, gap
from nlu.times.moments import asked, one
from nlu.times.pieces import Day, Hours, Offset, Part, Shift
from nlu.times.reading import Reading, Said
from nlu.times.stretches import add
from nlu.times.when import Moment, When
from nlu.times.zones import elapsed

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MOST = 7
# What of a day said later also holds for one said before it: "mån och ons v 12".
_PLACE = frozenset(("week", "unit", "steps", "month", "year", "term", "season", "shift", "sign"))
_ASKED = When("ambiguous", reason="several times")


def once(reading: Reading, ctx: Context) -> When:
    """Return what a reading without a recurrence is."""
    if reading.offset:
        return _offset(reading, reading.offset, ctx)
    if not reading.moments:
        sign = (reading.anchor.sign if reading.anchor else None) or 1
        return When("ambiguous", anchor="event", offset=Shift().iso(sign), reason="of which event?")
    moments = _filled(reading.moments)
    if reading.joint == "beside":
        return _weekday_beside(moments[0], moments[1], ctx)
    if reading.joint == "range":
        return _range(moments[0], moments[1], ctx)
    if reading.joint in ("and", "or"):
        return _several(moments, ctx, alternatives=reading.joint == "or")
    return _single(moments[0], reading.flags, ctx)


def _filled(moments: Sequence[Said]) -> tuple[Said, ...]:
    """Give each moment of a row what was said only once for all of them."""
    out: list[Said] = []
    clock = next((said.clock for said in moments if said.clock), None)
    hours = next((said.hours for said in moments if said.hours), None)
    for number, said in enumerate(moments):
        filled = said
        if number and not said.dated and out[-1].day and (said.timed or said.part):
            filled = replace(filled, day=out[-1].day)
        if not said.dated and said.timed and not number:
            later = [other.day for other in moments[1:] if other.day and other.timed]
            filled = replace(filled, day=later[0] if later else None)
        if filled.day and number < len(moments) - 1:
            filled = replace(filled, day=_placed(filled.day, moments[number + 1 :]))
        early = not said.timed and not any(before.timed for before in moments[:number])
        if said.link is None and early and len(moments) > 1 and moments[-1].link in ("and", "or"):
            filled = replace(filled, clock=clock, hours=None if clock else hours)
        elif early and said.link in ("and", "or"):
            filled = replace(filled, clock=clock, hours=None if clock else hours)
        if filled.part is None and filled.timed and moments[-1].part and not said.part:
            filled = replace(filled, part=moments[-1].part)
        out.append(filled)
    return tuple(out)


def _placed(day: Day, later: Sequence[Said]) -> Day:
    if day.said() - {"weekday", "day"}:
        return day
    places = [said.day for said in later if said.day and said.day.said() & _PLACE]
    if not places or not places[-1].said() & {"weekday", "day"}:
        return day
    said = {name: getattr(places[-1], name) for name in places[-1].said() & _PLACE}
    return replace(day, **said)


def _single(said: Said, flags: frozenset[str], ctx: Context) -> When:
    if said.days:
        return _pair(said, ctx)
    if flags & {"before", "after"}:
        return _beside(said, 1 if "after" in flags else -1, ctx)
    if "since" in flags:
        return _since(said, ctx)
    if "by" in flags and said.day and said.day.edge == "end":
        said = replace(said, day=replace(said.day, firm_edge=True))
    found = one(said, ctx)
    if "until" in flags:
        return _until(found, ctx)
    if "from" in flags and found.kind in ("instant", "date", "range"):
        start = found.values[0] if found.values else found.start
        return When("range", start=start, has_time=found.has_time)
    if "by" in flags and found.kind == "range" and not found.has_time:
        return When("ambiguous", candidates=_moments(found.end), default=found.end)
    return found


def _moments(value: Moment | None) -> tuple[Moment, ...]:
    return () if value is None else (value,)


def _pair(said: Said, ctx: Context) -> When:
    if said.days is None:
        return _ASKED
    first, last = (replace(said, days=None, day=d) for d in (said.days.first, said.days.last))
    if said.days.joint == "and":
        return _several((first, last), ctx, alternatives=False)
    return _range(replace(first, clock=None, hours=None), last, ctx)


def _until(found: When, ctx: Context) -> When:
    if found.kind not in ("instant", "date", "range"):
        return found
    end = found.end if found.kind == "range" else found.values[0]
    start: Moment = ctx.ref.replace(second=0, microsecond=0) if found.has_time else ctx.today
    return When("range", start=start, end=end, has_time=found.has_time)


def _since(said: Said, ctx: Context) -> When:
    found = one(said, ctx)
    start = found.values[0] if found.values else found.start
    if start is None:
        return found
    day = start.date() if isinstance(start, datetime) else start
    if day > ctx.today:
        day = add(day, Shift(months=12), -1) if not _weekly(said) else day - _WEEK
    return When("range", start=day, end=ctx.today) if day <= ctx.today else _ASKED


def _weekly(said: Said) -> bool:
    return said.day is not None and said.day.weekday is not None


def _beside(said: Said, side: int, ctx: Context) -> When:
    """Ask for a day just before or after; the default is the nearest working day."""
    if said.clock or said.hours:
        found = one(said, ctx)
        return replace(_ASKED, candidates=found.values, default=next(iter(found.values), None),
                       has_time=True) if found.values else found  # fmt: skip
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


def _weekday_beside(said: Said, other: Said, ctx: Context) -> When:
    """Return "måndagen efter påsk", "sista fredagen före jul"."""
    side = 1 if other.link == "after" else -1
    weekday = said.day.weekday if said.day else None
    nth = said.day.nth if said.day else None
    target = other.day or Day()
    span = feast_span(target, ctx)
    resolved = resolve(target, ctx)
    if weekday is None or nth not in (None, side) or not (span or len(resolved.options) == 1):
        return _ASKED
    stretch = Stretch(*span) if span else resolved.options[0]
    day = next_weekday(stretch.end, weekday)
    if side < 0:
        day = next_weekday(stretch.start - 8 * _DAY, weekday)
    moment = replace(said, clock=said.clock or other.clock, hours=said.hours or other.hours)
    if span and abs((day - (stretch.end if side > 0 else stretch.start)).days) == 1:
        return asked(sorted((day, day + side * _WEEK)), moment, reason="still part of the feast?")
    exact = Day(day=day.day, month=day.month, year=day.year)
    return one(replace(moment, day=exact, link=None), ctx)


def _several(moments: Sequence[Said], ctx: Context, *, alternatives: bool) -> When:
    found = [one(replace(said, link=None), ctx) for said in moments]
    values = tuple(value for answer in found for value in answer.values)
    kinds = {answer.kind for answer in found}
    has_time = any(answer.has_time for answer in found)
    if len(kinds) == 1 and kinds <= {"instant", "date", "past"} and not alternatives:
        twins = tuple(twin for answer in found for twin in answer.alt)
        part = found[0].daypart if len({answer.daypart for answer in found}) == 1 else None
        return replace(found[0], values=_in_order(values), alt=twins, daypart=part)
    if "invalid" in kinds:
        return next(answer for answer in found if answer.kind == "invalid")
    offered = [
        value
        for answer in found
        for value in (*answer.values, *answer.candidates, *_moments(answer.start))
    ]
    if len({isinstance(value, datetime) for value in offered}) > 1:
        offered = []
    return replace(_ASKED, candidates=_in_order(offered)[:_MOST], has_time=has_time)


def _in_order(values: Sequence[Moment]) -> tuple[Moment, ...]:
    return tuple(sorted(dict.fromkeys(values), key=lambda value: value.isoformat()))


def _range(first: Said, last: Said, ctx: Context) -> When:
    if not first.dated and not last.dated or (first.clock and last.clock and not last.dated):
        return _clock_range(first, last, ctx)
    if first.day and last.day and last.day.year and first.day.month and not first.day.year:
        later = (first.day.month, first.day.day or 0) > (last.day.month or 13, last.day.day or 0)
        first = replace(first, day=replace(first.day, year=last.day.year - later))
    if not (first.day and last.day):
        return replace(_ASKED, has_time=first.timed or last.timed)
    start = one(replace(first, link=None, part=None), ctx)
    begun = _start_of(start)
    if begun is None:
        return start
    day = begun.date() if isinstance(begun, datetime) else begun
    later = replace(ctx, ref=datetime.combine(max(day, ctx.today), time()))
    end = one(replace(last, link=None, part=None), later if day >= ctx.today else ctx)
    finish = end.end if end.kind == "range" else next(iter(end.values), None)
    if finish is None:
        return end
    if start.has_time != end.has_time or type(begun) is not type(finish) or finish < begun:
        return replace(_ASKED, reason="from when until when?", has_time=end.has_time)
    return When("range", start=begun, end=finish, has_time=end.has_time)


def _start_of(found: When) -> Moment | None:
    return found.start if found.kind == "range" else next(iter(found.values), None)


def _clock_range(first: Said, last: Said, ctx: Context) -> When:
    if not (first.clock and last.clock):
        return replace(_ASKED, has_time=True)
    hours = Hours(first.clock, last.clock)
    return one(replace(first, clock=None, hours=hours, part=first.part or last.part), ctx)


def _offset(reading: Reading, offset: Offset, ctx: Context) -> When:
    """Return a moment so long before or after another, or keep the offset for an event."""
    said = reading.moments[0] if len(reading.moments) == 1 else None
    if reading.moments and said is None:
        return _ASKED
    if said is None or (not said.dated and not offset.shift.timed):
        at = said.clock if said else None
        shown = face(at, offset.daypart).on(ctx.today) if at else None
        return When(
            "ambiguous", anchor="event", offset=offset.shift.iso(offset.sign),
            has_time=at is not None, at=f"{shown:%H:%M}" if shown else None,
            daypart=offset.daypart, reason="of which event?",
        )  # fmt: skip
    moved = _moved(said, offset, ctx)
    if reading.anchor and moved.values:
        return When(
            "ambiguous", candidates=moved.values, default=moved.values[0], anchor="event",
            offset=offset.shift.iso(offset.sign), has_time=moved.has_time,
        )  # fmt: skip
    return moved


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
    if len(at) != 1 or target.kind == "past":
        return replace(_ASKED, has_time=True) if target.kind != "past" else target
    value = elapsed(at[0], offset.sign * offset.shift.minutes, ctx.tz)
    if problem := gap([value], ctx):
        return When("invalid", reason=problem[0], suggest=problem[1])
    if value <= ctx.ref:
        return When("past", values=(value,), has_time=True, action="refuse", suggest=at[0])
    return When("instant", values=(value,), has_time=True)

