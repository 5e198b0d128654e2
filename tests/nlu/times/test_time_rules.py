"""Rules expanded against a count of days that knows nothing of RFC 5545."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.times import expand, find, place
from nlu.times.rules import DAYS

FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
days = st.dates(FIRST, LAST)
weekdays = st.sets(st.integers(0, 6), min_size=1)


def _written(chosen: set[int]) -> str:
    return ",".join(DAYS[day] for day in sorted(chosen))


def _every_day(start: date) -> list[date]:
    return [start + timedelta(n) for n in range((LAST - start).days + 1)]


@settings(deadline=None)
@given(start=days, chosen=weekdays, interval=st.integers(1, 5))
def test_weeks_are_counted_from_the_first(start: date, chosen: set[int], interval: int) -> None:
    first = next(day for day in _every_day(start - timedelta(8)) if day.weekday() in chosen)
    monday = first - timedelta(first.weekday())
    naive = [
        day
        for day in _every_day(first)
        if day.weekday() in chosen and (day - monday).days // 7 % interval == 0
    ]
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={_written(chosen)}"
    assert expand(rule, first, until=LAST) == tuple(naive)


@pytest.mark.parametrize("parity", [0, 1])
@pytest.mark.parametrize("weekday", range(7))
def test_even_and_odd_weeks_survive_week_53(parity: int, weekday: int) -> None:
    weeks = ",".join(str(week) for week in range(1, 54) if week % 2 == parity)
    naive = [
        day
        for day in _every_day(FIRST)
        if day.weekday() == weekday and day.isocalendar().week % 2 == parity
    ]
    rule = f"FREQ=YEARLY;BYWEEKNO={weeks};BYDAY={DAYS[weekday]}"
    assert expand(rule, naive[0], until=LAST) == tuple(naive)


@settings(deadline=None)
@given(start=days, weekday=st.integers(0, 6), nth=st.sampled_from([1, 2, 3, 4, -1]))
def test_places_in_the_month(start: date, weekday: int, nth: int) -> None:
    months: dict[tuple[int, int], list[date]] = {}
    for day in _every_day(start.replace(day=1)):
        if day.weekday() == weekday:
            months.setdefault((day.year, day.month), []).append(day)
    complete = [found for found in months.values() if len(found) >= 4]
    naive = [found[nth - 1 if nth > 0 else nth] for found in complete]
    assert expand(f"FREQ=MONTHLY;BYDAY={nth}{DAYS[weekday]}", naive[0], until=LAST) == tuple(naive)


@settings(deadline=None)
@given(year=st.integers(2020, 2038), number=st.integers(29, 31))
def test_the_last_days_of_the_month_skip_no_month(year: int, number: int) -> None:
    ref = datetime(year, 1, 1, 9, tzinfo=UTC)
    found = find(f"den {number}:e varje månad kl 9", ref, lang="sv")
    assert found.rrule is not None
    assert found.first is not None
    occurrences = expand(found.rrule, found.first, count=24)
    months = {(each.year, each.month) for each in occurrences}
    assert len(months) == 24
    assert all(each.day == number or each.day >= 28 for each in occurrences)
    following = [each + timedelta(1) for each in occurrences if each.day < number]
    assert all(each.day == 1 for each in following)


@settings(deadline=None)
@given(
    start=days,
    at=st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_daily_wall_time_survives_the_clock_changes(start: date, at: time) -> None:
    occurrences = expand("FREQ=DAILY", datetime.combine(start, at), count=370)
    assert [each.time() for each in occurrences if isinstance(each, datetime)] == [at] * 370
    placed = [place(each, "Europe/Stockholm") for each in occurrences if isinstance(each, datetime)]
    assert all(before < after for before, after in pairwise(placed))
    shown = [each.astimezone(STOCKHOLM).replace(tzinfo=None) for each in placed]
    skipped = [wall for wall, seen in zip(occurrences, shown, strict=True) if wall != seen]
    assert len(skipped) <= 2


@settings(deadline=None)
@given(
    ref=st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2039-12-31")),
    chosen=weekdays,
)
def test_first_is_the_nearest_after_the_moment_of_asking(ref: datetime, chosen: set[int]) -> None:
    names = "måndagar tisdagar onsdagar torsdagar fredagar lördagar söndagar".split()
    text = " och ".join(names[day] for day in sorted(chosen)) + " kl 9"
    found = find(text, ref.replace(tzinfo=STOCKHOLM), lang="sv")
    wall = ref.replace(tzinfo=STOCKHOLM).astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None)
    candidates = (
        datetime.combine(wall.date() + timedelta(n), time(9))
        for n in range(9)
        if (wall.date() + timedelta(n)).weekday() in chosen
    )
    assert found.first == next(each for each in candidates if each > wall)
    assert found.next[0] == found.first
    assert len(found.next) == 6


def test_until_in_utc_is_read_in_the_zone() -> None:
    first = datetime(2026, 11, 27, 23, 30)
    until = "FREQ=WEEKLY;BYDAY=FR;UNTIL=20261218T225959Z"
    assert len(expand(until, first)) == 4
    assert len(expand(until, first, tz="UTC")) == 3


def test_a_rule_ends_by_its_count_also_by_weeks() -> None:
    rule = "FREQ=YEARLY;BYWEEKNO=50,52;BYDAY=MO;COUNT=3"
    first = date(2026, 12, 7)
    assert expand(rule, first) == (first, date(2026, 12, 21), date(2027, 12, 13))


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "", "FREQ=OFTEN;COUNT=2", "COUNT"])
def test_endless_and_malformed_rules_are_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        expand(rule, date(2026, 1, 1))


def test_varannan_names_both_weeks_to_choose_from() -> None:
    found = find("varannan måndag kl 9", datetime(2026, 3, 2, 8, 15, tzinfo=UTC), lang="sv")
    assert found.kind == "recurring"
    assert [each.isoformat() for each in found.candidates] == [
        "2026-03-09T09:00:00",
        "2026-03-16T09:00:00",
    ]
    told = find("varannan måndag kl 9 från 16 mars", datetime(2026, 3, 2, 8, 15, tzinfo=UTC))
    assert told.candidates == ()
    assert [each.day for each in islice(told.next, 2)] == [16, 30]
