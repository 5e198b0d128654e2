"""The small chart of a digest: what the last four weeks have held."""

from datetime import date, datetime, time, timedelta

from actions.access import Actor
from actions.reply import Chart
from actions.words import _
from storage import Session
from storage.queries.digests import lately
from storage.recurrence import place

_WEEKS = timedelta(weeks=4)


async def chart(receiver: Actor, day: date, session: Session) -> Chart | None:
    """Return the numbers of four weeks up to a day; nothing where all of them are none."""
    first = day - _WEEKS
    since = place(datetime.combine(first, time()), receiver.zone)
    told = await lately(session, receiver.viewer, receiver.id, since, (first, day))
    series = (
        (_("new contact requests"), float(told.requests)),
        (_("contact requests answered"), float(told.decided)),
        (_("guest lectures held"), float(told.lectures)),
        (_("reminders that came to you"), float(told.reminders)),
    )
    if not any(n for _name, n in series):
        return None
    return Chart(_("The last four weeks"), series)
