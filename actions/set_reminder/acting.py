"""What is pressed on a reminder that came: done, or later."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.drafting import Unread
from actions.moments import read_moment
from actions.reminder_receivers import tell_creator
from actions.reply import Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.set_reminder.setting import action
from actions.words import Text, _, lines
from storage import Session
from storage.queries.drafts import open_drafts
from storage.queries.reminding import came_last, receiver
from storage.queries.schedules import active_about, promise, schedule_of
from storage.tables import Schedule

_MORNING = time(8)
SNOOZED = "snoozed:"  # begins the subject of a reminder that was put off
_DONE = re.compile(
    r"^\W*(?:(?:det är |nu är det |it's |it is |all )?(?:klart?|gjort|fixat|done|finished))\W*$",
    re.IGNORECASE,
)
GONE = _("That reminder is gone already.")


@action.pressed("reminder.undo")
async def undo(request: Request, session: Session) -> Reply:
    """Take back reminders that were set just now."""
    found, others = 0, False
    for number in request.value.split(","):
        schedule = await hers(number, request, session)
        if schedule is None or schedule.owner_id != request.actor.id:
            continue
        if schedule.state == "active":
            schedule.state, schedule.next_due_utc = "cancelled", None
            found, others = found + 1, others or "to" in schedule.payload
    if not found:
        return Reply(GONE, updates=True)
    if others:
        return Reply(_("Undone. I will remind nobody."), updates=True)
    return Reply(_("Undone. I will not remind you."), updates=True)


@action.pressed("reminder.done")
async def done(request: Request, session: Session) -> Reply:
    """Note that what was reminded of is done; a rule goes on, and it says so."""
    schedule = await hers(request.value, request, session)
    if schedule is None:
        return Reply(GONE, updates=True)
    standing = await receiver(session, schedule.id, request.actor.id)
    once = schedule.rrule is None
    if standing is not None and once and standing.state != "done":
        standing.state = "done"
        await tell_creator(session, schedule, request.actor.id, "done", request.now)
    text = _("Done: {task}", task=schedule.payload["task"])
    return Reply(lines(text, next_told(schedule, request)), updates=True)


@action.ordered(_DONE)
async def said_done(request: Request, session: Session) -> Reply | None:
    """Take "klart" after a reminder as its button; a draft at hand comes first."""
    schedule = await came_last(session, request.actor.id, request.now)
    drafts = await open_drafts(session, request.actor.id, request.now)
    if schedule is None or any(draft.kind == "form" for draft in drafts):
        return None
    return await done(request.with_(value=str(schedule.id)), session)


def next_told(schedule: Schedule, request: Request) -> Text | None:
    """Return when a rule comes next; None where nothing more comes."""
    if schedule.state != "active" or schedule.rrule is None or schedule.next_due_utc is None:
        return None
    at = schedule.next_due_utc.astimezone(ZoneInfo(request.actor.zone)).replace(tzinfo=None)
    return _("Next time: {day}", day=at)


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
    schedule = await hers(request.value, request, session)
    if schedule is None:
        return Reply(GONE, updates=True)
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
        "when",
        Kind.LINE,
        _("When, for example “Friday at 9”"),
        value=raw,
        error=trouble.message if trouble else None,
    )
    form = Form("reminder.snooze", _("Another time"), (field,), request.value)
    return Reply(trouble.message if trouble else _("When shall I remind you?"), (form,))


async def _snooze(request: Request, session: Session, at: datetime) -> Reply:
    schedule = await hers(request.value, request, session)
    if schedule is None:
        return Reply(GONE, updates=True)
    # Pressed twice, also in an old message, it is one reminder that is put off further.
    subject = f"{SNOOZED}{schedule.id}:{request.actor.id}"
    for earlier in await active_about(session, subject):
        earlier.state, earlier.next_due_utc = "cancelled", None
    await promise(
        session,
        kind="reminder",
        owner_id=request.actor.id,
        payload={"task": schedule.payload["task"]},
        dtstart=at.replace(second=0, microsecond=0),
        zone=request.actor.zone,
        now=request.now,
        subject=subject,
    )
    return Reply(
        _("I will remind you again on {day}: {task}", day=at, task=schedule.payload["task"]),
        updates=True,
    )


async def hers(number: str, request: Request, session: Session) -> Schedule | None:
    """Return a reminder that is her own, or one that somebody has set for her."""
    schedule = await schedule_of(session, row_id(number))
    if schedule is None or schedule.kind != "reminder":
        return None
    if schedule.owner_id == request.actor.id:
        return schedule
    return schedule if await receiver(session, schedule.id, request.actor.id) else None
