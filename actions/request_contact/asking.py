"""The asker's side: whom, what for, which purpose; then it is sent, or withdrawn."""

import re
from datetime import datetime, time

from actions.access import PERSONS
from actions.action import Action
from actions.alumnus_words import KINDS, lives, numbered, studied, works
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.people_shown import person_shown
from actions.reply import Button, Card, Fact, Field, Kind, Reply
from actions.request import Request, row_id
from actions.request_contact import reading
from actions.words import Text, _, lines, plain
from actions.working_days import working_days_after
from storage import Session
from storage.queries.alumni import (
    alumnus_seen,
    consents_of,
    requests_this_year,
)
from storage.queries.contacts import add_step, contact_request, handlers_for, latest_asked_by
from storage.queries.outbox import enqueue
from storage.queries.schedules import cancel_about, promise
from storage.tables import Alumnus, ContactRequest

action = Action(
    "request_contact",
    for_=PERSONS,
    title=_("Ask for contact"),
    example=_("I'd like to get in touch with Anna S about a mentorship"),
)

PATIENCE_DAYS = 3
_OPENS = re.compile(
    r"\b(?:i kontakt med|kontakt med|kontakta|in touch with|contact|get hold of|få tag på)\b",
    re.IGNORECASE,
)
_NUDGE_AT = time(9)


async def _preview(request: Request, session: Session, filled: Filled) -> Card:
    person = await _person(request, session, filled)
    facts = [Fact(_("What for"), KINDS[filled["kind"]])] if filled.get("kind") else []
    if filled.get("purpose"):
        facts.append(Fact(_("Purpose"), plain(filled["purpose"])))
    if person is None:
        return Card(_("Contact request"), facts=tuple(facts))
    handlers = await handlers_for(session, person.owner_unit_id, request.local_now.date())
    if handlers:
        facts.append(Fact(_("Goes to"), plain(handlers[0].name)))
    known = [fact for fact in (works(person), lives(person), studied(person)) if fact]
    return Card(plain(person.name), facts=(*known, *facts))


async def _person(request: Request, session: Session, filled: Filled) -> Alumnus | None:
    if filled.get("alumnus") is None:
        return None
    return await alumnus_seen(session, filled["alumnus"], request.actor.viewer)


async def _check(request: Request, session: Session, filled: Filled) -> Unread | None:
    person = await _person(request, session, filled)
    if person is None:
        return Unread(_("I can't pass a request to that person. Whom else?"))
    if person.paused_until is not None and person.paused_until >= request.local_now.date():
        return Unread(
            _(
                "{name} has asked for a pause until {day}. Whom else?",
                name=person.name,
                day=person.paused_until,
            )
        )
    if await requests_this_year(session, person.id, request.now) >= person.yearly_cap:
        return Unread(
            _(
                "{name} has had enough requests for the past year. Whom else?",
                name=person.name,
            )
        )
    return await _check_kind(person, session, filled)


async def _check_kind(person: Alumnus, session: Session, filled: Filled) -> Unread | None:
    given = await consents_of(session, person.id)
    kind = filled.get("kind") or "contact"
    purpose = "mentor" if kind in {"supervisor", "study_visit"} else kind
    if {purpose, "contact"} & given:
        return None
    return Unread(_("{name} has not consented to that. Whom else?", name=person.name))


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    person = await _person(request, session, filled)
    trouble = await _check(request, session, filled)
    if person is None or trouble is not None:
        return Reply(trouble.message if trouble else _("I can't pass a request to that person."))
    handlers = await handlers_for(session, person.owner_unit_id, request.local_now.date())
    asked = ContactRequest(
        asker_id=request.actor.id,
        alumnus_id=person.id,
        unit_id=person.owner_unit_id,
        handler_id=handlers[0].id,
        kind=filled.get("kind") or "contact",
        purpose=filled["purpose"],
        state="sent",
        created_at=request.now,
    )
    session.add(asked)
    await session.flush()
    add_step(session, asked, "sent", request.now, request.actor.id)
    await hand_to(session, asked, handlers[0].id, request)
    return _sent(asked, person, handlers[0].name)


async def hand_to(
    session: Session, asked: ContactRequest, handler_id: int, request: Request
) -> None:
    """Tell a handler of a request, and promise to move it on if nothing happens."""
    asked.handler_id = handler_id
    await enqueue(
        session,
        person_id=handler_id,
        kind="contact.new",
        payload={"request": asked.id},
        cause="request",
        dedupe_key=f"contact.new:{asked.id}:{asked.level}",
        due=request.now,
    )
    day = working_days_after(request.local_now.date(), PATIENCE_DAYS)
    await promise(
        session,
        kind="contact.nudge",
        owner_id=handler_id,
        payload={"request": asked.id},
        dtstart=datetime.combine(day, _NUDGE_AT),
        zone=request.actor.zone,
        now=request.now,
        subject=subject(asked),
    )


def subject(asked: ContactRequest) -> str:
    """Return the name under which a request's promises are found again."""
    return f"contact_request:{asked.id}"


def _sent(asked: ContactRequest, person: Alumnus, handler: str) -> Reply:
    text = lines(
        _(
            "Sent to {handler}, who is responsible for the contact with {name}.",
            handler=handler,
            name=person.name,
        ),
        _("I will tell you when it is decided, when contact is made and when there is an answer."),
    )
    withdraw = Button(_("Withdraw"), "contact.withdraw", str(asked.id))
    state = Fact(_("State"), _("Sent"))
    return Reply(text, (Card(plain(person.name), facts=(state,), buttons=(withdraw,)),))


@action.asked
async def ask(request: Request, session: Session) -> Reply:
    """Begin a request with what the message says, also "number 2" of the list shown last."""
    known: Filled = {}
    hit = None if request.said("person") else await person_shown(request, session)
    if hit is not None:
        person = hit.offer.alumnus
        known = {"alumnus": person.id, "name": person.name, "kind": hit.offer.kind}
    return await begin(form, request, session, known)


@action.pressed("contact.ask")
async def ask_for(request: Request, session: Session) -> Reply:
    """Begin a request for the person on a card."""
    number, _sep, kind = request.value.partition(":")
    known: Filled = {"kind": kind if kind in KINDS else "contact"}
    person = await alumnus_seen(session, row_id(number), request.actor.viewer)
    if person is not None:
        known |= {"alumnus": person.id, "name": person.name}
    return await begin(form, request, session, known)


@action.pressed("contact.withdraw")
async def withdraw(request: Request, session: Session) -> Reply:
    """Take a request back while nobody has acted on it."""
    asked = await contact_request(session, row_id(request.value))
    if asked is None or asked.asker_id != request.actor.id:
        return Reply(_("I can't find that request."))
    if asked.state != "sent":
        return Reply(_("It can no longer be withdrawn: it has already been acted on."))
    add_step(session, asked, "withdrawn", request.now, request.actor.id)
    await cancel_about(session, subject(asked))
    return Reply(_("Withdrawn. Nobody will be contacted."), updates=True)


async def _latest(request: Request, session: Session) -> Filled:
    last = await latest_asked_by(session, request.actor.id)
    return {} if last is None else {"purpose": last.purpose, "kind": last.kind}


def _options() -> tuple[tuple[str, Text], ...]:
    return tuple(KINDS.items())


form = action.form = DraftForm(
    action=action.name,
    submit="contact.save",
    save_label=_("Send"),
    title=_("Ask for contact"),
    slots=(
        Slot(
            Field("alumnus", Kind.LINE, _("Whom")),
            _("Whom do you want to get in touch with?"),
            reading.read_alumnus,
            reading.heard_alumnus,
            show=lambda filled: numbered(filled.get("name"), filled.get("alumnus")),
            marked=True,
            called=("person", "mottagare", "alumn", "recipient"),
            also=("name",),
        ),
        Slot(
            Field("purpose", Kind.PARAGRAPH, _("Purpose")),
            _("What is it about? The coordinator needs a purpose to be allowed to pass it on."),
            reading.read_purpose,
            reading.heard_purpose,
            prose=True,
            called=("syfte", "ärende", "purpose", "reason"),
            alike=frozenset({"find_mentor", "find_guest_lecturer", "register_guest_lecturer"}),
        ),
        Slot(
            Field("kind", Kind.CHOICE, _("What for"), required=False, options=_options()),
            _("What for?"),
            reading.read_kind,
            reading.heard_kind,
            marked=True,
        ),
    ),
    preview=_preview,
    save=_save,
    check=_check,
    opens=_OPENS,
    latest=_latest,
)
