"""Show one's own reminders, the next due first."""

from datetime import datetime, timedelta

from actions.access import EVERYBODY, Actor
from actions.action import Action
from actions.digest_rows import Part
from actions.reminder_cards import (
    coming_card,
    own_card,
    received_card,
    refused_card,
    to_do_card,
)
from actions.reminder_list import show_reminders
from actions.reminder_receivers import set_for_now
from actions.reply import Button, Card, Element, Reply
from actions.request import Request
from actions.words import _, ngettext, plain
from storage import Session
from storage.queries.reminding import muted_by, refused_by
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
    refused = await _refused(request, session)
    if not every and not from_others:
        new = Button(_("Set a reminder"), "intent.set_reminder", style="primary")
        return Reply(_("You have no reminders."), (new, *refused))
    shown = every[:_MOST]
    await show_reminders(request, session, [s.id for s in shown])
    head = ngettext("You have 1 reminder.", "You have {n} reminders. The next:", len(every))
    cards = [await own_card(schedule, session) for schedule in shown]
    if not from_others:
        return Reply(head, (*cards, *refused))
    hers = ngettext(
        "Others have set 1 reminder for you:",
        "Others have set {n} reminders for you:",
        len(from_others),
    )
    received = (received_card(schedule, owner) for schedule, owner in from_others[:_MOST])
    if not every:
        return Reply(hers, (*received, *refused))
    return Reply(head, (*cards, hers, *received, *refused))


async def _refused(request: Request, session: Session) -> tuple[Element, ...]:
    """Return what she has refused of others, and whom she has muted; each can be taken back."""
    found: list[Element] = []
    refused = await refused_by(session, request.actor.id)
    if refused:
        found.append(_("You have said no to these:"))
        found += [refused_card(schedule, owner) for schedule, owner in refused[:_MOST]]
    muted = await muted_by(session, request.actor.id)
    if muted:
        found.append(_("You take no reminders from:"))
    for person in muted[:_MOST]:
        again = Button(_("Take them again"), "reminder.unmute", str(person.id))
        found.append(Card(plain(person.name), buttons=(again,)))
    return tuple(found)


@action.digest(40)
async def this_week(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the reminders of the coming week."""
    until = now + timedelta(days=7)
    every = await schedules_of(session, receiver.id, "reminder")
    own = [s for s in every if s.next_due_utc is not None and s.next_due_utc < until]
    cards = [
        await own_card(schedule, session) if "to" in schedule.payload else coming_card(schedule)
        for schedule in own
    ]
    for schedule, owner in await set_for_now(session, receiver.id, now):
        if schedule.next_due_utc is not None and schedule.next_due_utc < until:
            cards.append(to_do_card(schedule, owner))
    return Part(_("Reminders this week"), tuple(cards), len(cards))
