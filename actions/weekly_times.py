"""When in a week somebody's digest comes: her day, or the nearest working day of that week."""

from datetime import date, datetime, time, timedelta

from actions.working_days import is_working_day
from storage.recurrence import place

_FRIDAY = 4


def monday_of(day: date) -> date:
    """Return the Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def key(person_id: int, monday: date) -> str:
    """Return the name of one person's digest of one ISO week; there is never a second one."""
    year, week, _weekday = monday.isocalendar()
    return f"digest:{person_id}:{year}-W{week:02d}"


def due_in_week(monday: date, weekday: int, at: time, zone: str) -> datetime:
    """Return the moment (UTC) of a digest in the week that begins on a Monday.

    On a red day it comes the next working day of the same week, or the one before where none is
    left; so it never strays into another week. A Saturday or Sunday that was chosen stays.
    """
    week = [monday + timedelta(days=n) for n in range(7)]
    wished = [*week[weekday:], *reversed(week[:weekday])]
    chosen = week[weekday]
    if weekday <= _FRIDAY:
        chosen = next((day for day in wished if is_working_day(day)), chosen)
    return place(datetime.combine(chosen, at), zone)
