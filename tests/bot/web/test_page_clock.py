"""Where the clock panel leads, over both nights on which the hour changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.web.travel import destination

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = datetime(2026, 11, 24, 10, 30)


@pytest.mark.parametrize(
    ("choice", "at", "here", "there"),
    [
        ("hour", "", TUESDAY, datetime(2026, 11, 24, 11, 30)),
        ("tomorrow", "", TUESDAY, datetime(2026, 11, 25, 8, 0)),
        ("monday", "", TUESDAY, datetime(2026, 11, 30, 8, 0)),
        ("monday", "", datetime(2026, 11, 30, 7, 59), datetime(2026, 11, 30, 8, 0)),
        ("monday", "", datetime(2026, 11, 30, 8, 0), datetime(2026, 12, 7, 8, 0)),
        ("monday", "", datetime(2026, 11, 29, 23, 0), datetime(2026, 11, 30, 8, 0)),
        ("at", "2026-12-24T15:00", TUESDAY, datetime(2026, 12, 24, 15, 0)),
        ("at", " 2027-11-24T10:30 ", TUESDAY, datetime(2027, 11, 24, 10, 30)),
        # Summer time begins on 28 March 2027 and ends on 31 October.
        ("hour", "", datetime(2027, 3, 28, 1, 30), datetime(2027, 3, 28, 3, 30)),
        ("tomorrow", "", datetime(2027, 3, 27, 12, 0), datetime(2027, 3, 28, 8, 0)),
        ("tomorrow", "", datetime(2027, 10, 30, 12, 0), datetime(2027, 10, 31, 8, 0)),
    ],
)
def test_choices_lead_forward(choice: str, at: str, here: datetime, there: datetime) -> None:
    reached = destination(choice, at, here.replace(tzinfo=STOCKHOLM).astimezone(UTC), STOCKHOLM)
    assert reached is not None
    assert reached.astimezone(STOCKHOLM).replace(tzinfo=None) == there


@pytest.mark.parametrize(
    ("choice", "at"),
    [
        ("at", "2026-11-24T10:30"),
        ("at", "2026-11-24T10:29"),
        ("at", "2027-11-26T10:30"),
        ("at", "9999-12-31T23:59"),
        ("at", "0001-01-01T00:00"),
        ("at", "2026-12-01T10:00+02:00"),
        ("at", "2026-02-30T10:00"),
        ("at", ""),
        ("at", "imorgon"),
        ("back", ""),
        ("", ""),
    ],
)
def test_nothing_leads_back_or_out_of_sight(choice: str, at: str) -> None:
    now = TUESDAY.replace(tzinfo=STOCKHOLM).astimezone(UTC)
    assert destination(choice, at, now, STOCKHOLM) is None
