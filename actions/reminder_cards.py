"""How a reminder is told: one's own with whom it is for, another's with whom it is from."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from actions.moments import Moment, echo
from actions.reply import Button, Card, Fact, Reply
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


def coming_card(schedule: Schedule) -> Card:
    """Return the card of a reminder to oneself before it comes: done, later, or removed."""
    shown = as_shown(schedule)
    return Card(
        plain(schedule.payload["task"]),
        facts=(Fact(_("When"), echo(_next(schedule))),),
        buttons=(
            Button(_("Done"), "reminder.skip", shown, "primary"),
            Button(_("A day later"), "reminder.day", shown),
            Button(_("Another time"), "reminder.postpone", shown),
            Button(_("Remove"), "reminder.drop", str(schedule.id)),
        ),
    )


def as_shown(schedule: Schedule) -> str:
    """Return what a button carries of a reminder: its number and when it comes next."""
    due = schedule.next_due_utc
    return f"{schedule.id}:{due.astimezone(UTC):%Y%m%dT%H%M}" if due else str(schedule.id)


def to_do_card(schedule: Schedule, owner: Person) -> Card:
    """Return the card of what somebody else reminds of, with what can be done before it comes."""
    card = received_card(schedule, owner)
    if schedule.rrule is not None:
        return card
    done = Button(_("Done"), "reminder.skip", str(schedule.id), "primary")
    return replace(card, buttons=(done, *card.buttons))


def refused_card(schedule: Schedule, owner: Person) -> Card:
    """Return the card of a reminder that was refused, and can be taken back."""
    take = Button(_("Remind me after all"), "reminder.accept", str(schedule.id))
    return replace(received_card(schedule, owner), buttons=(take,))


def refused_reply(schedule: Schedule, owner: Person, *, updates: bool = False) -> Reply:
    """Return what is told once a reminder of somebody else's is refused."""
    text = _("I won't remind you of this again. I have told {name}.", name=owner.name)
    undo = Button(_("Undo"), "reminder.accept", str(schedule.id))
    return Reply(text, (undo,), updates=updates)


def _next(schedule: Schedule) -> Moment:
    zone = ZoneInfo(schedule.zone)
    due = schedule.next_due_utc
    at = schedule.dtstart if due is None else _wall(due, zone)
    return Moment((at,), schedule.rrule)


def _wall(due: datetime, zone: ZoneInfo) -> datetime:
    return due.astimezone(zone).replace(tzinfo=None)
