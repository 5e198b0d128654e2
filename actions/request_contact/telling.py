"""What a contact request sends: to the handler when it is her turn, to the asker each state."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.reply import Button, Card, Reply
from actions.request_cards import handled, request_card
from actions.request_contact.asking import PATIENCE_DAYS, action, subject
from actions.words import Text, _, lines
from actions.working_days import working_days_after
from storage import Session
from storage.queries.alumni import alumnus_seen
from storage.queries.contacts import contact_request, handlers_for, last_note
from storage.queries.outbox import enqueue
from storage.queries.schedules import cancel_about, promise
from storage.tables import ContactRequest, Occurrence, Outbox, Schedule

_NUDGE_AT = time(9)


@action.due("contact.new", can_wait=True)
async def to_handler(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a request for the one whose turn it is, if it still waits."""
    asked = await contact_request(session, row.payload["request"])
    if asked is None or asked.state != "sent" or asked.handler_id != receiver.id:
        return None
    if asked.alumnus.protected:
        return None
    return Reply(_arrival(asked, row.payload.get("why")), (handled(asked),))


def _arrival(asked: ContactRequest, why: str | None) -> Text:
    if why == "unreached":
        return _("A contact request is now yours: I could not reach whose turn it was.")
    if asked.level:
        return _("A contact request has waited {n} working days and is now yours.", n=PATIENCE_DAYS)
    return _("A contact request is waiting for you.")


@action.due("contact.state", can_wait=True)
async def to_asker(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Render a step of a request for the one who asked."""
    asked = await contact_request(session, row.payload["request"])
    if asked is None or asked.alumnus.protected:
        return None
    note = await last_note(session, asked.id)
    state = row.payload["state"]
    buttons: tuple[Button, ...] = ()
    said = _("Reason: {note}", note=note) if state == "declined" and note else None
    if state == "declined" and asked.suggested_id is not None:
        other = await alumnus_seen(session, asked.suggested_id, receiver.viewer)
        if other is not None:
            said = lines(
                said,
                _(
                    "{handler} suggests {name} instead.",
                    handler=asked.handler.name,
                    name=other.name,
                ),
            )
            value = f"{other.id}:{asked.kind}"
            ask = _("Ask for contact with {name}", name=other.name)
            buttons = (Button(ask, "contact.ask", value, "primary"),)
    card = request_card(asked)
    return Reply(
        lines(_told(asked, state, note), said),
        (Card(card.title, None, card.facts, buttons),),
    )


def _told(asked: ContactRequest, state: str, note: str) -> Text:
    names = {"handler": asked.handler.name, "name": asked.alumnus.name}
    match state:
        case "approved":
            return _("{handler} has approved your request and will contact {name}.", **names)
        case "declined":
            return _("{handler} could not say yes to your request about {name}.", **names)
        case "contacted":
            return _("{handler} has been in touch with {name}.", **names)
        case "answered" if note == "yes":
            return _("{name} said yes. {handler} will tell you the next step.", **names)
    return _("{name} said no this time.", name=asked.alumnus.name)


@action.fired("contact.nudge")
async def move_on(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    """Pass an unanswered request to the deputy, then to the central unit."""
    asked = await contact_request(session, schedule.payload["request"])
    if asked is not None and asked.state == "sent":
        await _pass_on(asked, occurrence.due_utc, schedule.zone, "waited", session)


@action.undelivered("contact.new")
async def unreached(row: Outbox, now: datetime, session: Session) -> None:
    """Pass a request on at once whose handler cannot be reached."""
    asked = await contact_request(session, row.payload["request"])
    if asked is None or asked.state != "sent" or asked.handler_id != row.person_id:
        return
    await cancel_about(session, subject(asked))
    await _pass_on(asked, now, asked.handler.zone, "unreached", session)


async def _pass_on(
    asked: ContactRequest, now: datetime, zone: str, why: str, session: Session
) -> None:
    day = now.astimezone(ZoneInfo(zone)).date()
    chain = await handlers_for(session, asked.unit_id, day)
    asked.level += 1
    if asked.level >= len(chain):
        return
    asked.handler_id = chain[asked.level].id
    await enqueue(
        session,
        person_id=asked.handler_id,
        kind="contact.new",
        payload={"request": asked.id, "why": why},
        cause="request",
        dedupe_key=f"contact.new:{asked.id}:{asked.level}",
        due=now,
    )
    await promise(
        session,
        kind="contact.nudge",
        owner_id=asked.handler_id,
        payload={"request": asked.id},
        dtstart=datetime.combine(working_days_after(day, PATIENCE_DAYS), _NUDGE_AT),
        zone=zone,
        now=now,
        subject=subject(asked),
    )
