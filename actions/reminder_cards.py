"""How a reminder is told: one's own with whom it is for, another's with whom it is from."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.moments import Moment, echo
from actions.reply import Button, Card, Fact
from actions.words import Listed, Text, _, ngettext, plain
from storage import Session
from storage.queries.reminding import receivers
from storage.tables import Person, ReminderReceiver, Schedule


async def own_card(schedule: Schedule, session: Session) -> Card:
    """Return the card of one's own reminder, with whom it is for."""
    cancel = Button(_("Remove"), "reminder.cancel", str(schedule.id))
    facts = [Fact(_("When"), echo(_next(schedule)))]
    if "to" in schedule.payload:
        facts.append(Fact(_("To"), _those(await receivers(session, schedule.id))))
    return Card(plain(schedule.payload["task"]), facts=tuple(facts), buttons=(cancel,))


def _those(people: list[tuple[Person, ReminderReceiver]]) -> Text:
    names = tuple(person.name for person, standing in people if standing.state != "refused")
    if len(names) <= 1:
        return plain(Listed(names))
    return ngettext("{n} person: {names}", "{n} people: {names}", len(names), names=Listed(names))


def received_card(schedule: Schedule, owner: Person) -> Card:
    """Return the card of a reminder that somebody else has set."""
    return Card(
        plain(schedule.payload["task"]),
        facts=(Fact(_("When"), echo(_next(schedule))), Fact(_("From"), plain(owner.name))),
        buttons=(Button(_("Don't remind me of this"), "reminder.refuse", str(schedule.id)),),
    )


def _next(schedule: Schedule) -> Moment:
    zone = ZoneInfo(schedule.zone)
    due = schedule.next_due_utc
    at = schedule.dtstart if due is None else _wall(due, zone)
    return Moment((at,), schedule.rrule)


def _wall(due: datetime, zone: ZoneInfo) -> datetime:
    return due.astimezone(zone).replace(tzinfo=None)
