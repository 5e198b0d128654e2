"""Stretches of days resolved: weeks, months, seasons, terms, study periods, quarters, years."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from nlu.times.context import Context, Resolved, ask, day, invalid, stretch
from nlu.times.feasts import add_working_days
from nlu.times.pieces import Day, Shift

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FRIDAY, _SATURDAY = 4, 5
_LAST_WEEK = 53
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_QUARTER = 3
_AHEAD = {"day": Shift(days=1), "week": Shift(days=7), "month": Shift(months=1)}
_AHEAD |= {"year": Shift(months=12), "quarter": Shift(months=3)}


def add(when: date, length: Shift, sign: int = 1, times: int = 1) -> date:
    """Return the day that long after (before) a day; months end where the month ends."""
    whole = when.year * 12 + when.month - 1 + sign * times * length.months
    year, month = divmod(whole, 12)
    year = min(max(year, 1), 9998)
    moved = date(year, month + 1, min(when.day, monthrange(year, month + 1)[1]))
    days = sign * times * length.days
    try:
        moved += timedelta(days=days)
    except OverflowError:
        return when
    return add_working_days(moved, sign * length.workdays) if length.workdays else moved


def said_year(said: Day, ctx: Context) -> int | None:
    """Return the year that was said, also as "nästa år"."""
    if said.year is not None or said.unit != "year":
        return said.year
    return ctx.today.year + (said.steps or 0)


def resolve_stretch(said: Day, ctx: Context) -> Resolved:
    """Return the days of a week, month, term ... or ask or refuse."""
    found = _plain(said, ctx)
    if found.status != "ok" or not found.options:
        return found
    if said.edge:
        answer = _edge(said, found, ctx)
        begun = said.unit and not said.steps and said.edge == "start"
        if begun and answer.options and answer.options[-1].end < ctx.today:
            return resolve_stretch(replace(said, steps=1), ctx)
        return answer
    if said.rest:
        return stretch(ctx.today, found.options[0].end)
    return found


def _plain(said: Day, ctx: Context) -> Resolved:
    if said.quarter:
        return _months(said, ctx, said.quarter * _QUARTER - 2, _QUARTER)
    if said.month:
        return _months(said, ctx, said.month, 1)
    for name, resolver in _RESOLVERS:
        if getattr(said, name) is not None:
            return resolver(said, ctx)
    if said.unit == "ayear":
        return _academic_year(said, ctx)
    if said.unit:
        return _unit(said.unit, said.steps or 0, ctx)
    if said.year:
        return stretch(date(said.year, 1, 1), date(said.year, 12, 31), explicit=True)
    return ask(reason="too vague")


def _iso_week(said: Day, ctx: Context) -> Resolved:
    first, last = said.week or 0, said.last_week or said.week or 0
    for number in (first, last):
        if not 1 <= number <= _LAST_WEEK:
            return invalid(f"no ISO week {number}")
    year = said_year(said, ctx)
    years = [year] if year else [ctx.today.isocalendar().year, ctx.today.isocalendar().year + 1]
    for candidate in years:
        try:
            start = date.fromisocalendar(candidate, first, 1)
            end = date.fromisocalendar(candidate, last, 7)
        except ValueError:
            return invalid(f"no ISO week {last} in {candidate}")
        if year or end >= ctx.today:
            return stretch(start, end, explicit=bool(year))
    return ask()


def _unit(unit: str, steps: int, ctx: Context) -> Resolved:
    today = ctx.today
    monday = today - today.weekday() * _DAY + steps * _WEEK
    if unit == "week":
        return stretch(monday, monday + 6 * _DAY, explicit=True)
    if unit == "weekend":
        saturday = monday + _SATURDAY * _DAY
        if steps == 1 and today.weekday() < _SATURDAY:
            return ask(saturday - _WEEK, saturday, default=saturday)
        return stretch(saturday, saturday + _DAY, explicit=True)
    if unit in ("term", "period"):
        span = ctx.calendar.from_now(unit, steps, today)
        return stretch(*span, explicit=True) if span else ask(reason=f"no such {unit} is known")
    if unit == "year":
        year = today.year + steps
        return stretch(date(year, 1, 1), date(year, 12, 31), explicit=True)
    length = _QUARTER if unit == "quarter" else 1
    month = (today.month - 1) // length * length + 1
    start = add(date(today.year, month, 1), Shift(months=length * steps))
    return stretch(start, add(start, Shift(months=length)) - _DAY, explicit=True)


def _academic_year(said: Day, ctx: Context) -> Resolved:
    years = ctx.calendar.academic_years()
    starts = sorted(years)
    year = said.year
    if year is None:
        running = next((y for y in starts if years[y][1] >= ctx.today), None)
        year = None if running is None else running + (said.steps or 0)
    span = years.get(year) if year else None
    missing = f"no academic year {year or ''} in the term calendar"
    return stretch(*span, explicit=True) if span else ask(reason=missing)


def _months(said: Day, ctx: Context, month: int, length: int) -> Resolved:
    year = said_year(said, ctx)
    start = date(year or ctx.today.year, month, 1)
    if year is None:
        started = start <= ctx.today
        ended = add(start, Shift(months=length)) <= ctx.today
        if said.which == "prev" and not ended:
            start = add(start, Shift(months=12), -1)
        elif said.which == "next" and not started and start.year == ctx.today.year:
            later = add(start, Shift(months=12))
            return ask(start, later)
        elif ended and said.which != "prev":
            start = add(start, Shift(months=12))
    end = add(start, Shift(months=length)) - _DAY
    return stretch(start, end, explicit=bool(year) or said.which == "prev")


def _season(said: Day, ctx: Context) -> Resolved:
    year = said_year(said, ctx)
    month = _SEASONS[said.season or ""]
    starts = [date(y, month, 1) for y in range(ctx.today.year - 2, ctx.today.year + 3)]
    if year:
        starts = [date(year, month, 1)]
    spans = [(start, add(start, Shift(months=3)) - _DAY) for start in starts]
    if year:
        return stretch(*spans[0], explicit=True)
    coming = [span for span in spans if span[1] >= ctx.today]
    if said.steps == -1:
        return stretch(*[span for span in spans if span[0] < ctx.today][-1], explicit=True)
    if said.steps == 1:
        ahead = [span for span in coming if span[0] > ctx.today]
        if ahead[0][0].year == ctx.today.year:
            return ask(ahead[0][0], ahead[1][0])
        return stretch(*ahead[0])
    return stretch(*coming[0])


def _term(said: Day, ctx: Context) -> Resolved:
    code, year = said.term or "", said_year(said, ctx)
    spans = sorted(span for name, span in ctx.calendar.terms.items() if name.startswith(code))
    if year is None and said.steps == -1:
        ended = [span for span in spans if span[1] < ctx.today]
        span = ended[-1] if ended else None
    elif year is None and said.steps == 1:
        span = next((span for span in spans if span[0] > ctx.today), None)
    else:
        span = ctx.calendar.term(code, year, ctx.today)
    missing = f"no {code}{year % 100 if year else ''} in the term calendar"
    return stretch(*span, explicit=bool(year) or said.steps == -1) if span else ask(reason=missing)


def _period(said: Day, ctx: Context) -> Resolved:
    if said.period:
        span = ctx.calendar.period(said.period, said.term or "", said_year(said, ctx), ctx.today)
    else:
        span = ctx.calendar.from_now("period", 0, ctx.today)
    if span is None:
        return ask(reason=f"no study period {said.period or ''} in the term calendar")
    if not said.study_week:
        return stretch(*span)
    monday = span[0] + (said.study_week - 1) * _WEEK
    if monday > span[1]:
        return invalid(f"no study week {said.study_week}")
    return stretch(monday, monday + 6 * _DAY)


def _ahead(said: Day, ctx: Context) -> Resolved:
    count = said.ahead or 0
    far = add(ctx.today, _AHEAD[said.ahead_unit or "day"], 1 if count > 0 else -1, abs(count))
    if said.vague:
        return ask(reason="too vague")
    return stretch(min(far, ctx.today), max(far, ctx.today), explicit=True)


def _edge(said: Day, found: Resolved, ctx: Context) -> Resolved:
    start, end = found.options[0].start, found.options[0].end
    if said.edge == "turn":
        return ask(end, end + _DAY)
    firm = said.firm_edge or said.unit == "term" or said.term is not None
    if said.edge == "mid":
        middle = start + (end - start) // 2
        return ask(middle, default=middle)
    if said.edge == "start":
        working = add_working_days(start - _DAY, 1)
        if working < ctx.today and not found.explicit:
            return ask(reason="already past")
        return day(start) if firm else ask(start, working, default=working)
    working = add_working_days(end + _DAY, -1)
    if said.unit == "week" or said.week is not None:
        return ask(start + _FRIDAY * _DAY, end, default=start + _FRIDAY * _DAY)
    return day(end) if firm else ask(working, end, default=end)


_RESOLVERS = (
    ("week", _iso_week),
    ("ahead", _ahead),
    ("season", _season),
    ("study_week", _period),
    ("period", _period),
    ("term", _term),
)
