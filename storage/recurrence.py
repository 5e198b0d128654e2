"""Expand a rule in wall time and place it in its zone; the zone decides only at the end."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr


def place(wall: datetime, zone: str) -> datetime:
    """Return the UTC moment of a naive wall time.

    A time inside the spring gap goes to the first valid minute; one in the autumn fold is its
    first occurrence.
    """
    tz = ZoneInfo(zone)
    moment = wall.replace(tzinfo=tz, fold=0).astimezone(UTC)
    back = moment.astimezone(tz).replace(tzinfo=None)
    if back == wall:
        return moment
    # In the gap: step back to before it, then to the minute where the clocks had jumped.
    before = wall.replace(tzinfo=tz, fold=1).utcoffset() or timedelta()
    after = wall.replace(tzinfo=tz, fold=0).utcoffset() or timedelta()
    jump = abs(after - before)
    start = wall - timedelta(minutes=wall.minute % 60, seconds=wall.second)
    first_valid = start + jump
    return first_valid.replace(tzinfo=tz).astimezone(UTC)


def next_due(
    dtstart: datetime, rrule: str | None, zone: str, after: datetime | None
) -> datetime | None:
    """Return the first due moment (UTC) later than `after`, or None when the rule has ended.

    dtstart: naive wall time of the first occurrence. after: aware, or None for the first.
    """
    if rrule is None:
        first = place(dtstart, zone)
        return first if after is None or first > after else None
    rule = rrulestr(rrule, dtstart=dtstart)
    wall = None if after is None else after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    # A day's slack: a gap or a fold can put a later wall time before `after`.
    found = (
        rule.after(wall - timedelta(days=1), inc=True) if wall else rule.after(dtstart, inc=True)
    )
    while found is not None and after is not None and place(found, zone) <= after:
        found = rule.after(found)
    return None if found is None else place(found, zone)
