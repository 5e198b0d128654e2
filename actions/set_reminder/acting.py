"""What is pressed on a reminder that came: done, later, not this one, no more from her."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.drafting import Unread
from actions.moments import read_moment
from actions.reminder_receivers import refuse_for, tell_creator
from actions.reply import Button, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.set_reminder.setting import action
from actions.words import _, lines
from storage import Session
from storage.queries.people import person_by_id
from storage.queries.reminding import mute, receiver, unmute
from storage.queries.schedules import promise, schedule_of
from storage.tables import Schedule

_MORNING = time(8)
_GONE = _("That reminder is gone already.")


@action.pressed("reminder.undo")
async def undo(request: Request, session: Session) -> Reply:
    """Take back reminders that were set just now."""
    found, others = 0, False
    for number in request.value.split(","):
        schedule = await _hers(number, request, session)
        if schedule is None or schedule.owner_id != request.actor.id:
            continue
        if schedule.state == "active":
            schedule.state, schedule.next_due_utc = "cancelled", None
            found, others = found + 1, others or "to" in schedule.payload
    if not found:
        return Reply(_GONE, updates=True)
    if others:
        return Reply(_("Undone. I will remind nobody."), updates=True)
    return Reply(_("Undone. I will not remind you."), updates=True)


@action.pressed("reminder.done")
async def done(request: Request, session: Session) -> Reply:
    """Note that what was reminded of is done; a rule goes on, and it says so."""
    schedule = await _hers(request.value, request, session)
    if schedule is None:
        return Reply(_GONE, updates=True)
    standing = await receiver(session, schedule.id, request.actor.id)
    once = schedule.rrule is None
    if standing is not None and once and standing.state != "done":
        standing.state = "done"
        await tell_creator(session, schedule, request.actor.id, "done", request.now)
    text = _("Done: {task}", task=schedule.payload["task"])
    if schedule.state == "active" and schedule.rrule is not None and schedule.next_due_utc:
        at = schedule.next_due_utc.astimezone(ZoneInfo(request.actor.zone)).replace(tzinfo=None)
        return Reply(lines(text, _("Next time: {day}", day=at)), updates=True)
    return Reply(text, updates=True)


@action.pressed("reminder.hour")
async def in_an_hour(request: Request, session: Session) -> Reply:
    """Come back in an hour."""
    return await _snooze(request, session, request.local_now + timedelta(hours=1))


@action.pressed("reminder.tomorrow")
async def tomorrow(request: Request, session: Session) -> Reply:
    """Come back tomorrow at eight."""
    day = request.local_now.date() + timedelta(days=1)
    return await _snooze(request, session, datetime.combine(day, _MORNING))


@action.pressed("reminder.monday")
async def monday(request: Request, session: Session) -> Reply:
    """Come back next Monday at eight."""
    today = request.local_now.date()
    day = today + timedelta(days=7 - today.weekday())
    return await _snooze(request, session, datetime.combine(day, _MORNING))


@action.pressed("reminder.later")
async def another_time(request: Request, session: Session) -> Reply:
    """Ask in a form when to come back."""
    schedule = await _hers(request.value, request, session)
    if schedule is None:
        return Reply(_GONE, updates=True)
    return _when(request)


@action.submitted("reminder.snooze")
async def at_that_time(request: Request, session: Session) -> Reply:
    """Come back at a time in words; what is no time is asked for again."""
    raw = request.submission.get("when", "")
    moment = read_moment(raw, request)
    if isinstance(moment, Unread):
        return _when(request, moment, raw)
    return await _snooze(request, session, moment.at[0])


def _when(request: Request, trouble: Unread | None = None, raw: str = "") -> Reply:
    field = Field(
        "when", Kind.LINE, _("When"), value=raw, error=trouble.message if trouble else None
    )
    form = Form("reminder.snooze", _("Another time"), (field,), request.value)
    return Reply(trouble.message if trouble else _("When shall I remind you?"), (form,))


async def _snooze(request: Request, session: Session, at: datetime) -> Reply:
    schedule = await _hers(request.value, request, session)
    if schedule is None:
        return Reply(_GONE, updates=True)
    await promise(
        session,
        kind="reminder",
        owner_id=request.actor.id,
        payload={"task": schedule.payload["task"]},
        dtstart=at.replace(second=0, microsecond=0),
        zone=request.actor.zone,
        now=request.now,
    )
    return Reply(
        _("I will remind you again on {day}: {task}", day=at, task=schedule.payload["task"]),
        updates=True,
    )


@action.pressed("reminder.refuse")
async def refuse(request: Request, session: Session) -> Reply:
    """Take no more of this one; its creator is told."""
    schedule = await _hers(request.value, request, session)
    if schedule is None or not await refuse_for(session, schedule, request.actor.id, request.now):
        return Reply(_GONE, updates=True)
    owner = await person_by_id(session, schedule.owner_id)
    return Reply(
        _("I won't remind you of this again. I have told {name}.", name=owner.name), updates=True
    )


@action.pressed("reminder.mute")
async def take_no_more(request: Request, session: Session) -> Reply:
    """Take no reminders from its creator any more; she is told, and it can be taken back."""
    schedule = await _hers(request.value, request, session)
    if schedule is None or schedule.owner_id == request.actor.id:
        return Reply(_GONE, updates=True)
    await mute(session, request.actor.id, schedule.owner_id, request.now)
    await tell_creator(session, schedule, request.actor.id, "muted", request.now)
    owner = await person_by_id(session, schedule.owner_id)
    back = Button(_("Take them again"), "reminder.unmute", str(owner.id))
    return Reply(
        _("You get no more reminders from {name}, and I have said so.", name=owner.name),
        (back,),
        updates=True,
    )


@action.pressed("reminder.unmute")
async def take_again(request: Request, session: Session) -> Reply:
    """Take reminders from somebody again."""
    await unmute(session, request.actor.id, row_id(request.value))
    return Reply(_("You take those reminders again."), updates=True)


async def _hers(number: str, request: Request, session: Session) -> Schedule | None:
    """Return a reminder that is her own, or one that somebody has set for her."""
    schedule = await schedule_of(session, row_id(number))
    if schedule is None or schedule.kind != "reminder":
        return None
    if schedule.owner_id == request.actor.id:
        return schedule
    return schedule if await receiver(session, schedule.id, request.actor.id) else None
