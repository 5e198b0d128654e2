"""Take a guest lecture down, show it, save it, and ask the coordinator to approve it."""

import re
from datetime import date, time
from typing import Any

from actions.access import PERSONS
from actions.action import Action
from actions.alumnus_words import numbered
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.grounding import name_of
from actions.lecture_words import day_and_hours, lecture_card, own_buttons
from actions.people_shown import person_shown
from actions.register_guest_lecturer import reading
from actions.register_guest_lecturer.following import NAME_KEPT, follow, forget_later
from actions.reply import Card, Fact, Field, Kind, Reply
from actions.request import Request
from actions.words import Named, _, lines, plain
from storage import Session
from storage.queries.contacts import handlers_for
from storage.queries.lectures import clashing, latest_by, lecture_by_id, same_lecture
from storage.queries.outbox import enqueue
from storage.queries.units import all_units, unit_by_id
from storage.tables import GuestLecture

action = Action(
    "register_guest_lecturer",
    for_=PERSONS,
    title=_("Register a guest lecture"),
    example=_("Add Anna Svensson as guest lecturer in marketing on 12 March 13–15, FEK101"),
)

_OPENS = re.compile(
    r"^\s*(?:vi vill |jag vill |kan du |i want to |i'd like to |please |can you )?"
    r"(?:lägg (?:in|till)|lägga (?:in|till)|registrera|boka(?: in)?|add|register|book)\b",
    re.IGNORECASE,
)


@action.asked
async def register(request: Request, session: Session) -> Reply:
    """Begin with what the message says, also "number 2" of the list shown last."""
    known: Filled = {}
    named = reading.heard_lecturer(request)
    hit = None if named else await person_shown(request, session)
    if hit is not None:
        known = {"lecturer": hit.offer.alumnus.name, "alumnus": hit.offer.alumnus_id}
    return await begin(form, request, session, known)


async def _preview(_request: Request, session: Session, filled: Filled) -> Card:
    facts = []
    if filled.get("date"):
        facts.append(Fact(_("When"), day_and_hours(*_hours(filled))))
    if filled.get("unit") is not None:
        unit = name_of(await unit_by_id(session, filled["unit"]))
        facts.append(Fact(_("Unit"), plain(unit)))
    facts.extend(
        Fact(label, plain(filled[name]))
        for name, label in (("course", _("Course")), ("room", _("Room")))
        if filled.get(name)
    )
    if filled.get("lecturer") and filled.get("alumnus") is None:
        facts.append(Fact(_("Not in the register"), _kept_until(filled)))
    clash = await _clash(session, filled)
    if clash is not None:
        facts.append(clash)
    title = plain(filled["lecturer"]) if filled.get("lecturer") else _("Guest lecture")
    topic = plain(filled["topic"]) if filled.get("topic") else None
    return Card(title, topic, tuple(facts))


def _kept_until(filled: Filled) -> Any:
    if not filled.get("date"):
        return _("The name is kept for this lecture only, for the planning of the teaching.")
    until = date.fromisoformat(filled["date"]) + NAME_KEPT
    return _(
        "The name is kept for this lecture only, for the planning of the teaching, and erased "
        "after {day}.",
        day=until,
    )


async def _clash(session: Session, filled: Filled) -> Fact | None:
    if not filled.get("course") or not filled.get("date"):
        return None
    day, starts, ends = _hours(filled)
    found = await clashing(session, filled["course"], day, starts, ends)
    if not found:
        return None
    return Fact(_("Clashes with"), plain(found[0].topic))


async def _check(_request: Request, session: Session, filled: Filled) -> Unread | None:
    found = await same_lecture(
        session, filled.get("alumnus"), filled.get("lecturer"), date.fromisoformat(filled["date"])
    )
    if found is None:
        return None
    return Unread(
        _(
            "{name} is already registered that day: {topic}. Is it another lecturer or day?",
            name=filled["lecturer"],
            topic=found.topic,
        )
    )


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    trouble = await _check(request, session, filled)
    if trouble is not None:
        return Reply(trouble.message)
    approves = request.actor.answers_for(filled["unit"])
    lecture = _lecture(request, filled, "approved" if approves else "proposed")
    session.add(lecture)
    await session.flush()
    await forget_later(session, lecture, request.actor.zone, request.now)
    saved = await lecture_by_id(session, lecture.id)
    assert saved is not None  # noqa: S101 (written just now)
    card = lecture_card(saved, *own_buttons(saved), state=True)
    if approves:
        await follow(session, saved, request.actor.zone, request.now)
        return Reply(
            _("Registered. I will remind you a week and a day before, if it is that far off."),
            (card,),
        )
    handlers = await handlers_for(session, lecture.unit_id, request.local_now.date())
    await enqueue(
        session,
        person_id=handlers[0].id,
        kind="lecture.new",
        payload={"lecture": lecture.id},
        cause="request",
        dedupe_key=f"lecture.new:{lecture.id}",
        due=request.now,
    )
    text = lines(
        _(
            "Registered. It goes to {name} for approval, and I will let you know.",
            name=handlers[0].name,
        ),
        _("Once it is approved, I will remind you a week and a day before."),
        by=" ",
    )
    return Reply(text, (card,))


def _lecture(request: Request, filled: Filled, state: str) -> GuestLecture:
    day, starts, ends = _hours(filled)
    known = filled.get("alumnus") is not None
    return GuestLecture(
        alumnus_id=filled.get("alumnus"),
        lecturer=None if known else filled["lecturer"],
        keep_name_until=None if known else day + NAME_KEPT,
        topic=filled["topic"],
        course=filled.get("course"),
        unit_id=filled["unit"],
        on_date=day,
        starts=starts,
        ends=ends,
        room=filled.get("room"),
        state=state,
        registered_by_id=request.actor.id,
        created_at=request.now,
    )


def _hours(filled: Filled) -> tuple[date, time | None, time | None]:
    starts, ends = filled.get("starts"), filled.get("ends")
    return (
        date.fromisoformat(filled["date"]),
        time.fromisoformat(starts) if starts else None,
        time.fromisoformat(ends) if ends else None,
    )


def _own_unit(request: Request) -> Filled:
    return {} if request.actor.unit_id is None else {"unit": request.actor.unit_id}


async def _latest(request: Request, session: Session) -> Filled:
    last = await latest_by(session, request.actor.id)
    if last is None:
        return {}
    return {
        "topic": last.topic,
        "unit": last.unit_id,
        "course": last.course,
        "room": last.room,
        "starts": last.starts and last.starts.isoformat("minutes"),
        "ends": last.ends and last.ends.isoformat("minutes"),
    }


async def _options(session: Session, _request: Request) -> dict[str, Any]:
    units = [unit for unit in await all_units(session) if unit.kind in {"faculty", "department"}]
    named = ((str(u.id), plain(Named(u.name_sv, u.name_en))) for u in units)
    return {"unit": tuple(named)}


form = action.form = DraftForm(
    action=action.name,
    submit="lecture.save",
    title=_("Guest lecture"),
    slots=(
        Slot(
            Field("lecturer", Kind.LINE, _("Lecturer")),
            _("Who is the guest lecturer?"),
            reading.read_lecturer,
            reading.heard_lecturer,
            show=lambda filled: numbered(filled.get("lecturer"), filled.get("alumnus")),
            marked=True,
            called=("föreläsare", "gästföreläsare", "lecturer", "speaker"),
            also=("alumnus",),
        ),
        Slot(
            Field("topic", Kind.LINE, _("Topic")),
            _("What will the lecture be about?"),
            reading.read_topic,
            reading.heard_topic,
            prose=True,
            called=("ämne", "rubrik", "titel", "tema", "topic", "title", "subject"),
        ),
        Slot(
            Field("date", Kind.DATE, _("Date")),
            _("Which day, and between which hours?"),
            reading.read_day,
            reading.heard_day,
            marked=True,
            called=("datum", "dag", "date", "day"),
            also=("starts",),
        ),
        Slot(
            Field("starts", Kind.TIME, _("Begins"), required=False),
            _("When does it begin?"),
            reading.read_starts,
            called=("tid", "starttid", "hours", "time"),
            also=("ends",),
        ),
        Slot(
            Field("ends", Kind.TIME, _("Ends"), required=False),
            _("When does it end?"),
            reading.read_ends,
            called=("sluttid", "end time"),
        ),
        Slot(
            Field("unit", Kind.CHOICE, _("Unit")),
            _("Which department or faculty is it for?"),
            reading.read_unit,
            reading.heard_unit,
            called=("enhet", "institution", "department", "unit"),
        ),
        Slot(
            Field("course", Kind.LINE, _("Course"), required=False),
            _("Which course?"),
            reading.read_course,
            reading.heard_course,
            marked=True,
            called=("kurs", "course"),
        ),
        Slot(
            Field("room", Kind.LINE, _("Room"), required=False),
            _("Which room?"),
            reading.read_room,
            reading.heard_room,
            marked=True,
            called=("sal", "lokal", "rum", "room"),
        ),
    ),
    preview=_preview,
    save=_save,
    check=_check,
    known=_own_unit,
    options=_options,
    opens=_OPENS,
    latest=_latest,
    rest=reading.plain_text,
)
