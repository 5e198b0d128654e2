"""The small chart of a digest: the contact requests of the last four weeks."""

from datetime import date, datetime, time, timedelta

from actions.access import Actor
from actions.reply import Chart
from actions.words import _
from storage import Session
from storage.queries.digests import requests_by_week
from storage.recurrence import place

_WEEKS = 4


async def chart(receiver: Actor, day: date, session: Session) -> Chart | None:
    """Return how many requests came each week; nothing where none came at all."""
    this = day - timedelta(days=day.weekday())
    mondays = [this - timedelta(weeks=back) for back in reversed(range(_WEEKS))]
    moments = [place(datetime.combine(monday, time()), receiver.zone) for monday in mondays]
    counted = await requests_by_week(session, receiver.viewer, moments)
    if not any(counted):
        return None
    series = tuple(
        (_("week {week}", week=monday.isocalendar().week), float(n))
        for monday, n in zip(mondays, counted, strict=True)
    )
    return Chart(_("New contact requests"), series)
