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
from actions.words import _, ngettext, plain
from storage import Session
from storage.queries.schedules import schedules_of
from storage.tables import Schedule

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
    if not every:
        new = Button(_("Set a reminder"), "intent.set_reminder", style="primary")
        return Reply(_("You have no reminders."), (new,))
    shown = every[:_MOST]
    await show_reminders(request, session, [s.id for s in shown])
    head = ngettext("You have 1 reminder.", "You have {n} reminders. The next:", len(every))
    return Reply(head, tuple(_card(schedule) for schedule in shown))


@action.digest(40)
async def this_week(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the reminders of the coming week."""
    until = now + timedelta(days=7)
    every = await schedules_of(session, receiver.id, "reminder")
    due = [s for s in every if s.next_due_utc is not None and s.next_due_utc < until]
    return Part(_("Reminders this week"), tuple(map(_card, due)), len(due))


def _card(schedule: Schedule) -> Card:
    cancel = Button(_("Remove"), "reminder.cancel", str(schedule.id))
    return Card(
        plain(schedule.payload["task"]),
        facts=(Fact(_("When"), echo(_next(schedule))),),
        buttons=(cancel,),
    )


def _next(schedule: Schedule) -> Moment:
    zone = ZoneInfo(schedule.zone)
    due = schedule.next_due_utc
    at = schedule.dtstart if due is None else _wall(due, zone)
    return Moment((at,), schedule.rrule)


def _wall(due: datetime, zone: ZoneInfo) -> datetime:
    return due.astimezone(zone).replace(tzinfo=None)
