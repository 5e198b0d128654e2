"""What an announcement sends: the copies, their edits and reminders, how it goes."""

from datetime import datetime, timedelta

from actions.access import EVERYBODY, Actor, authorize
from actions.announcement_words import copy, local, report, row
from actions.digest_rows import Part
from actions.reply import Reply
from actions.request import Request, row_id
from actions.send_announcement.asking import action
from actions.send_announcement.starting import still_meant, still_sends
from actions.words import _
from storage import Session
from storage.queries.announcements import (
    announcement_by_id,
    receipts,
    receiver_of,
    remind_unread,
    unread_of,
)
from storage.queries.outbox import enqueue
from storage.tables import Occurrence, Outbox, Schedule

_PAUSE_S = (5, 10, 20, 40, 60)
_STEPS = 100


def _language(receiver: Actor) -> str:
    return receiver.locale or receiver.spoken or "sv"


async def _copy(row: Outbox, receiver: Actor, session: Session, *, edit: bool) -> Reply | None:
    announcement = await announcement_by_id(session, row.payload["announcement"])
    if announcement is None or (announcement.state != "sent" and not edit):
        return None
    hers = await receiver_of(session, announcement.id, receiver.id)
    if hers is None:
        return None
    if not edit:
        by, now = row.payload.get("by", announcement.sender_id), session.info["now"]
        if not await still_meant(session, announcement, by, receiver, now):
            return None
    reminds = row.kind == "announcement.remind"
    if reminds and hers.read_at is not None:
        return None
    head = _("A reminder: you have not marked this as read.") if reminds else None
    return copy(announcement, hers, receiver, _language(receiver), head)


@action.due("announcement.copy", can_wait=True)
async def to_receiver(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a copy; not if it was recalled meanwhile, or she is no longer meant."""
    return await _copy(row, receiver, session, edit=False)


@action.due("announcement.remind", can_wait=True)
async def reminded(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a reminder of what is still unread."""
    return await _copy(row, receiver, session, edit=False)


@action.due("announcement.edit")
async def edited(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a sent copy anew: corrected or recalled."""
    return await _copy(row, receiver, session, edit=True)


@action.due("announcement.progress")
async def progress(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render how it goes in one message; the next edit follows until no copy waits."""
    announcement = await announcement_by_id(session, row.payload["announcement"])
    if announcement is None or not authorize(receiver, action.for_):
        return None
    step = row.payload["step"]
    waits = any(r.state == "waiting" for r in await receipts(session, announcement.id))
    if waits and step < _STEPS:
        pause = timedelta(seconds=_PAUSE_S[min(step, len(_PAUSE_S) - 1)])
        await enqueue(
            session,
            person_id=row.person_id,
            kind="announcement.progress",
            payload={"announcement": announcement.id, "step": step + 1},
            cause="request",
            dedupe_key=f"announcement.progress:{announcement.id}:{step + 1}",
            due=row.due_utc + pause,
            edits=row.edits_id or row.id,
        )
    return await report(announcement, receiver, session)


@action.undelivered("announcement.copy")
async def not_delivered(row: Outbox, now: datetime, session: Session) -> None:
    """Tell the sender, once for all that fail in the same hour."""
    announcement = await announcement_by_id(session, row.payload["announcement"])
    if announcement is None:
        return
    await enqueue(
        session,
        person_id=announcement.sender_id,
        kind="announcement.undelivered",
        payload={"announcement": announcement.id},
        cause="request",
        dedupe_key=f"announcement.undelivered:{announcement.id}:{now:%Y%m%d%H}",
        due=now + timedelta(minutes=10),
    )


@action.due("announcement.undelivered")
async def told_sender(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render whom it did not reach."""
    announcement = await announcement_by_id(session, row.payload["announcement"])
    if announcement is None or not authorize(receiver, action.for_):
        return None
    head = _("Your message could not be delivered to everybody.")
    return await report(announcement, receiver, session, head)


@action.fired("announcement.unread")
async def remind(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    """Remind those who have not read it, if it still stands and its sender may still send."""
    announcement = await announcement_by_id(session, schedule.payload["announcement"], lock=True)
    due, by = occurrence.due_utc, schedule.owner_id
    if announcement is None or announcement.state != "sent":
        return
    if await still_sends(session, by, due) is not None:
        await remind_unread(session, announcement.id, due, due.date(), by)


@action.pressed("announcement.read", for_=EVERYBODY)
async def read(request: Request, session: Session) -> Reply:
    """Note that a receiver has read hers; the message then shows when."""
    announcement = await announcement_by_id(session, row_id(request.value))
    hers = await receiver_of(session, row_id(request.value), request.actor.id)
    if announcement is None or hers is None:
        return Reply(_("I can't find that message among yours."))
    if hers.read_at is None and announcement.state == "sent":
        hers.read_at = request.now
    return copy(announcement, hers, request.actor, request.locale)


@action.digest(5)
async def unread(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell what she has not marked as read; one row is read where it stands."""
    found = await unread_of(session, receiver.id, local(now, receiver).date())
    cards = tuple(row(announcement, _language(receiver)) for announcement, _hers in found)
    return Part(_("Messages you have not read"), cards, len(found))
