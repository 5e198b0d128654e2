"""What is told of a lecture: to whoever approves it and to whoever registered it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.lecture_words import lecture_card, own_buttons
from actions.register_guest_lecturer.registering import action
from actions.reply import Button, Card, Reply
from actions.words import _, lines
from storage import Session
from storage.queries.contacts import handlers_for
from storage.queries.lectures import lecture_by_id
from storage.queries.outbox import enqueue
from storage.tables import GuestLecture, Outbox, Person


@action.due("lecture.new", can_wait=True)
async def to_approver(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Render a lecture for the one who approves it, if it still waits."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != "proposed" or protected(lecture):
        return None
    return Reply(
        _("{name} has registered a guest lecture.", name=lecture.registered_by.name),
        (waiting_card(lecture),),
    )


def waiting_card(lecture: GuestLecture) -> Card:
    """Return a proposed lecture with what its coordinator decides."""
    value = f"{lecture.id}:{time_of(lecture)}"
    return lecture_card(
        lecture,
        Button(_("Approve"), "lecture.approve", value, "primary"),
        Button(_("Decline"), "lecture.decline", value, "danger"),
    )


@action.due("lecture.moved")
async def moved_to_approver(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Render a lecture that was moved for the one who approves it again."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != "proposed" or protected(lecture):
        return None
    name = lecture.registered_by.name
    text = _("{name} has moved a guest lecture that is waiting for your approval.", name=name)
    if row.payload.get("again"):
        text = _("{name} has moved a guest lecture, so it needs your approval again.", name=name)
    return Reply(text, (waiting_card(lecture),))


@action.undelivered("lecture.moved")
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
            kind=row.kind,
            payload=row.payload,
            cause="request",
            dedupe_key=f"{row.kind}:{lecture.id}:{later[0]}:{row.id}",
            due=now,
        )


@action.due("lecture.state", can_wait=True)
async def to_registrar(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Render a decision for the one who registered the lecture."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != row.payload["state"] or protected(lecture):
        return None
    if lecture.state == "approved":
        text = _(
            "The guest lecture is approved. I will remind you a week and a day before, "
            "if it is that far off."
        )
        return Reply(text, (lecture_card(lecture, *own_buttons(lecture), state=True),))
    note = row.payload.get("note")
    said = _("Reason: {note}", note=note) if note else None
    text = lines(_("The guest lecture was declined."), said)
    return Reply(text, (lecture_card(lecture, state=True),))


@action.due("lecture.changed")
async def changed_for_registrar(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Tell the registrar that somebody else has changed her lecture."""
    lecture = await lecture_by_id(session, row.payload["lecture"])
    by = await session.get(Person, row.payload["by"])
    if lecture is None or by is None or protected(lecture):
        return None
    if lecture.state not in {"proposed", "approved"}:
        return None
    text = _("{name} has changed your guest lecture.", name=by.name)
    return Reply(text, (lecture_card(lecture, *own_buttons(lecture), state=True),))


def time_of(lecture: GuestLecture) -> str:
    """Return when a lecture is, as a button carries it: what is approved is what was shown."""
    starts, ends = (at and at.isoformat("minutes") for at in (lecture.starts, lecture.ends))
    return f"{lecture.on_date}T{starts or ''}-{ends or ''}"


def protected(lecture: GuestLecture) -> bool:
    """Whether its lecturer may be shown to nobody."""
    return lecture.alumnus is not None and lecture.alumnus.protected
