"""Several moments: lists, alternatives, ranges; before, after, since, until; offsets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from nlu.times.context import Context
from nlu.times.moments import UNSURE, one
from nlu.times.offsets import beside, from_offset, weekday_beside
from nlu.times.pieces import Day, Hours, Shift
from nlu.times.reading import Reading, Said
from nlu.times.stretches import add
from nlu.times.when import Moment, When

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MOST = 7
# What of a day said later also holds for one said before it: "mån och ons v 12".
_PLACE = frozenset(("week", "unit", "steps", "month", "year", "term", "season", "shift", "sign"))
_COUNTED = frozenset(("steps", "shift", "ahead"))


def once(reading: Reading, ctx: Context) -> When:
    """Return what a reading without a recurrence is."""
    if reading.offset:
        return from_offset(reading, reading.offset, ctx)
    if not reading.moments:
        sign = (reading.anchor.sign if reading.anchor else None) or 1
        return When("ambiguous", anchor="event", offset=Shift().iso(sign), reason="of which event?")
    moments = _filled(reading.moments)
    if reading.joint == "beside":
        return weekday_beside(moments[0], moments[1], ctx)
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
        listed = said.link is None and len(moments) > 1 and moments[-1].link in ("and", "or")
        if early and (listed or said.link in ("and", "or")):
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
        return beside(said, 1 if "after" in flags else -1, ctx)
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
        return UNSURE
    first, last = (replace(said, days=None, day=d) for d in (said.days.first, said.days.last))
    if said.days.joint != "range":
        return _several((first, last), ctx, alternatives=said.days.joint == "or")
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
    while day >= ctx.today and _weekly(said):
        day -= _WEEK
    if day > ctx.today:
        day = add(day, Shift(months=12), -1)
    return When("range", start=day, end=ctx.today) if day <= ctx.today else UNSURE


def _weekly(said: Said) -> bool:
    return said.day is not None and said.day.weekday is not None


def _several(moments: Sequence[Said], ctx: Context, *, alternatives: bool) -> When:
    names = [said.day.said() if said.day else frozenset[str]() for said in moments]
    if any("nth" in said for said in names) and any("day" in said for said in names):
        return UNSURE  # "första och tredje måndagen i mars"
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
    return replace(UNSURE, candidates=_in_order(offered)[:_MOST], has_time=has_time)


def _in_order(values: Sequence[Moment]) -> tuple[Moment, ...]:
    return tuple(sorted(dict.fromkeys(values), key=lambda value: value.isoformat()))


def _range(first: Said, last: Said, ctx: Context) -> When:
    if not last.dated and (not first.dated or (first.clock and last.clock)):
        return _clock_range(first, last, ctx)
    if first.day and last.day and last.day.year and first.day.month and not first.day.year:
        wraps = (first.day.month, first.day.day or 0) > (last.day.month or 13, last.day.day or 0)
        first = replace(first, day=replace(first.day, year=last.day.year - wraps))
    if not (first.day and last.day):
        return replace(UNSURE, has_time=first.timed or last.timed)
    start = one(replace(first, link=None, part=None), ctx)
    begun = _start_of(start)
    if begun is None:
        return start
    day = begun.date() if isinstance(begun, datetime) else begun
    # "till fredag" is the Friday after the start; "nästa vecka" is counted from today all the same.
    from_today = day < ctx.today or last.day.said() & _COUNTED
    later = replace(ctx, ref=datetime.combine(max(day, ctx.today), time()))
    end = one(replace(last, link=None, part=None), ctx if from_today else later)
    finish = end.end if end.kind == "range" else next(iter(end.values), None)
    if finish is None:
        return end
    if start.has_time != end.has_time or type(begun) is not type(finish) or finish < begun:
        return replace(UNSURE, reason="from when until when?", has_time=end.has_time)
    return When("range", start=begun, end=finish, has_time=end.has_time)


def _start_of(found: When) -> Moment | None:
    return found.start if found.kind == "range" else next(iter(found.values), None)


def _clock_range(first: Said, last: Said, ctx: Context) -> When:
    if not (first.clock and last.clock):
        return replace(UNSURE, has_time=True)
    hours = Hours(first.clock, last.clock)
    return one(replace(first, clock=None, hours=hours, part=first.part or last.part), ctx)
