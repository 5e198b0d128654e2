"""Wall times that the clock skips or shows twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.times import find, place

ZONES = ("Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
walls = st.datetimes(
    datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2040-12-31")
).map(lambda wall: wall.replace(second=0, microsecond=0))


def _wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_gap_goes_to_its_first_minute() -> None:
    first_minute = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    for skipped in ("2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59"):
        assert place(_wall(skipped), "Europe/Stockholm") == first_minute
    assert place(_wall("2027-03-28T03:00"), "Europe/Stockholm") == first_minute


def test_a_fold_fires_at_its_earlier_reading() -> None:
    earlier = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert place(_wall("2026-10-25T02:30"), "Europe/Stockholm") == earlier


@settings(deadline=None)
@given(wall=walls, tz=st.sampled_from(ZONES))
def test_what_exists_is_kept_and_what_does_not_is_never_early(wall: datetime, tz: str) -> None:
    shown = place(wall, tz).astimezone(ZoneInfo(tz)).replace(tzinfo=None)
    assert timedelta(0) <= shown - wall <= timedelta(hours=1)


@settings(deadline=None)
@given(wall=walls, tz=st.sampled_from(ZONES))
def test_later_wall_times_are_never_placed_earlier(wall: datetime, tz: str) -> None:
    day = timedelta(hours=24)
    assert place(wall, tz) < place(wall + day, tz)


def test_an_unknown_zone_is_taken_as_that_of_sweden() -> None:
    ref = _wall("2026-11-24T10:30:00+01:00")
    assert find("imorgon kl 9", ref, tz="Mars/Olympus") == find("imorgon kl 9", ref)


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("2026-10-24T20:00:00+02:00", "2026-10-25T07:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T13:30"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T14:30"),
        ("2026-03-28T20:00:00+01:00", "2026-03-29T09:00"),
    ],
)
def test_hours_are_elapsed_time(ref: str, expected: str) -> None:
    assert find("om 12 timmar", _wall(ref)).to_json()["value"] == expected


def test_days_are_calendar_time() -> None:
    found = find("om en dag kl 20", _wall("2026-03-28T20:00:00+01:00"))
    assert found.to_json()["value"] == "2026-03-29T20:00"


def test_the_answer_is_wall_time_of_the_users_zone() -> None:
    ref = _wall("2026-11-24T10:30:00+01:00")
    assert find("in 2 hours", ref, tz="America/New_York").to_json()["value"] == "2026-11-24T06:30"


def test_the_skipped_reading_of_a_guessed_hour_is_not_offered() -> None:
    found = find("28 mars 2027 kl 2:30", _wall("2026-11-24T10:30:00+01:00"))
    assert found.to_json()["value"] == "2027-03-28T14:30"
    assert found.alt == ()


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("2026-11-24T00:30:00+01:00", "2026-11-24T02:00"),
        ("2026-11-24T03:00:00+01:00", "2026-11-25T02:00"),
        ("2026-11-24T22:00:00+01:00", "2026-11-25T02:00"),
    ],
)
def test_tonight_is_the_night_that_is_or_comes(ref: str, expected: str) -> None:
    assert find("kl 2 i natt", _wall(ref)).to_json()["value"] == expected
