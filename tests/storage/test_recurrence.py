"""Wall time placed in its zone, over both DST nights and week 53, 2020-2040."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.recurrence import next_due, place

STOCKHOLM = "Europe/Stockholm"
ZONE = ZoneInfo(STOCKHOLM)


def test_monday_nine_is_nine_for_twenty_years() -> None:
    due = next_due(datetime(2020, 1, 6, 9), "FREQ=WEEKLY;BYDAY=MO", STOCKHOLM, None)
    seen = 0
    while due is not None and due.year < 2041:
        local = due.astimezone(ZONE)
        assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
        following = next_due(datetime(2020, 1, 6, 9), "FREQ=WEEKLY;BYDAY=MO", STOCKHOLM, due)
        assert following is not None
        days = following.astimezone(ZONE).date() - local.date()
        assert days == timedelta(days=7)
        due, seen = following, seen + 1
    assert seen == 1096  # the Mondays from 2020-01-06 to 2040-12-31


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_gap_goes_to_the_first_valid_minute(year: int) -> None:
    last_sunday = max(d for d in range(25, 32) if datetime(year, 3, d).weekday() == 6)
    moment = place(datetime(year, 3, last_sunday, 2, 30), STOCKHOLM)
    assert moment.astimezone(ZONE).replace(tzinfo=None) == datetime(year, 3, last_sunday, 3)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_fold_fires_once(year: int) -> None:
    last_sunday = max(d for d in range(25, 32) if datetime(year, 10, d).weekday() == 6)
    start = datetime(year, 10, last_sunday - 1, 2, 30)
    first = next_due(start, "FREQ=DAILY", STOCKHOLM, None)
    assert first is not None
    second = next_due(start, "FREQ=DAILY", STOCKHOLM, first)
    assert second is not None
    third = next_due(start, "FREQ=DAILY", STOCKHOLM, second)
    assert third is not None
    assert [m.astimezone(ZONE).day for m in (first, second, third)][:2] == [
        last_sunday - 1,
        last_sunday,
    ]
    assert third - second > timedelta(hours=24)


def test_a_single_time_is_due_once() -> None:
    at = datetime(2026, 11, 27, 9)
    due = next_due(at, None, STOCKHOLM, None)
    assert due == datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert next_due(at, None, STOCKHOLM, due) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31)))
def test_placing_never_goes_backward(wall: datetime) -> None:
    assert place(wall, STOCKHOLM) <= place(wall + timedelta(hours=1), STOCKHOLM)
