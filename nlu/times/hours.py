"""Which half of the day a time is in, and the wall times that come of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from nlu.times.context import Context
from nlu.times.pieces import Clock, Hours
from nlu.times.zones import after_gap

_HALF = 12 * 60
_DAY = 24 * 60
_LAST_GUESS = 6  # a bare hour from 1 to 6 is in the afternoon
_SMALL_HOURS = 6
_LATE = {"afternoon", "evening"}
# When a part of the day is over, in hours from the midnight at which its day begins.
# From when on a part of the day, said without its day, is that of tomorrow.
PART_LATE = {"morning": 9, "forenoon": 11, "afternoon": 16, "evening": 21, "night": 24}
PART_ENDS = {"morning": 12, "forenoon": 12, "afternoon": 18, "evening": 24, "night": 30}


@dataclass(frozen=True, slots=True)
class Face:
    """Minutes from midnight (1,440 and more: the day after), and the other half of the day."""

    minutes: int
    twin: int | None = None

    def on(self, day: date) -> datetime:
        """Return the wall time on a day."""
        return datetime.combine(day, time()) + timedelta(minutes=self.minutes)

    def twin_on(self, day: date) -> datetime | None:
        """Return the other reading on a day."""
        if self.twin is None:
            return None
        return datetime.combine(day, time()) + timedelta(minutes=self.twin)


def face(clock: Clock, part: str | None) -> Face:
    """Return the time of day that is meant, guessing as people at work do."""
    minutes = clock.hour * 60 + clock.minute
    if part == "night":
        return _at_night(clock, minutes)
    if clock.form == "exact":
        return Face(minutes)
    if part in _LATE:
        noon = clock.hour == 12 and part == "afternoon"  # noqa: PLR2004
        return Face(minutes if noon else minutes + _HALF)
    if part:
        return Face(minutes)
    if clock.hour <= _LAST_GUESS:
        return Face(minutes + _HALF, minutes)
    return Face(minutes, (minutes + _HALF) % _DAY if clock.form == "words" else None)


def _at_night(clock: Clock, minutes: int) -> Face:
    if clock.hour < _SMALL_HOURS:
        return Face(minutes + _DAY)
    if clock.form == "exact":
        return Face(minutes)
    return Face(minutes + _HALF)


def faces(hours: Hours, part: str | None) -> tuple[Face, Face]:
    """Return the two ends; the second comes after the first, the next day if it must."""
    start, end = face(hours.start, part), face(hours.end, part)
    if hours.start.form == "digits" and hours.end.form == "exact" and start.twin is not None:
        start = _before(start, end)
    finish = end.minutes
    if finish <= start.minutes and hours.end.form != "exact" and finish + _HALF > start.minutes:
        finish += _HALF
    if finish <= start.minutes:
        finish += _DAY
    return start, Face(finish)


def _before(start: Face, end: Face) -> Face:
    """Take the early reading of a guessed start where the late one comes after the end."""
    early = start.twin if start.twin is not None else start.minutes
    return Face(early) if start.minutes >= end.minutes > early else start


def small_hours_today(clock: Clock, ctx: Context) -> bool:
    """Whether a night hour is still to come in the night that is now ending."""
    return ctx.ref.hour < _SMALL_HOURS and (clock.hour, clock.minute) > (
        ctx.ref.hour,
        ctx.ref.minute,
    )


def next_after(ref: datetime, minutes: int) -> datetime:
    """Return the next wall time at so many minutes from midnight, strictly after a moment."""
    midnight = datetime.combine(ref.date(), time())
    found = midnight + timedelta(minutes=minutes % _DAY)
    return found if found > ref else found + timedelta(days=1)


def gap(values: list[datetime], ctx: Context) -> tuple[str, datetime] | None:
    """Return why one of the wall times does not exist, and the time that the clocks show then."""
    for wall in values:
        if shifted := after_gap(wall, ctx.tz):
            return f"DST gap: {wall:%H:%M} does not exist on {wall:%Y-%m-%d}", shifted
    return None
