"""Show one's own reminders, the next due first."""

from datetime import datetime, timedelta

from actions.access import EVERYBODY, Actor
from actions.action import Action
from actions.digest_rows import Part
from actions.reminder_cards import own_card, received_card
from actions.reminder_list import show_reminders
from actions.reminder_receivers import set_for_now
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import _, ngettext
from storage import Session
from storage.queries.schedules import schedules_of

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
    from_others = await set_for_now(session, request.actor.id, request.now)
    if not every and not from_others:
        new = Button(_("Set a reminder"), "intent.set_reminder", style="primary")
        return Reply(_("You have no reminders."), (new,))
    shown = every[:_MOST]
    await show_reminders(request, session, [s.id for s in shown])
    head = ngettext("You have 1 reminder.", "You have {n} reminders. The next:", len(every))
    cards = [await own_card(schedule, session) for schedule in shown]
    if not from_others:
        return Reply(head, tuple(cards))
    hers = ngettext(
        "Others have set 1 reminder for you:",
        "Others have set {n} reminders for you:",
        len(from_others),
    )
    received = (received_card(schedule, owner) for schedule, owner in from_others[:_MOST])
    return Reply(head, (*cards, hers, *received)) if every else Reply(hers, tuple(received))


@action.digest(40)
async def this_week(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the reminders of the coming week."""
    until = now + timedelta(days=7)
    every = await schedules_of(session, receiver.id, "reminder")
    due = [s for s in every if s.next_due_utc is not None and s.next_due_utc < until]
    cards = [await own_card(schedule, session) for schedule in due]
    return Part(_("Reminders this week"), tuple(cards), len(due))
