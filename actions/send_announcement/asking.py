"""The sender's side: the draft, whom it reaches, the confirmation that promises every copy."""

import re
import secrets
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS
from actions.action import Action
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.grounding import OWN_UNIT
from actions.moments import typed
from actions.reply import Field, Kind, Reply
from actions.request import Request
from actions.send_announcement import audience, reading
from actions.send_announcement.previewing import (
    day_of,
    gone_names,
    people_of,
    preview,
    reach_of,
)
from actions.words import Text, _, ngettext
from actions.working_days import working_days_after
from storage import Session
from storage.queries.announcements import announce
from storage.queries.outbox import enqueue
from storage.queries.schedules import promise

action = Action(
    "send_announcement",
    for_=COORDINATORS,
    title=_("Send an announcement"),
    example=_("Send to all coordinators: the new invitation templates are on the staff pages"),
)
# "skicka till min enhet: …", whatever its text may be about.
_TO_MINE = re.compile(
    r"^\W*(?:(?:hej|hi|hello|snälla|please|kan du|can you|could you)[\s,!]+)*"
    r"(?:skicka|skriv|meddela|informera|send|write|tell|inform)\b[^:]{0,60}?"
    rf"{OWN_UNIT.pattern}[^:]{{0,20}}:",
    re.IGNORECASE,
)
_AT = time(9)
_NOW = re.compile(r"\b(?:nu|genast|direkt|now|at once|immediately)\b", re.IGNORECASE)


def _moment(request: Request, filled: Filled) -> datetime:
    if not filled.get("when"):
        return request.now
    at = datetime.fromisoformat(filled["when"])
    return max(request.now, at.replace(tzinfo=ZoneInfo(request.actor.zone)))


async def _check(request: Request, session: Session, filled: Filled) -> Unread | None:
    if filled.get("audience") is None:
        return None
    trouble = await audience.beyond(request, session, filled["audience"])
    if trouble is not None:
        return trouble
    late = filled.get("valid_to") and filled.get("when")
    if late and filled["valid_to"] < filled["when"][:10]:
        return Unread(_("It would be sent after its last day. When instead?"))
    if not await people_of(request, session, filled):
        gone = (await reach_of(request, session, filled)).gone
        if not gone:
            return Unread(_("Nobody is in that audience. Who shall have it?"))
        names = gone_names(gone, request.local_now.date())
        return Unread(_("Nobody is left there: {names}. Who shall have it?", names=names))
    return None


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    if _NOW.search(request.text):  # "skicka nu" is a yes to another time than the draft's
        filled = {**filled, "when": None}
    trouble = await _check(request, session, filled)
    people = await people_of(request, session, filled)
    if trouble is not None or not people:
        return Reply(trouble.message if trouble else _("Nobody is in that audience."))
    due = _moment(request, filled)
    both = bool(filled.get("text_en"))
    swedish = both or request.locale == "sv"
    number = await announce(
        session,
        people,
        key=filled.get("key") or secrets.token_hex(16),
        sender_id=request.actor.id,
        text_sv=filled["text"] if swedish else None,
        text_en=filled.get("text_en") if swedish else filled["text"],
        audience=filled["audience"],
        due_utc=due,
        valid_to=day_of(filled.get("valid_to")),
        contact=filled.get("contact"),
        remind_after_days=filled.get("remind"),
        created_at=request.now,
    )
    if number is None:
        return Reply(_("It is sent already."))
    await _promised(request, session, filled, number, due)
    return _told(len(people), filled)


async def _promised(
    request: Request, session: Session, filled: Filled, number: int, due: datetime
) -> None:
    await enqueue(
        session,
        person_id=request.actor.id,
        kind="announcement.progress",
        payload={"announcement": number, "step": 0},
        cause="request",
        dedupe_key=f"announcement.progress:{number}:0",
        due=due + timedelta(seconds=2),
    )
    if filled.get("when"):
        start = datetime.fromisoformat(filled["when"])
        await _later(request, session, number, "announcement.starts", start)
    if filled.get("remind"):
        local = due.astimezone(ZoneInfo(request.actor.zone)).date()
        day = working_days_after(local, filled["remind"])
        unread = datetime.combine(day, _AT)
        await _later(request, session, number, "announcement.unread", unread)


async def _later(request: Request, session: Session, number: int, kind: str, at: datetime) -> None:
    await promise(
        session,
        kind=kind,
        owner_id=request.actor.id,
        payload={"announcement": number},
        dtstart=at,
        zone=request.actor.zone,
        now=request.now,
        subject=f"announcement:{number}",
    )


def _told(n: int, filled: Filled) -> Reply:
    if filled.get("when"):
        at = datetime.fromisoformat(filled["when"])
        return Reply(
            ngettext("It goes to {n} person on {at}.", "It goes to {n} people on {at}.", n, at=at)
        )
    return Reply(
        ngettext(
            "It is on its way to {n} person. You can follow it here.",
            "It is on its way to {n} people. You can follow it here.",
            n,
        )
    )


def _field(name: str, kind: Kind, label: Text, *, required: bool = False) -> Field:
    return Field(name, kind, label, required=required)


form = action.form = DraftForm(
    action=action.name,
    submit="announcement.save",
    save_label=_("Send"),
    title=_("Send an announcement"),
    known=lambda _request: {"key": secrets.token_hex(16)},
    slots=(
        Slot(
            _field("audience", Kind.LINE, _("To whom"), required=True),
            _("To whom? For example “all coordinators”, a faculty, “at least 20 %” or names."),
            audience.read_audience,
            audience.heard_audience,
            show=lambda filled: str(filled.get("audience_said") or ""),
            prose=True,
            called=("mottagare", "receiver", "audience", "till vem"),
            also=("audience_said",),
        ),
        Slot(
            _field("text", Kind.PARAGRAPH, _("Text"), required=True),
            _("What shall it say?"),
            reading.read_text,
            reading.heard_text,
            prose=True,
            orders=True,
            verbatim=True,
            called=("text", "meddelande", "message"),
        ),
        Slot(
            _field("text_en", Kind.PARAGRAPH, _("English text")),
            _("What shall it say in English?"),
            reading.read_english,
            prose=True,
            orders=True,
            verbatim=True,
            called=("engelsk text", "engelska text", "english text", "engelsk", "english"),
        ),
        Slot(
            _field("when", Kind.LINE, _("When (leave empty to send at once)")),
            _("When shall it be sent?"),
            reading.read_when,
            reading.heard_when,
            called=("skickas", "tid", "when"),
            show=lambda filled: typed(filled.get("when") or ""),
            said=reading.SAID_WHEN,
        ),
        Slot(
            _field("valid_to", Kind.DATE, _("Valid to")),
            _("Until which day is it valid?"),
            reading.read_valid,
            called=("gäller", "valid"),
        ),
        Slot(
            _field("contact", Kind.LINE, _("Contact")),
            _("Whom can they ask?"),
            reading.read_contact,
            prose=True,
            called=("kontakt", "contact"),
        ),
        Slot(
            _field("remind", Kind.NUMBER, _("Remind the unread after (working days)")),
            _("After how many working days shall the unread be reminded?"),
            reading.read_remind,
            called=("påminn", "remind"),
            said=reading.SAID_REMIND,
        ),
    ),
    preview=preview,
    save=_save,
    check=_check,
    opens=reading.OPENS,
    shown_first=True,  # whom it reaches is counted and named before it leaves
)


@action.ordered(_TO_MINE)
async def to_her_own(request: Request, session: Session) -> Reply | None:
    """Begin one to her own units: its text may look like anything to the model."""
    understood = request.understanding
    if understood is None:
        return None
    meant = request.with_(understanding=replace(understood, intent=action.name))
    return await begin(form, meant, session)
