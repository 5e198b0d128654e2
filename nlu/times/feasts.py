"""Holidays by the names people use, and working days by the law of Sweden."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays
from dateutil.easter import easter

_DAY = timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_WORK_WEEK = 5


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _weekday_from(month: int, day: int, weekday: int) -> Callable[[int], date]:
    """Return the first such weekday on or after a date."""

    def of(year: int) -> date:
        start = date(year, month, day)
        return start + timedelta(days=(weekday - start.weekday()) % 7)

    return of


HOLIDAYS: Mapping[str, Callable[[int], date]] = {
    "new_years_day": _fixed(1, 1),
    "twelfth_night": _fixed(1, 5),
    "epiphany": _fixed(1, 6),
    "knut": _fixed(1, 13),
    "valentine": _fixed(2, 14),
    "shrove_tuesday": _from_easter(-47),
    "womens_day": _fixed(3, 8),
    "annunciation": _fixed(3, 25),
    "maundy_thursday": _from_easter(-3),
    "good_friday": _from_easter(-2),
    "easter_eve": _from_easter(-1),
    "easter_day": _from_easter(0),
    "easter_monday": _from_easter(1),
    "walpurgis": _fixed(4, 30),
    "may_day": _fixed(5, 1),
    "ascension": _from_easter(39),
    "whitsun_eve": _from_easter(48),
    "whitsun": _from_easter(49),
    "mothers_day": _weekday_from(5, 25, _SUNDAY),
    "national_day": _fixed(6, 6),
    "midsummer_eve": _weekday_from(6, 19, _FRIDAY),
    "midsummer_day": _weekday_from(6, 20, _SATURDAY),
    "all_saints": _weekday_from(10, 31, _SATURDAY),
    "halloween": _fixed(10, 31),
    "fathers_day": _weekday_from(11, 8, _SUNDAY),
    "advent1": _weekday_from(11, 27, _SUNDAY),
    "advent2": _weekday_from(12, 4, _SUNDAY),
    "advent3": _weekday_from(12, 11, _SUNDAY),
    "advent4": _weekday_from(12, 18, _SUNDAY),
    "nobel": _fixed(12, 10),
    "lucia": _fixed(12, 13),
    "day_before_christmas_eve": _fixed(12, 23),
    "christmas_eve": _fixed(12, 24),
    "christmas_day": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "new_years_eve": _fixed(12, 31),
}

# Feasts whose name alone does not say which day: their first and last main day.
FEASTS: Mapping[str, tuple[Callable[[int], date], Callable[[int], date]]] = {
    "christmas": (HOLIDAYS["christmas_eve"], HOLIDAYS["christmas_day"]),
    "new_year": (HOLIDAYS["new_years_eve"], lambda year: date(year + 1, 1, 1)),
    "easter": (HOLIDAYS["good_friday"], HOLIDAYS["easter_day"]),
    "whitsun": (HOLIDAYS["whitsun_eve"], HOLIDAYS["whitsun"]),
    "midsummer": (HOLIDAYS["midsummer_eve"], HOLIDAYS["midsummer_day"]),
    "all_saints": (lambda year: HOLIDAYS["all_saints"](year) - _DAY, HOLIDAYS["all_saints"]),
    "ascension": (HOLIDAYS["ascension"], lambda year: HOLIDAYS["ascension"](year) + 3 * _DAY),
}

# Names of exact stretches of days.
STRETCHES: Mapping[str, tuple[Callable[[int], date], Callable[[int], date]]] = {
    "between": (_fixed(12, 27), _fixed(12, 30)),
    "easter_week": (_from_easter(-6), _from_easter(-1)),
    "autumn_break": (
        lambda year: date.fromisocalendar(year, 44, 1),
        lambda year: date.fromisocalendar(year, 44, 7),
    ),
}


@lru_cache(maxsize=128)
def _days_off(year: int) -> frozenset[date]:
    # Midsummer's, Christmas and New Year's Eve are free by agreement, not by law.
    categories = (holidays.PUBLIC, holidays.DE_FACTO)
    return frozenset(holidays.country_holidays("SE", years=year, categories=categories))


def is_working_day(day: date) -> bool:
    """Whether a day is Monday to Friday and no holiday."""
    return day.weekday() < _WORK_WEEK and day not in _days_off(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the count-th working day after a day (before it, for a negative count)."""
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day
