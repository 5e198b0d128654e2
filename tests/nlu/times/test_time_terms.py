"""Terms and study periods: from the university's own calendar, or asked."""

from datetime import UTC, date, datetime

import pytest

from nlu.times import TermCalendar, find
from nlu.times.feasts import FEASTS, HOLIDAYS, add_working_days, is_working_day

REF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
OWN = TermCalendar.from_json(
    {
        "terms": {"HT26": ["2026-09-07", "2027-01-10"], "VT27": ["2027-01-11", "2027-06-04"]},
        "lasperiod": {"HT26 LP1": ["2026-09-07", "2026-11-01"]},
    }
)


def test_each_university_has_its_own() -> None:
    found = find("under VT27", REF, calendar=OWN)
    assert (found.start, found.end) == (date(2027, 1, 11), date(2027, 6, 4))


@pytest.mark.parametrize("text", ["HT28", "nästa läsår", "läsperiod 2", "förra terminen"])
def test_what_the_calendar_lacks_is_asked(text: str) -> None:
    found = find(text, REF, calendar=OWN)
    assert found.kind == "ambiguous"
    assert found.candidates == ()
    assert found.reason


def test_an_empty_calendar_asks_always() -> None:
    for text in (
        "vårterminen",
        "nästa termin",
        "terminsslut",
        "lp2",
        "läsvecka 3",
        "läsåret 26/27",
    ):
        assert find(text, REF, calendar=TermCalendar()).kind in ("ambiguous", "none")


@pytest.mark.parametrize(
    "data",
    [
        {"terms": {"HT26": ["2027-01-10", "2026-09-07"]}},
        {"terms": {"HT26": ["september", "2026-09-07"]}},
    ],
)
def test_a_calendar_with_nonsense_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"before it begins|isoformat"):
        TermCalendar.from_json(data)


def test_a_calendar_without_terms_is_refused() -> None:
    with pytest.raises(KeyError):
        TermCalendar.from_json({})


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("midsummer_eve", date(2027, 6, 25)),
        ("midsummer_day", date(2020, 6, 20)),
        ("ascension", date(2026, 5, 14)),
        ("shrove_tuesday", date(2027, 2, 9)),
        ("advent1", date(2026, 11, 29)),
        ("advent4", date(2026, 12, 20)),
        ("all_saints", date(2026, 10, 31)),
        ("mothers_day", date(2026, 5, 31)),
        ("fathers_day", date(2026, 11, 8)),
        ("whitsun", date(2026, 5, 24)),
    ],
)
def test_days_of_holidays(name: str, day: date) -> None:
    assert HOLIDAYS[name](day.year) == day


def test_feasts_begin_before_they_end() -> None:
    for first, last in FEASTS.values():
        assert all(first(year) < last(year) for year in range(2020, 2041))


def test_working_days_know_the_law_and_the_eves() -> None:
    assert not is_working_day(date(2027, 6, 25))
    assert not is_working_day(date(2026, 12, 24))
    assert is_working_day(date(2026, 12, 23))
    assert is_working_day(date(2026, 12, 14))
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_working_days(date(2026, 12, 28), -1) == date(2026, 12, 23)


def test_a_holiday_that_moves_by_easter_has_no_rule() -> None:
    assert find("varje påskafton", REF).kind == "ambiguous"
