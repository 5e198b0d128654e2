"""Recurrences: what was said of every week or month made a rule with its first occurrences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from nlu.times.context import Context, Resolved
from nlu.times.days import resolve
from nlu.times.hours import Face, face, faces
from nlu.times.moments import one
from nlu.times.pieces import Day, Every
from nlu.times.plans import Plan, rule_of
from nlu.times.reading import Reading, Said
from nlu.times.rules import Rule, expand
from nlu.times.stretches import add
from nlu.times.when import Moment, When

_DAY = timedelta(days=1)
_SHOWN = 6
_WEEKDAY_ONLY = frozenset(("weekday",))
_STRETCHES = frozenset(("term", "period", "season", "month", "unit", "ahead", "ahead_unit", "year",
                        "steps", "loose", "which", "feast", "shift", "sign", "quarter", "week",
                        "last_week", "rest"))  # fmt: skip


def recurring(reading: Reading, every: Every, ctx: Context) -> When:
    """Return the rule of a reading with its first and next occurrences, or the question."""
    plan = Plan(every, list(every.weekdays), day=every.day, part=every.daypart)
    for number, said in enumerate(reading.moments):
        _take(plan, said, reading.moments[:number], ctx)
    if plan.problem:
        return plan.problem
    if every.unit is None and not plan.weekdays:
        return When("ambiguous", reason="how often?")
    rule = rule_of(plan)
    if rule is None or every.times:
        return When("ambiguous", has_time=bool(plan.clocks), reason="on which day, and since when?")
    return _expanded(rule, plan, ctx)


def _take(plan: Plan, said: Said, before: Sequence[Said], ctx: Context) -> None:
    plan.clocks += [said.clock] if said.clock else []
    plan.hours = plan.hours or said.hours
    plan.part = plan.part or (said.part.name if said.part else None)
    if said.days:
        _bound(plan, Said(day=said.days.first), "from", ctx)
        _bound(plan, Said(day=said.days.last), "until", ctx)
    elif said.duration:
        plan.end = add(plan.start or ctx.today, said.duration.shift)
    if said.day is None:
        return
    if said.day.said() == _WEEKDAY_ONLY and said.link not in ("from", "since"):
        _take_weekday(plan, said.day.weekday or 0, said, before, ctx)
    elif said.link in ("from", "since", "between", "until", "to", "range", "by") or _closes(
        said, before
    ):
        _bound(plan, said, said.link or "until", ctx)
    else:
        _constrain(plan, said, ctx)


def _closes(said: Said, before: Sequence[Said]) -> bool:
    """Tell whether the second day of "mellan 1 mars och 30 april" is said."""
    return said.link == "and" and any(earlier.link == "between" for earlier in before)


def _take_weekday(
    plan: Plan, weekday: int, said: Said, before: Sequence[Said], ctx: Context
) -> None:
    ranged = said.link in ("range", "to", "until")
    dated = any(earlier.day and earlier.link in ("from", "between") for earlier in before)
    if ranged and plan.weekdays and not dated and plan.weekdays[-1] < weekday:
        plan.weekdays += range(plan.weekdays[-1] + 1, weekday + 1)
    elif said.link in ("until", "by"):
        _bound(plan, said, "until", ctx)
    else:
        plan.weekdays.append(weekday)


def _bound(plan: Plan, said: Said, link: str, ctx: Context) -> None:
    day = said.day
    later = replace(ctx, ref=datetime.combine(plan.start, time())) if plan.start else ctx
    found = resolve(day, later) if day else None
    if found and found.default and link not in ("from", "since", "between"):
        found = Resolved((found.default,))
    if found is None or found.status != "ok" or len(found.options) != 1:
        plan.problem = plan.problem or one(Said(day=day), later)
    elif link in ("from", "since", "between"):
        plan.start = found.options[0].start
    else:
        plan.end = found.options[0].end


def _constrain(plan: Plan, said: Said, ctx: Context) -> None:
    day = said.day or Day()
    names = day.said()
    if names <= _STRETCHES | {"weekday"} and "weekday" in names:
        plan.weekdays.append(day.weekday or 0)
        day = replace(day, weekday=None)
        names = day.said()
    if day.loose and day.unit in ("month", "quarter", "year", "week") and names <= _STRETCHES:
        _of_the_month(plan, day)
    elif plan.every.unit == "year" and names <= {"month", "season"}:
        plan.problem = When("ambiguous", reason="on which day of it?")
    elif names and names <= _STRETCHES:
        _bound(plan, Said(day=day), "from", ctx)
        _bound(plan, Said(day=day), "until", replace(ctx))
    elif names == {"day"}:
        plan.monthdays.append(day.day or 0)
    elif "offset" in names:
        _bound(plan, Said(day=day), "from", ctx)
    else:
        joined = plan.day.joined(day) if plan.day else day
        plan.day = joined
        if joined is None:
            plan.problem = When("ambiguous", reason="two days of one recurrence")


def _of_the_month(plan: Plan, day: Day) -> None:
    """Read "varje tredje måndag i månaden" as the third Monday of each month."""
    every = plan.every
    third = every.interval and every.unit == "week" and plan.weekdays and not every.nth
    if day.unit == "month" and third:
        plan.every = replace(every, unit="month", interval=None, nth=every.interval,
                             nth_unit="weekday")  # fmt: skip


def _expanded(rule: Rule, plan: Plan, ctx: Context) -> When:
    shown = [face(clock, plan.part) for clock in plan.clocks]
    start, end = faces(plan.hours, plan.part) if plan.hours else (None, None)
    first_face = start or (shown[0] if shown else None)
    if len(shown) > 1:
        if len({each.minutes % 60 for each in shown}) > 1 or rule.hours:
            return When("ambiguous", has_time=True, reason="several times of day")
        hours = sorted(each.minutes // 60 % 24 for each in shown)
        rule = replace(rule, hours=tuple(hours))
        first_face = Face(hours[0] * 60 + shown[0].minutes % 60)
    if rule.freq in ("HOURLY", "MINUTELY"):
        return _by_the_clock(rule, plan, ctx)
    return _from_first(rule, plan, first_face, end, ctx)


def _by_the_clock(rule: Rule, plan: Plan, ctx: Context) -> When:
    if plan.clocks or plan.hours or plan.start:
        return When("ambiguous", has_time=True, reason="from when until when?")
    minutes = 60 if rule.freq == "HOURLY" else 1
    now = ctx.ref.replace(second=0, microsecond=0)
    first = now + timedelta(minutes=minutes * rule.interval)
    return _shown(rule, first, has_time=True)


def _from_first(
    rule: Rule, plan: Plan, first_face: Face | None, end: Face | None, ctx: Context
) -> When:
    at = first_face.on(ctx.today).time() if first_face else None
    start = plan.start or ctx.today + (0 if at else 1) * _DAY
    # Without a start the nearest day begins the count of "varannan"; which week is asked.
    counted = rule if plan.start else replace(rule, interval=1)
    later_than = ctx.ref if at else datetime.combine(ctx.today, time()) - _DAY
    first = counted.first(start, at, later_than)
    if first is None:
        return When("past", values=(plan.end or ctx.today,), action="refuse")
    found = _shown(rule, first, has_time=at is not None)
    twin = first_face.twin if first_face else None
    if isinstance(first, datetime) and twin is not None:
        found = replace(found, alt=(Face(twin).on(first.date()),))
    if isinstance(first, datetime) and end:
        found = replace(found, start=first, end=end.on(first.date()))
    if rule.interval > 1 and rule.freq == "WEEKLY" and plan.start is None:
        found = replace(found, candidates=(first, first + timedelta(weeks=1)), default=first)
    return replace(found, daypart=plan.part if at is None else None)


def _shown(rule: Rule, first: Moment, *, has_time: bool) -> When:
    text = str(rule)
    return When(
        "recurring", rrule=text, first=first, next=expand(text, first, count=_SHOWN),
        has_time=has_time,
    )  # fmt: skip
