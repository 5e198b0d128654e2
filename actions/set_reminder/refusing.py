"""What others set for somebody: refused and taken back, muted and heard again; they are told."""

from actions.reminder_cards import received_card, refused_reply
from actions.reminder_receivers import refuse_for, tell_creator, tell_sender
from actions.reply import Button, Reply
from actions.request import Request, row_id
from actions.set_reminder.acting import GONE, hers
from actions.set_reminder.setting import action
from actions.words import _
from storage import Session
from storage.queries.people import person_by_id
from storage.queries.reminding import mute, receiver, unmute
from storage.tables import Person


@action.pressed("reminder.refuse")
async def refuse(request: Request, session: Session) -> Reply:
    """Take no more of this one; its creator is told, and it can be taken back."""
    schedule = await hers(request.value, request, session)
    if schedule is None or not await refuse_for(session, schedule, request.actor.id, request.now):
        return Reply(GONE, updates=True)
    owner = await person_by_id(session, schedule.owner_id)
    return refused_reply(schedule, owner, updates=True)


@action.pressed("reminder.accept")
async def accept(request: Request, session: Session) -> Reply:
    """Take back a refusal: it comes again from now on, and its creator is told."""
    schedule = await hers(request.value, request, session)
    standing = None
    if schedule is not None and schedule.state != "cancelled":
        standing = await receiver(session, schedule.id, request.actor.id)
    if schedule is None or standing is None:
        return Reply(GONE, updates=True)
    owner = await person_by_id(session, schedule.owner_id)
    if standing.state == "refused":
        standing.state = "on"
        await tell_creator(session, schedule, request.actor.id, "accepted", request.now)
    if schedule.state == "active":
        text = _("I will remind you of this after all, and I have told {name}.", name=owner.name)
        return Reply(text, (received_card(schedule, owner),), updates=True)
    text = _("Taken back, and I have told {name}: {task}", name=owner.name,
             task=schedule.payload["task"])  # fmt: skip
    value = str(schedule.id)
    return Reply(
        text,
        (
            Button(_("Done"), "reminder.done", value, "primary"),
            Button(_("Another time"), "reminder.later", value),
        ),
        updates=True,
    )


@action.pressed("reminder.mute")
async def take_no_more(request: Request, session: Session) -> Reply:
    """Take no reminders from its creator any more; she is told, and it can be taken back."""
    schedule = await hers(request.value, request, session)
    if schedule is None or schedule.owner_id == request.actor.id:
        return Reply(GONE, updates=True)
    if await mute(session, request.actor.id, schedule.owner_id, request.now):
        await tell_sender(session, schedule.owner_id, request.actor.id, "muted", request.now)
    owner = await person_by_id(session, schedule.owner_id)
    return Reply(
        _("You get no more reminders from {name}, and I have said so.", name=owner.name),
        (Button(_("Undo"), "reminder.unmute", str(owner.id)),),
        updates=True,
    )


@action.pressed("reminder.unmute")
async def take_again(request: Request, session: Session) -> Reply:
    """Take reminders from somebody again, who is told."""
    owner = await session.get(Person, row_id(request.value))
    if owner is None or not await unmute(session, request.actor.id, owner.id):
        return Reply(_("You take those reminders already."), updates=True)
    await tell_sender(session, owner.id, request.actor.id, "unmuted", request.now)
    return Reply(
        _("You get reminders from {name} again, and I have said so.", name=owner.name),
        updates=True,
    )
