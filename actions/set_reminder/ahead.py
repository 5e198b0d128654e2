"""What is done with a reminder before it comes: done already, a day later, another time.

Its buttons carry the time that was shown, so that what has moved meanwhile is not skipped twice.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.drafting import Unread
from actions.moments import read_moment
from actions.reminder_cards import as_shown
from actions.reminder_receivers import tell_creator
from actions.reply import Button, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.set_reminder.acting import SNOOZED, next_told
from actions.set_reminder.setting import action
from actions.words import _, lines
from storage import Session
from storage.queries.reminding import receiver
from storage.queries.schedules import promise, schedule_of, skip_next
from storage.tables import Schedule

_MOVED_ON = _("That reminder has been moved or removed meanwhile.")


@action.pressed("reminder.skip")
async def done_already(request: Request, session: Session) -> Reply:
    """Let one's own reminder not come this time: what it is about is done."""
    schedule = await _shown(request, session)
    if schedule is None:
        return await _done_for_another(request, session)
    skip_next(schedule)
    undo = Button(_("Undo"), "reminder.restore", str(schedule.id))
    text = _("Done: {task}", task=schedule.payload["task"])
    return Reply(lines(text, next_told(schedule, request)), (undo,), updates=True)


async def _done_for_another(request: Request, session: Session) -> Reply:
    """Note that what somebody else reminds of once is done, and tell her."""
    schedule = await schedule_of(session, row_id(request.value.partition(":")[0]))
    standing = None
    if schedule is not None and schedule.state == "active" and schedule.rrule is None:
        standing = await receiver(session, schedule.id, request.actor.id)
    if schedule is None or standing is None:
        return Reply(_MOVED_ON, updates=True)
    if standing.state != "done":
        standing.state = "done"
        await tell_creator(session, schedule, request.actor.id, "done", request.now)
    return Reply(_("Done: {task}", task=schedule.payload["task"]), updates=True)


@action.pressed("reminder.day")
async def a_day_later(request: Request, session: Session) -> Reply:
    """Let one's own reminder come a day later, at the same hour."""
    schedule = await _shown(request, session)
    if schedule is None or schedule.next_due_utc is None:
        return Reply(_MOVED_ON, updates=True)
    zone = ZoneInfo(schedule.zone)
    at = schedule.next_due_utc.astimezone(zone).replace(tzinfo=None) + timedelta(days=1)
    now = request.now.astimezone(zone).replace(tzinfo=None)
    while at <= now:
        at += timedelta(days=1)
    return await _postpone(schedule, at, request, session)


@action.pressed("reminder.postpone")
async def when(request: Request, session: Session) -> Reply:
    """Ask in a form when one's own reminder shall come instead."""
    if await _shown(request, session) is None:
        return Reply(_MOVED_ON, updates=True)
    return _asked(request)


@action.submitted("reminder.postponed")
async def at_that_time(request: Request, session: Session) -> Reply:
    """Move it to a time in words; what is no time is asked for again."""
    raw = request.submission.get("when", "")
    moment = read_moment(raw, request)
    if isinstance(moment, Unread):
        return _asked(request, moment, raw)
    schedule = await _shown(request, session)
    if schedule is None:
        return Reply(_MOVED_ON, updates=True)
    return await _postpone(schedule, moment.at[0], request, session)


def _asked(request: Request, trouble: Unread | None = None, raw: str = "") -> Reply:
    error = trouble.message if trouble else None
    field = Field("when", Kind.LINE, _("When, for example “Friday at 9”"), value=raw, error=error)
    form = Form("reminder.postponed", _("Another time"), (field,), request.value)
    return Reply(error or _("When shall I remind you?"), (form,))


@action.pressed("reminder.drop")
async def drop(request: Request, session: Session) -> Reply:
    """Remove one's own reminder altogether, in a message that goes on; it can be taken back."""
    schedule = await schedule_of(session, row_id(request.value))
    hers = schedule is not None and schedule.owner_id == request.actor.id
    if schedule is None or not hers or (schedule.kind, schedule.state) != ("reminder", "active"):
        return Reply(_MOVED_ON, updates=True)
    schedule.state, schedule.next_due_utc = "cancelled", None
    undo = Button(_("Undo"), "reminder.restore", str(schedule.id))
    return Reply(_("Removed: {task}", task=schedule.payload["task"]), (undo,), updates=True)


async def _postpone(schedule: Schedule, at: datetime, request: Request, session: Session) -> Reply:
    """Move a reminder; of a rule only the next time, which then stands alone."""
    task = schedule.payload["task"]
    await promise(
        session,
        kind="reminder",
        owner_id=schedule.owner_id,
        payload={"task": task},
        dtstart=at.replace(second=0, microsecond=0),
        zone=schedule.zone,
        now=request.now,
    )
    skip_next(schedule)
    told = _("Moved to {day}: {task}", day=at, task=task)
    alone = None
    if schedule.subject is not None and not schedule.subject.startswith(SNOOZED):
        alone = _("From now on it stands by itself and moves with nothing else.")
    return Reply(lines(told, alone), updates=True)


async def _shown(request: Request, session: Session) -> Schedule | None:
    """Return one's own reminder, for oneself, if it still comes when its button said."""
    number, _sep, _due = request.value.partition(":")
    schedule = await schedule_of(session, row_id(number))
    if schedule is None or schedule.kind != "reminder" or "to" in schedule.payload:
        return None
    if schedule.owner_id != request.actor.id or schedule.state != "active":
        return None
    return schedule if request.value == as_shown(schedule) else None
