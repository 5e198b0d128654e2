"""The coordinator approves or declines; the registrar may cancel; each is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.anchors import called_off
from actions.lecture_words import lecture_card, lecturer_of
from actions.register_guest_lecturer.following import follow, subject
from actions.register_guest_lecturer.registering import action
from actions.reply import Button, Card, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.words import Text, _, lines, plain
from storage import Session
from storage.queries.contacts import handlers_for
from storage.queries.lectures import lecture_by_id
from storage.queries.outbox import enqueue
from storage.tables import GuestLecture, Outbox

_GONE = _("I can't find that lecture among yours.")


@action.due("lecture.new", can_wait=True)
async def to_approver(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Render a lecture for the one who approves it, if it still waits."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != "proposed" or _protected(lecture):
        return None
    return Reply(
        _("{name} has registered a guest lecture.", name=lecture.registered_by.name),
        (waiting_card(lecture),),
    )


def waiting_card(lecture: GuestLecture) -> Card:
    """Return a proposed lecture with what its coordinator decides."""
    value = str(lecture.id)
    return lecture_card(
        lecture,
        Button(_("Approve"), "lecture.approve", value, "primary"),
        Button(_("Decline"), "lecture.decline", value, "danger"),
    )


@action.undelivered("lecture.new")
async def unreached(row: Outbox, now: datetime, session: Session) -> None:
    """Ask the next who may approve where the first cannot be reached."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != "proposed":
        return
    day = now.astimezone(ZoneInfo(lecture.registered_by.zone)).date()
    chain = [person.id for person in await handlers_for(session, lecture.unit_id, day)]
    later = chain[chain.index(row.person_id) + 1 :] if row.person_id in chain else chain
    if later:
        await enqueue(
            session,
            person_id=later[0],
            kind="lecture.new",
            payload=row.payload,
            cause="request",
            dedupe_key=f"lecture.new:{lecture.id}:{later[0]}",
            due=now,
        )


@action.due("lecture.state", can_wait=True)
async def to_registrar(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Render a decision for the one who registered the lecture."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != row.payload["state"] or _protected(lecture):
        return None
    if lecture.state == "approved":
        cancel = Button(_("Cancel the lecture"), "lecture.cancel", str(lecture.id))
        text = _(
            "The guest lecture is approved. I will remind you a week and a day before, "
            "if it is that far off."
        )
        return Reply(text, (lecture_card(lecture, cancel, state=True),))
    said = plain(row.payload["note"]) if row.payload.get("note") else None
    text = lines(_("The guest lecture was declined."), said)
    return Reply(text, (lecture_card(lecture, state=True),))


@action.pressed("lecture.approve")
async def approve(request: Request, session: Session) -> Reply:
    """Approve a proposed lecture and promise its reminders."""
    lecture = await _mine(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state != "proposed":
        return _already(lecture)
    lecture.state = "approved"
    await follow(session, lecture, request.actor.zone, request.now)
    await _tell(session, lecture, request.now)
    return Reply(
        _("Approved, and {name} knows.", name=lecture.registered_by.name),
        (lecture_card(lecture, state=True),),
        updates=True,
    )


@action.pressed("lecture.decline")
async def decline(request: Request, session: Session) -> Reply:
    """Ask for a reason before declining."""
    lecture = await _mine(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state != "proposed":
        return _already(lecture)
    note = Field("note", Kind.PARAGRAPH, _("Reason, which the registrar sees"))
    return Reply(_("Why not?"), (Form("lecture.declined", _("Decline"), (note,), request.value),))


@action.submitted("lecture.declined")
async def declined(request: Request, session: Session) -> Reply:
    """Decline with the reason given."""
    lecture = await _mine(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state != "proposed":
        return _already(lecture)
    lecture.state = "declined"
    await called_off(session, subject(lecture), request.now, request.actor.id)
    await _tell(session, lecture, request.now, request.submission.get("note", ""))
    return Reply(
        _("Declined, and {name} has your reason.", name=lecture.registered_by.name),
        (lecture_card(lecture, state=True),),
        updates=True,
    )


@action.pressed("lecture.cancel")
async def cancel(request: Request, session: Session) -> Reply:
    """Ask once more before a lecture is cancelled."""
    lecture = await _cancellable(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state not in {"proposed", "approved"}:
        return _already(lecture)
    sure = Button(_("Yes, cancel it"), "lecture.cancelled", request.value, "danger")
    return Reply(
        _("Cancel the lecture with {name}?", name=lecturer_of(lecture)),
        (lecture_card(lecture, sure),),
    )


@action.pressed("lecture.cancelled")
async def cancelled(request: Request, session: Session) -> Reply:
    """Cancel a lecture and everything promised about it."""
    lecture = await _cancellable(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state not in {"proposed", "approved"}:
        return _already(lecture)
    lecture.state = "cancelled"
    await called_off(session, subject(lecture), request.now, request.actor.id)
    return Reply(
        _("Cancelled. I will not remind you of it."),
        (lecture_card(lecture, state=True),),
        updates=True,
    )


async def _mine(request: Request, session: Session) -> GuestLecture | None:
    lecture = await lecture_by_id(session, row_id(request.value))
    if lecture is None or not request.actor.answers_for(lecture.unit_id) or _protected(lecture):
        return None
    return lecture


async def _cancellable(request: Request, session: Session) -> GuestLecture | None:
    lecture = await lecture_by_id(session, row_id(request.value))
    if lecture is None or _protected(lecture):
        return None
    mine = lecture.registered_by_id == request.actor.id
    return lecture if mine or request.actor.answers_for(lecture.unit_id) else None


def _protected(lecture: GuestLecture) -> bool:
    return lecture.alumnus is not None and lecture.alumnus.protected


def _already(lecture: GuestLecture) -> Reply:
    text: Text = _("Somebody has already acted on this.")
    return Reply(text, (lecture_card(lecture, state=True),), updates=True)


async def _tell(session: Session, lecture: GuestLecture, now: datetime, note: str = "") -> None:
    await enqueue(
        session,
        person_id=lecture.registered_by_id,
        kind="lecture.state",
        payload={"lecture": lecture.id, "state": lecture.state, "note": note},
        cause="request",
        dedupe_key=f"lecture.state:{lecture.id}:{lecture.state}",
        due=now,
    )
