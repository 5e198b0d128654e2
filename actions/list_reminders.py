"""Show one's own reminders, the next due first."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import EVERYBODY, Actor
from actions.action import Action
from actions.digest_rows import Part
from actions.moments import Moment, echo
from actions.reminder_list import show_reminders
from actions.reply import Button, Card, Fact, Reply
from actions.request import Request
from actions.words import Listed, Text, _, ngettext, plain
from storage import Session
from storage.queries.reminding import receivers, set_for
from storage.queries.schedules import schedules_of
from storage.tables import Person, ReminderReceiver, Schedule

action = Action(
    "list_reminders",
    for_=EVERYBODY,
    title=_("My reminders"),
    example=_("Show my reminders"),
)

_MOST = 10


@action.asked
async def show(request: Request, session: Session) -> Reply:
    """Answer with at most ten, each with its button."""
    every = await schedules_of(session, request.actor.id, "reminder")
    from_others = await set_for(session, request.actor.id)
    if not every and not from_others:
        new = Button(_("Set a reminder"), "intent.set_reminder", style="primary")
        return Reply(_("You have no reminders."), (new,))
    shown = every[:_MOST]
    await show_reminders(request, session, [s.id for s in shown])
    head = ngettext("You have 1 reminder.", "You have {n} reminders. The next:", len(every))
    cards = [await _card(schedule, session) for schedule in shown]
    if not from_others:
        return Reply(head, tuple(cards))
    hers = ngettext("Others have set 1 for you:", "Others have set {n} for you:", len(from_others))
    received = (_received(schedule, owner) for schedule, owner in from_others[:_MOST])
    return Reply(head, (*cards, hers, *received)) if every else Reply(hers, tuple(received))


@action.digest(40)
async def this_week(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the reminders of the coming week."""
    until = now + timedelta(days=7)
    every = await schedules_of(session, receiver.id, "reminder")
    due = [s for s in every if s.next_due_utc is not None and s.next_due_utc < until]
    cards = [await _card(schedule, session) for schedule in due]
    return Part(_("Reminders this week"), tuple(cards), len(due))


async def _card(schedule: Schedule, session: Session) -> Card:
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


def _received(schedule: Schedule, owner: Person) -> Card:
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
