"""Days on which a Swedish university works."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_SATURDAY = 5


@lru_cache(maxsize=32)
def _red_days(year: int) -> frozenset[date]:
    # The eves of midsummer, Christmas and New Year are free in practice: "de facto".
    kept = holidays.country_holidays(
        "SE", years=year, categories=("public", "de_facto"), include_sundays=False
    )
    return frozenset(kept)


def is_working_day(day: date) -> bool:
    """Whether staff are at work on a day."""
    return day.weekday() < _SATURDAY and day not in _red_days(day.year)


def working_days_after(day: date, n: int) -> date:
    """Return the n-th working day after a day."""
    while n > 0:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day


def working_days_before(day: date, n: int) -> date:
    """Return the latest day after which n working days have come by a day, that day counted."""
    while n > 0:
        n -= is_working_day(day)
        day -= timedelta(days=1)
    return day


def working_days_between(day: date, until: date) -> int:
    """Return how many working days there are after a day, up to and with another."""
    days = (until - day).days
    return sum(is_working_day(day + timedelta(days=n)) for n in range(1, days + 1))
