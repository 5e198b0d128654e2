"""Remove one of one's own reminders, or one that another has set; it can be taken back."""

from actions.access import EVERYBODY
from actions.action import Action
from actions.reminder_cards import refused_reply
from actions.reminder_list import show_reminders
from actions.reminder_receivers import refuse_for
from actions.reply import Button, Reply
from actions.request import Request, row_id
from actions.words import _
from storage import Session
from storage.queries.people import person_by_id
from storage.queries.schedules import promise_again, schedule_of
from storage.tables import Schedule

action = Action(
    "cancel_reminder",
    for_=EVERYBODY,
    title=_("Remove a reminder"),
    example=_("Remove the reminder about Volvo"),
)

MOST = 10
GONE = _("That reminder is gone already.")


@action.pressed("reminder.cancel")
async def cancel_one(request: Request, session: Session) -> Reply:
    """Remove the reminder of a button."""
    schedule = await own(request, session)
    if schedule is None:
        anothers = await schedule_of(session, row_id(request.value))
        if anothers is not None and anothers.kind == "reminder":
            return await refused(anothers, request, session)
    if schedule is None or schedule.state != "active":
        return Reply(GONE)
    return await removed(schedule, request, session, [])


@action.pressed("reminder.restore")
async def restore(request: Request, session: Session) -> Reply:
    """Take back a removal."""
    schedule = await own(request, session)
    if schedule is None or not promise_again(schedule, request.now):
        return Reply(_("That time has passed. Set a new reminder instead."))
    return Reply(_("It is back: {task}", task=schedule.payload["task"]), updates=True)


async def refused(schedule: Schedule, request: Request, session: Session) -> Reply:
    """Refuse a reminder that another has set, as nobody may remove it for others."""
    if not await refuse_for(session, schedule, request.actor.id, request.now):
        return Reply(GONE)
    owner = await person_by_id(session, schedule.owner_id)
    return refused_reply(schedule, owner)


async def removed(schedule: Schedule, request: Request, session: Session, kept: list[int]) -> Reply:
    """Remove a reminder, and keep the list that it stood in."""
    schedule.state, schedule.next_due_utc = "cancelled", None
    await show_reminders(request, session, kept or [schedule.id], schedule.id)
    undo = Button(_("Undo"), "reminder.restore", str(schedule.id))
    return Reply(_("Removed: {task}", task=schedule.payload["task"]), (undo,))


async def own(request: Request, session: Session) -> Schedule | None:
    """Return the asker's own reminder that a button names."""
    schedule = await schedule_of(session, row_id(request.value))
    if schedule is None or schedule.owner_id != request.actor.id or schedule.kind != "reminder":
        return None
    return schedule
