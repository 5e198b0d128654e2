"""Where the clock panel's choices lead: only forward, and at most a year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_JUMP = timedelta(days=366)
_MORNING = time(8)


def destination(choice: str, at: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment (aware, UTC) that a choice means, or None when it cannot be gone to.

    choice: hour, tomorrow, monday, or at with a wall time of the zone in `at`. now: aware.
    """
    moment = _meant(choice, at, now.astimezone(zone))
    if moment is None:
        return None
    reached = moment.astimezone(UTC)
    return reached if now < reached <= now + LONGEST_JUMP else None


def _meant(choice: str, at: str, here: datetime) -> datetime | None:
    match choice:
        case "hour":
            # Counted in UTC: on a night when summer time begins or ends it is still one hour.
            return here.astimezone(UTC) + timedelta(hours=1)
        case "tomorrow":
            return _morning(here, 1)
        case "monday":
            this = _morning(here, -here.weekday() % 7)
            return this if this > here else _morning(here, 7)
        case "at":
            return _typed(at, here)
    return None


def _morning(here: datetime, days: int) -> datetime:
    return datetime.combine(here.date() + timedelta(days=days), _MORNING, here.tzinfo)


def _typed(at: str, here: datetime) -> datetime | None:
    try:
        typed = datetime.fromisoformat(at.strip())
    except ValueError:
        return None
    # A year of one digit cannot be told in UTC on every side of the globe.
    sane = abs(typed.year - here.year) <= 1
    return typed.replace(tzinfo=here.tzinfo) if typed.tzinfo is None and sane else None
