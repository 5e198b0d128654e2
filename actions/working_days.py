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
