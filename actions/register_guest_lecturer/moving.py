"""Another time or room for a lecture: saved, checked, told, and what hangs on it follows."""

from dataclasses import dataclass
from datetime import date, datetime, time

from actions.access import Actor
from actions.anchors import moved
from actions.lecture_words import day_and_hours, lecture_card, own_buttons
from actions.register_guest_lecturer.following import follow, forget_when_moved, subject
from actions.register_guest_lecturer.telling import protected
from actions.reply import Fact, Reply
from actions.request import Request
from actions.words import Text, _, lines, plain
from storage import Session
from storage.queries.contacts import handlers_for
from storage.queries.lectures import clashing, lecture_by_id, same_lecture
from storage.queries.outbox import enqueue
from storage.tables import GuestLecture

_OPEN = {"proposed", "approved"}


@dataclass(frozen=True, slots=True)
class Place:
    """When and where a lecture is."""

    day: date
    starts: time | None
    ends: time | None
    room: str | None

    def at(self, other: "Place") -> bool:
        """Whether two are at the same time, wherever."""
        return (self.day, self.starts, self.ends) == (other.day, other.starts, other.ends)

    def told(self) -> Text:
        """Return the day with its week, and the hours if they are known."""
        return day_and_hours(self.day, self.starts, self.ends)


def place_of(lecture: GuestLecture) -> Place:
    """Return when and where a lecture is now."""
    return Place(lecture.on_date, lecture.starts, lecture.ends, lecture.room)


async def changeable(number: int, request: Request, session: Session) -> GuestLecture | None:
    """Return a coming lecture that the asker registered or decides on."""
    lecture = await lecture_by_id(session, number)
    if lecture is None or protected(lecture) or lecture.state not in _OPEN:
        return None
    if lecture.on_date < request.local_now.date():
        return None
    mine = lecture.registered_by_id == request.actor.id
    return lecture if mine or request.actor.answers_for(lecture.unit_id) else None


async def trouble_with(session: Session, lecture: GuestLecture, to: Place) -> Text | None:
    """Return why a lecture cannot be there, or None."""
    same = await same_lecture(session, lecture.alumnus_id, lecture.lecturer, to.day)
    if same is None or same.id == lecture.id:
        return None
    return _("The lecturer already has a lecture that day: {topic}.", topic=same.topic)


async def clash_of(session: Session, lecture: GuestLecture, to: Place) -> Fact | None:
    """Return what else the course has at that time."""
    if not lecture.course:
        return None
    found = await clashing(session, lecture.course, to.day, to.starts, to.ends)
    others = [row for row in found if row.id != lecture.id]
    return Fact(_("Clashes with"), plain(others[0].topic)) if others else None


async def move(request: Request, session: Session, lecture: GuestLecture, to: Place) -> Reply:
    """Save a new time or room and let everything that hangs on the lecture follow."""
    before = place_of(lecture)
    if to == before:
        text = _("Nothing was changed: it is that already.")
        return Reply(text, (lecture_card(lecture, *own_buttons(lecture), state=True),))
    again = lecture.state == "approved" and needs_approval(request.actor, lecture, before, to)
    lecture.on_date, lecture.starts, lecture.ends, lecture.room = (
        to.day,
        to.starts,
        to.ends,
        to.room,
    )
    if again:
        lecture.state = "proposed"
    await session.flush()
    if not to.at(before):
        await _follow(request, session, lecture)
    told = await _tell(request, session, lecture, timed=not to.at(before), again=again)
    clash = await clash_of(session, lecture, to)
    card = lecture_card(lecture, *own_buttons(lecture), state=True)
    moves = _("The reminders before it follow.") if not to.at(before) else None
    elements = (card,) if clash is None else (card, clash)
    return Reply(lines(_("Changed."), told, moves, by=" "), elements, updates=True)


def needs_approval(actor: Actor, lecture: GuestLecture, before: Place, to: Place) -> bool:
    """Whether a new time is to be approved: a room is not, nor what the approver does herself."""
    return not to.at(before) and not actor.answers_for(lecture.unit_id)


async def _follow(request: Request, session: Session, lecture: GuestLecture) -> None:
    starts = datetime.combine(lecture.on_date, lecture.starts or time())
    await moved(session, subject(lecture), starts, request.now)
    if lecture.state == "approved":
        await follow(session, lecture, lecture.registered_by.zone, request.now)
    await forget_when_moved(session, lecture, request.now)


async def _tell(
    request: Request, session: Session, lecture: GuestLecture, *, timed: bool, again: bool
) -> Text | None:
    if lecture.registered_by_id != request.actor.id:
        await _enqueue(session, request, lecture, lecture.registered_by_id, "lecture.changed")
        return _("I have told {name}.", name=lecture.registered_by.name)
    if lecture.state != "proposed" or not timed or request.actor.answers_for(lecture.unit_id):
        return None
    handlers = await handlers_for(session, lecture.unit_id, request.local_now.date())
    await _enqueue(session, request, lecture, handlers[0].id, "lecture.moved", again=again)
    return _(
        "The new time goes to {name} for approval, and I will let you know.", name=handlers[0].name
    )


async def _enqueue(
    session: Session,
    request: Request,
    lecture: GuestLecture,
    person_id: int,
    kind: str,
    *,
    again: bool = False,
) -> None:
    await enqueue(
        session,
        person_id=person_id,
        kind=kind,
        payload={"lecture": lecture.id, "by": request.actor.id, "again": again},
        cause="request",
        dedupe_key=f"{kind}:{lecture.id}:{lecture.version}:{person_id}",
        due=request.now,
    )
