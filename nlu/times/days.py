"""Single days resolved against the moment of asking."""

from calendar import month_name, monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from nlu.times.context import Context, Resolved, Stretch, ask, day, invalid, stretch
from nlu.times.feasts import FEASTS, HOLIDAYS, STRETCHES, add_working_days, is_working_day
from nlu.times.pieces import Day, Shift
from nlu.times.stretches import add, resolve_stretch, said_year

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SATURDAY = 5
_FEBRUARY, _LEAP_DAY, _LEAP_YEAR = 2, 29, 2024
_MONTHS_AHEAD = 13
_YEARS_AHEAD = 9  # 29 February may be eight years away


def resolve(said: Day, ctx: Context) -> Resolved:
    """Return the day or days that were said."""
    if said.vague and said.ahead is None:
        return ask(reason="too vague")
    if said.shift:
        return _shifted(said, said.shift, ctx)
    if said.offset is not None:
        return _agreeing(day(ctx.today + said.offset * _DAY, explicit=True), said)
    if said.holiday or said.feast:
        return _agreeing(_named(said, ctx), said)
    if said.workdays:
        return day(add_working_days(ctx.today, said.workdays))
    if said.nth is not None:
        return _nth(said, ctx)
    if said.day is not None:
        return _date(said, ctx)
    if said.weekday is not None:
        return _weekday(said, said.weekday, ctx)
    return resolve_stretch(said, ctx)


def next_weekday(after: date, weekday: int) -> date:
    """Return the first such weekday strictly after a day."""
    return after + ((weekday - after.weekday() - 1) % 7 + 1) * _DAY


def feast_span(said: Day, ctx: Context) -> tuple[date, date] | None:
    """Return the first and last main day of a feast that does not name its day."""
    if said.feast is None or said.feast not in FEASTS:
        return None
    first, last = FEASTS[said.feast]
    year = said_year(said, ctx)
    years = [year] if year else range(ctx.today.year - 1, ctx.today.year + 3)
    return next((first(y), last(y)) for y in years if year or last(y) >= ctx.today)


def _agreeing(found: Resolved, said: Day) -> Resolved:
    """Ask where a weekday was said too and it is not that of the day."""
    if said.weekday is None or found.status != "ok" or found.whole:
        return found
    when = found.options[0].start
    if when.weekday() == said.weekday:
        return found
    ahead = (said.weekday - when.weekday()) % 7
    nearest = when + (ahead if ahead <= 3 else ahead - 7) * _DAY  # noqa: PLR2004
    return ask(when, nearest, reason="weekday and date disagree")


def _shifted(said: Day, length: Shift, ctx: Context) -> Resolved:
    base = ctx.today + (said.offset or 0) * _DAY
    sign = said.sign or 1
    far = add(base, length, sign)
    if said.weekday is None:
        if length.spread:
            return ask(far, far + sign * _spread(length), default=far, reason="too vague")
        return day(far, explicit=True)
    if length.days % 7 or length.months or length.workdays:
        return ask(reason="a weekday and a length that is not in weeks")
    by_week = far - far.weekday() * _DAY + said.weekday * _DAY
    by_day = next_weekday(base, said.weekday) + sign * length.days * _DAY
    return day(by_week) if by_week == by_day else ask(by_week, by_day, default=by_week)


def _spread(length: Shift) -> timedelta:
    return length.spread * (30 if length.months else 1) * _DAY


def _named(said: Day, ctx: Context) -> Resolved:
    year = said_year(said, ctx)
    if said.holiday:
        of = HOLIDAYS[said.holiday]
        if year:
            return day(of(year), explicit=True)
        return day(next(w for y in (0, 1) if (w := of(ctx.today.year + y)) >= ctx.today))
    if span := feast_span(said, ctx):
        days = [span[0] + n * _DAY for n in range((span[1] - span[0]).days + 1)]
        return ask(*days, default=days[0])
    first, last = STRETCHES[said.feast or "between"]
    years = [year] if year else [ctx.today.year, ctx.today.year + 1]
    return next(
        stretch(first(y), last(y), explicit=bool(year))
        for y in years
        if year or last(y) >= ctx.today
    )


def _nth(said: Day, ctx: Context) -> Resolved:
    if not said.said() & {"month", "unit", "term", "season", "period", "quarter", "year", "week"}:
        if said.perhaps_prev and said.weekday is not None:
            return day(next_weekday(ctx.today - 8 * _DAY, said.weekday), explicit=True)
        return ask(reason="of which month?")
    for place in _containers(replace(said, nth=None, weekday=None, nth_unit=None), ctx):
        if place.status != "ok" or not place.options:
            return place
        found = _nth_in(place.options[0], said)
        if found is None:
            return invalid("there are not so many")
        if found.status != "ok" or not found.options:
            return found
        if place.explicit or found.options[0].end >= ctx.today:
            return replace(found, explicit=place.explicit)
    return ask()


def _containers(said: Day, ctx: Context) -> Iterator[Resolved]:
    """Yield the stretches that may be meant, the nearest first."""
    found = resolve_stretch(said, ctx)
    if said.loose and said.unit:
        yield replace(found, explicit=False)
        yield resolve_stretch(replace(said, steps=(said.steps or 0) + 1), ctx)
        return
    yield found
    later = replace(ctx, ref=ctx.ref.replace(month=1, day=1, year=ctx.ref.year + 1))
    yield resolve_stretch(said, later)


def _nth_in(place: Stretch, said: Day) -> Resolved | None:
    if said.nth_unit == "week":
        weeks = (place.end - place.start).days // 7
        number = (said.nth or 0) - 1 if (said.nth or 0) > 0 else weeks + (said.nth or 0)
        start = place.start + number * _WEEK
        if place.start.weekday() or not 0 <= number < weeks:
            return ask(reason="weeks of a month are counted in more than one way")
        return stretch(start, start + 6 * _DAY)
    if said.nth_unit == "weekend":
        return _nth_weekend(place, said.nth or 0)
    days = [place.start + n * _DAY for n in range((place.end - place.start).days + 1)]
    if said.nth_unit == "workday":
        days = [when for when in days if is_working_day(when)]
    elif said.nth_unit == "weekday":
        days = [when for when in days if when.weekday() == said.weekday]
    nth = said.nth or 0
    place_in_list = nth - 1 if nth > 0 else nth
    fits = -len(days) <= place_in_list < len(days)
    return day(days[place_in_list]) if fits else None


def _nth_weekend(place: Stretch, nth: int) -> Resolved | None:
    saturdays = []
    saturday = next_weekday(place.start - _DAY, _SATURDAY)
    while saturday <= place.end:
        saturdays.append(saturday)
        saturday += _WEEK
    index = nth - 1 if nth > 0 else nth
    if not -len(saturdays) <= index < len(saturdays):
        return None
    return stretch(saturdays[index], saturdays[index] + _DAY)


def _date(said: Day, ctx: Context) -> Resolved:
    if said.month_first is not None and said.month_first is (ctx.lang == "sv"):
        return _date_asked(said, ctx)
    if said.month_first is False and ctx.lang == "en":
        return _date_asked(said, ctx)
    number = said.day or 0
    if not 1 <= number <= 31:  # noqa: PLR2004
        return invalid(f"no month has a day {number}")
    if said.month is not None and not 1 <= said.month <= 12:  # noqa: PLR2004
        return invalid(f"no month {said.month}")
    if said.month is None:
        return _agreeing(_day_of_month(said, number, ctx), said)
    return _agreeing(_day_and_month(said, number, said.month, ctx), said)


def _date_asked(said: Day, ctx: Context) -> Resolved:
    """Ask which of 5/6 is the month, unless a weekday tells."""
    swapped = replace(said, day=said.month, month=said.day)
    orders = [said] if said.month_first else [said, swapped]
    found = [
        resolved.options[0].start
        for order in orders
        if (resolved := _date(replace(order, month_first=None, weekday=None), ctx)).options
    ]
    fitting = [when for when in found if when.weekday() == said.weekday]
    return day(fitting[0]) if len(fitting) == 1 else ask(*found, default=found[0])


def _day_of_month(said: Day, number: int, ctx: Context) -> Resolved:
    steps = said.steps if said.unit == "month" and not said.loose else None
    first = ctx.today.replace(day=1)
    for ahead in [steps] if steps is not None else range(_MONTHS_AHEAD):
        month = add(first, Shift(months=1), 1 if ahead >= 0 else -1, abs(ahead))
        if number > monthrange(month.year, month.month)[1]:
            if steps is not None:
                return _no_such_day(number, month.month, month.year)
            continue
        when = month.replace(day=number)
        if steps is not None or when >= ctx.today:
            return day(when, explicit=steps is not None)
    return ask()


def _day_and_month(said: Day, number: int, month: int, ctx: Context) -> Resolved:
    longest = _LEAP_DAY if month == _FEBRUARY else monthrange(_LEAP_YEAR, month)[1]
    year = said_year(said, ctx)
    if number > longest:
        return _no_such_day(number, month, year or _coming_year(month, ctx))
    if year:
        if number > monthrange(year, month)[1]:
            return _no_such_day(number, month, year)
        return day(date(year, month, number), explicit=True)
    for candidate in range(ctx.today.year, ctx.today.year + _YEARS_AHEAD):
        if number <= monthrange(candidate, month)[1]:
            when = date(candidate, month, number)
            if when >= ctx.today:
                return day(when)
    return ask()


def _coming_year(month: int, ctx: Context) -> int:
    return ctx.today.year + (month < ctx.today.month)


def _no_such_day(number: int, month: int, year: int) -> Resolved:
    last = date(year, month, monthrange(year, month)[1])
    return invalid(f"{number} {month_name[month]} {year} does not exist", last)


def _weekday(said: Day, weekday: int, ctx: Context) -> Resolved:
    monday = ctx.today - ctx.today.weekday() * _DAY
    this = monday + weekday * _DAY
    if said.week is not None or said.unit in ("week", "weekend"):
        found = resolve_stretch(replace(said, weekday=None, edge=None, rest=None), ctx)
        if found.status != "ok" or not found.options:
            return found
        start = found.options[0].start
        when = start - start.weekday() * _DAY + weekday * _DAY
        return replace(day(when, explicit=True))
    if said.said() & {"month", "unit", "season", "term", "period", "quarter", "year"}:
        return _one_of_many(said, weekday, ctx)
    if said.weeks:
        return day(next_weekday(ctx.today, weekday) + said.weeks * _WEEK)
    if said.which == "past":
        return day(next_weekday(ctx.today - 8 * _DAY, weekday), explicit=True)
    if said.which == "prev":
        return day(this - _WEEK, explicit=True)
    if said.which == "next":
        ahead = this > ctx.today
        return ask(this, this + _WEEK, default=this + _WEEK) if ahead else day(this + _WEEK)
    if said.which == "this" and this == ctx.today:
        return ask(this, this + _WEEK)
    return day(next_weekday(ctx.today, weekday))


def _one_of_many(said: Day, weekday: int, ctx: Context) -> Resolved:
    found = resolve_stretch(replace(said, weekday=None), ctx)
    if found.status != "ok" or not found.options:
        return found
    place = found.options[0]
    start = max(place.start, ctx.today)
    days = [start + n * _DAY for n in range(max(0, (place.end - start).days + 1))]
    return ask(*[when for when in days if when.weekday() == weekday][:5], reason="which of them?")
