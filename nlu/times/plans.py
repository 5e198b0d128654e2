"""What was said of a recurrence, and the rule that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nlu.times.feasts import HOLIDAYS
from nlu.times.pieces import Clock, Day, Every, Hours
from nlu.times.rules import WORKDAYS, Rule
from nlu.times.when import When

_FREQS = {"minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY"}
_FREQS |= {"month": "MONTHLY", "year": "YEARLY", "quarter": "MONTHLY", "halfyear": "MONTHLY"}
_MONTHS_EACH = {"quarter": 3, "halfyear": 6}
_LAST_MONTHDAY = 28
_LAST_PLACE = 5  # no month has a sixth Friday


@dataclass
class Plan:
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


def rule_of(plan: Plan) -> Rule | None:
    """Return the rule of what was said, or None if its days are not known or fit no rule."""
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
        return _alternate_weeks(rule, every.parity, weekdays)
    if plan.monthdays:
        return None if weekdays or day else _monthday_rule(rule, unit, plan.monthdays)
    if day is not None and (day.day is not None or day.holiday):
        return _dated_rule(rule, unit, day, weekdays)
    if weekdays:
        return replace(rule, freq="WEEKLY", days=weekdays) if unit in ("week", "day") else None
    return _dayless_rule(rule, unit, plan.start)


def _alternate_weeks(rule: Rule, parity: int, weekdays: tuple[int, ...]) -> Rule | None:
    """Return the rule of even (0) or odd (1) weeks: INTERVAL=2 would go wrong after week 53."""
    weeks = tuple(week for week in range(1, 54) if week % 2 == parity)
    weekly = replace(rule, freq="YEARLY", interval=1, weeks=weeks, days=weekdays)
    return weekly if weekdays else None


def _dayless_rule(rule: Rule, unit: str, start: date | None) -> Rule | None:
    if unit in ("day", "hour", "minute"):
        whole_weeks = unit == "day" and rule.interval % 7 == 0
        return None if whole_weeks and start is None else rule
    return _from_start(rule, unit, start)


def _from_start(rule: Rule, unit: str, start: date | None) -> Rule | None:
    """Let the first day say which day of the week, month or year it is."""
    if start is None:
        return None
    if unit == "week":
        return replace(rule, days=(start.weekday(),))
    month = (start.month,) if unit == "year" else ()
    return replace(rule, months=month, monthdays=(start.day,))


def _nth_rule(rule: Rule, unit: str, nth: int, plan: Plan) -> Rule | None:
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
    if abs(nth) > _LAST_PLACE:
        return None
    if kind == "weekday" and weekday is not None:
        return replace(rule, days=(weekday,), nth=tuple(sorted({*plan.monthdays, nth})))
    if plan.monthdays:
        return None
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
