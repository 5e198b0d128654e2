"""The coordinator approves or declines; the registrar may cancel; each is told."""

from datetime import datetime

from actions.anchors import called_off
from actions.lecture_words import lecture_card, lecturer_of
from actions.register_guest_lecturer.following import follow, subject
from actions.register_guest_lecturer.registering import action
from actions.register_guest_lecturer.telling import protected, time_of, waiting_card
from actions.reply import Button, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.words import Text, _
from storage import Session
from storage.queries.lectures import lecture_by_id
from storage.queries.outbox import enqueue
from storage.tables import GuestLecture

_GONE = _("I can't find that lecture among yours.")


@action.pressed("lecture.approve")
async def approve(request: Request, session: Session) -> Reply:
    """Approve a proposed lecture and promise its reminders."""
    lecture = await _mine(request, session)
    if lecture is None:
        return Reply(_GONE)
    if lecture.state != "proposed":
        return _already(lecture)
    if stale := _moved_since(request, lecture):
        return stale
    lecture.state = "approved"
    await follow(session, lecture, request.actor.zone, request.now)
    await _tell(session, lecture, request.now)
    return Reply(
        _("Approved. I have told {name}.", name=lecture.registered_by.name),
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
    if stale := _moved_since(request, lecture):
        return stale
    note = Field("note", Kind.PARAGRAPH, _("Reason (shown to whoever registered it)"))
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
        _("Declined. I have passed your reason on to {name}.", name=lecture.registered_by.name),
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


def _moved_since(request: Request, lecture: GuestLecture) -> Reply | None:
    """Return how a lecture stands now, where the button was shown for another time."""
    _number, _sep, shown = request.value.partition(":")
    if shown in {"", time_of(lecture)}:
        return None
    text = _("It has been moved since. This is how it stands now.")
    return Reply(text, (waiting_card(lecture),), updates=True)


async def _mine(request: Request, session: Session) -> GuestLecture | None:
    lecture = await lecture_by_id(session, row_id(request.value.partition(":")[0]))
    if lecture is None or not request.actor.decides_for(lecture.unit_id) or protected(lecture):
        return None
    return lecture


async def _cancellable(request: Request, session: Session) -> GuestLecture | None:
    lecture = await lecture_by_id(session, row_id(request.value))
    if lecture is None or protected(lecture):
        return None
    mine = lecture.registered_by_id == request.actor.id
    return lecture if mine or request.actor.answers_for(lecture.unit_id) else None


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
        dedupe_key=f"lecture.state:{lecture.id}:{lecture.state}:{lecture.version}",
        due=now,
    )
