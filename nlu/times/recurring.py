"""Recurrences: what was said of every week or month made a rule with its first occurrences."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from nlu.times.context import Context, Resolved
from nlu.times.days import resolve
from nlu.times.feasts import HOLIDAYS
from nlu.times.hours import Face, face, faces
from nlu.times.moments import one
from nlu.times.pieces import Clock, Day, Every, Hours
from nlu.times.reading import Reading, Said
from nlu.times.rules import WORKDAYS, Rule, expand
from nlu.times.stretches import add
from nlu.times.when import Moment, When

_DAY = timedelta(days=1)
_SHOWN = 6
_FREQS = {"minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY"}
_FREQS |= {"month": "MONTHLY", "year": "YEARLY", "quarter": "MONTHLY", "halfyear": "MONTHLY"}
_MONTHS_EACH = {"quarter": 3, "halfyear": 6}
_WEEKDAY_ONLY = frozenset(("weekday",))
_STRETCHES = frozenset(("term", "period", "season", "month", "unit", "ahead", "ahead_unit", "year",
                        "steps", "loose", "which", "feast", "shift", "sign", "quarter", "week",
                        "last_week", "rest"))  # fmt: skip
_LAST_MONTHDAY = 28


@dataclass
class _Plan:
    """What was said of a recurrence, gathered from its moments."""

    every: Every
    weekdays: list[int] = field(default_factory=list)
    monthdays: list[int] = field(default_factory=list)
    day: Day | None = None
    start: date | None = None
    end: date | None = None
    clocks: list[Clock] = field(default_factory=list)
    hours: Hours | None = None
    part: str | None = None
    problem: When | None = None


def recurring(reading: Reading, every: Every, ctx: Context) -> When:
    """Return the rule of a reading with its first and next occurrences, or the question."""
    plan = _Plan(every, list(every.weekdays), day=every.day, part=every.daypart)
    for number, said in enumerate(reading.moments):
        _take(plan, said, reading.moments[:number], ctx)
    if plan.problem:
        return plan.problem
    if every.unit is None and not plan.weekdays:
        return When("ambiguous", reason="how often?")
    rule = _rule(plan)
    if rule is None or every.times:
        return When("ambiguous", has_time=bool(plan.clocks), reason="on which day, and since when?")
    return _expanded(rule, plan, ctx)


def _take(plan: _Plan, said: Said, before: Sequence[Said], ctx: Context) -> None:
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
    elif said.link in ("from", "since", "between", "until", "to", "range", "by") or before_bound(
        said, before
    ):
        _bound(plan, said, said.link or "until", ctx)
    else:
        _constrain(plan, said, ctx)


def before_bound(said: Said, before: Sequence[Said]) -> bool:
    """Tell whether the second day of "mellan 1 mars och 30 april" is said."""
    return said.link == "and" and any(earlier.link == "between" for earlier in before)


def _take_weekday(
    plan: _Plan, weekday: int, said: Said, before: Sequence[Said], ctx: Context
) -> None:
    ranged = said.link in ("range", "to", "until")
    dated = any(earlier.day and earlier.link in ("from", "between") for earlier in before)
    if ranged and plan.weekdays and not dated and plan.weekdays[-1] < weekday:
        plan.weekdays += range(plan.weekdays[-1] + 1, weekday + 1)
    elif said.link in ("until", "by"):
        _bound(plan, said, "until", ctx)
    else:
        plan.weekdays.append(weekday)


def _bound(plan: _Plan, said: Said, link: str, ctx: Context) -> None:
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


def _constrain(plan: _Plan, said: Said, ctx: Context) -> None:
    day = said.day or Day()
    names = day.said()
    if names <= _STRETCHES | {"weekday"} and "weekday" in names:
        plan.weekdays.append(day.weekday or 0)
        day = replace(day, weekday=None)
        names = day.said()
    if day.loose and day.unit in ("month", "quarter", "year", "week") and names <= _STRETCHES:
        _of_the_month(plan, day)
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


def _of_the_month(plan: _Plan, day: Day) -> None:
    """Read "varje tredje måndag i månaden" as the third Monday of each month."""
    every = plan.every
    third = every.interval and every.unit == "week" and plan.weekdays and not every.nth
    if day.unit == "month" and third:
        plan.every = replace(every, unit="month", interval=None, nth=every.interval,
                             nth_unit="weekday")  # fmt: skip


def _rule(plan: _Plan) -> Rule | None:
    every, day = plan.every, plan.day
    unit = every.unit or "week"
    interval = (every.interval or 1) * _MONTHS_EACH.get(unit, 1)
    rule = Rule(_FREQS.get(unit, ""), interval, count=every.count, until=plan.end)
    weekdays = tuple(sorted(set(plan.weekdays)))
    if not rule.freq:
        return None
    nth = every.nth if every.nth is not None else day.nth if day else None
    if nth is not None:
        return _nth_rule(rule, unit, nth, plan)
    if every.parity is not None:
        weeks = tuple(week for week in range(1, 54) if week % 2 == every.parity)
        return replace(rule, freq="YEARLY", interval=1, weeks=weeks, days=weekdays) if (
            weekdays
        ) else None
    if plan.monthdays:
        return None if weekdays or day else _monthday_rule(rule, unit, plan.monthdays)
    if day is not None and (day.day is not None or day.holiday):
        return _dated_rule(rule, unit, day, weekdays)
    if weekdays:
        return replace(rule, freq="WEEKLY", days=weekdays) if unit in ("week", "day") else None
    if unit in ("day", "hour", "minute"):
        whole_weeks = unit == "day" and interval % 7 == 0
        return None if whole_weeks and plan.start is None else rule
    return _from_start(rule, unit, plan.start)


def _from_start(rule: Rule, unit: str, start: date | None) -> Rule | None:
    """Let the first day say which day of the week, month or year it is."""
    if start is None:
        return None
    if unit == "week":
        return replace(rule, days=(start.weekday(),))
    month = (start.month,) if unit == "year" else ()
    return replace(rule, months=month, monthdays=(start.day,))


def _nth_rule(rule: Rule, unit: str, nth: int, plan: _Plan) -> Rule | None:
    day = plan.day or Day()
    kind = plan.every.nth_unit or day.nth_unit
    weekday = plan.weekdays[0] if plan.weekdays else day.weekday
    if unit in ("quarter", "halfyear"):
        step = _MONTHS_EACH[unit]
        first = step if nth < 0 else 1
        rule = replace(rule, interval=1, months=tuple(range(first, 13, step)))
    elif unit == "year" and day.month:
        rule = replace(rule, months=(day.month,))
    elif unit == "week":
        rule = replace(rule, freq="MONTHLY", interval=1)
    elif unit != "month":
        return None
    if kind == "weekday" and weekday is not None:
        return replace(rule, days=(weekday,), nth=nth)
    if kind == "workday":
        return replace(rule, freq="MONTHLY", days=WORKDAYS, setpos=nth)
    return replace(rule, monthdays=(nth,)) if kind == "day" else None


def _dated_rule(rule: Rule, unit: str, day: Day, weekdays: tuple[int, ...]) -> Rule | None:
    if unit != "year" or weekdays or day.weekday is not None:
        return None
    if day.holiday:
        return _holiday_rule(rule, day.holiday)
    if not day.month or not 1 <= (day.day or 0) <= 31:  # noqa: PLR2004
        return None
    return replace(rule, months=(day.month,), monthdays=(day.day or 0,))


def _monthday_rule(rule: Rule, unit: str, numbers: Sequence[int]) -> Rule | None:
    if not all(1 <= number <= 31 for number in numbers):  # noqa: PLR2004
        return None
    days = tuple(sorted(set(numbers)))
    if unit in _MONTHS_EACH:
        months = tuple(range(1, 13, _MONTHS_EACH[unit]))
        return replace(rule, freq="YEARLY", interval=1, months=months, monthdays=days)
    if unit != "month":
        return None
    if len(days) > 1:
        return replace(rule, monthdays=days) if days[-1] <= _LAST_MONTHDAY else None
    return replace(rule, **_every_month(days[0]))  # type: ignore[arg-type]


def _every_month(number: int) -> dict[str, object]:
    # BYMONTHDAY=31 would skip the short months: their last day is meant.
    if number == 31:  # noqa: PLR2004
        return {"monthdays": (-1,)}
    if number > _LAST_MONTHDAY:
        return {"monthdays": tuple(range(_LAST_MONTHDAY, number + 1)), "setpos": -1}
    return {"monthdays": (number,)}


def _holiday_rule(rule: Rule, name: str) -> Rule | None:
    """Return the yearly rule of a holiday that RFC 5545 can say; Easter it cannot."""
    days = [HOLIDAYS[name](year) for year in range(2000, 2028)]
    if len({(day.month, day.day) for day in days}) == 1:
        return replace(rule, freq="YEARLY", months=(days[0].month,), monthdays=(days[0].day,))
    if len({day.weekday() for day in days}) > 1 or len({day.month for day in days}) > 1:
        return None
    numbers = tuple(sorted({day.day for day in days}))
    if len(numbers) > 7:  # noqa: PLR2004
        return None
    return replace(rule, freq="YEARLY", months=(days[0].month,), monthdays=numbers,
                   days=(days[0].weekday(),))  # fmt: skip


def _expanded(rule: Rule, plan: _Plan, ctx: Context) -> When:
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


def _by_the_clock(rule: Rule, plan: _Plan, ctx: Context) -> When:
    if plan.clocks or plan.hours or plan.start:
        return When("ambiguous", has_time=True, reason="from when until when?")
    minutes = 60 if rule.freq == "HOURLY" else 1
    now = ctx.ref.replace(second=0, microsecond=0)
    first = now + timedelta(minutes=minutes * rule.interval)
    return _shown(rule, first, has_time=True)


def _from_first(
    rule: Rule, plan: _Plan, first_face: Face | None, end: Face | None, ctx: Context
) -> When:
    at = (datetime.min + timedelta(minutes=first_face.minutes)).time() if first_face else None
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
