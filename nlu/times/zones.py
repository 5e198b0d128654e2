"""Wall time and the clocks that jump: naive local time to UTC and back."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def zone(tz: str) -> ZoneInfo:
    """Return the zone of an IANA name; Europe/Stockholm for a name that does not exist."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("Europe/Stockholm")


def local(moment: datetime, tz: str) -> datetime:
    """Return an aware moment as naive wall time of the zone."""
    return moment.astimezone(zone(tz)).replace(tzinfo=None, fold=0)


def elapsed(wall: datetime, minutes: int, tz: str, *, fold: int = 0) -> datetime:
    """Return the wall time that many real minutes after a wall time (fold: which reading)."""
    start = wall.replace(tzinfo=zone(tz), fold=fold).astimezone(UTC)
    return local(start + timedelta(minutes=minutes), tz)


def after_gap(wall: datetime, tz: str) -> datetime | None:
    """Return None where the wall time exists, else it shifted by the length of the gap."""
    there_and_back = local(wall.replace(tzinfo=zone(tz), fold=0).astimezone(UTC), tz)
    return None if there_and_back == wall else there_and_back


def place(naive: datetime, tz: str) -> datetime:
    """Return the aware UTC moment of a wall time, as a promise is kept.

    A time that the clock skips becomes the first minute after the gap; a time that comes twice
    is its earlier reading, so that nothing fires twice.
    """
    placed = naive.replace(tzinfo=zone(tz), fold=0).astimezone(UTC)
    if after_gap(naive, tz) is None:
        return placed
    before = naive.replace(tzinfo=zone(tz), fold=1).astimezone(UTC)
    return _jump(before, placed, zone(tz))


def _jump(low: datetime, high: datetime, where: ZoneInfo) -> datetime:
    """Return the first whole minute in (low, high] that has the offset of high."""
    offset = high.astimezone(where).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        if middle.astimezone(where).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high
