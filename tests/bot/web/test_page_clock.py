"""Where the clock panel leads, over both nights on which the hour changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.web.travel import destination

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = "2026-11-24T10:30"


def _utc(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("choice", "at", "here", "there"),
    [
        ("hour", "", TUESDAY, "2026-11-24T11:30"),
        ("tomorrow", "", TUESDAY, "2026-11-25T08:00"),
        ("monday", "", TUESDAY, "2026-11-30T08:00"),
        ("monday", "", "2026-11-30T07:59", "2026-11-30T08:00"),
        ("monday", "", "2026-11-30T08:00", "2026-12-07T08:00"),
        ("monday", "", "2026-11-29T23:00", "2026-11-30T08:00"),
        ("at", "2026-12-24T15:00", TUESDAY, "2026-12-24T15:00"),
        ("at", " 2027-11-24T10:30 ", TUESDAY, "2027-11-24T10:30"),
        # Summer time begins on 28 March 2027 and ends on 31 October.
        ("hour", "", "2027-03-28T01:30", "2027-03-28T03:30"),
        ("tomorrow", "", "2027-03-27T12:00", "2027-03-28T08:00"),
        ("tomorrow", "", "2027-10-30T12:00", "2027-10-31T08:00"),
    ],
)
def test_choices_lead_forward(choice: str, at: str, here: str, there: str) -> None:
    reached = destination(choice, at, _utc(here), STOCKHOLM)
    assert reached is not None
    assert reached == _utc(there)


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
    assert destination(choice, at, _utc(TUESDAY), STOCKHOLM) is None
