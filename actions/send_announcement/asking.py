"""The sender's side: the draft, whom it reaches, the confirmation that promises every copy."""

import re
import secrets
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS
from actions.action import Action
from actions.announcement_words import NAMED, copy, named
from actions.drafting import DraftForm, Filled, Slot, Unread, begin
from actions.reply import Button, Card, Element, Fact, Field, Kind, Reply
from actions.request import Request
from actions.send_announcement import reading
from actions.send_announcement.checking import hints
from actions.words import Listed, Text, _, lines, ngettext, plain
from actions.working_days import working_days_after
from storage import Session
from storage.queries.announcements import announce, audience_of, without_account
from storage.queries.drafts import open_drafts
from storage.queries.outbox import enqueue
from storage.queries.schedules import promise
from storage.tables import Announcement, AnnouncementReceiver, Person

action = Action(
    "send_announcement",
    for_=COORDINATORS,
    title=_("Send an announcement"),
    example=_("Send to all coordinators: the new invitation templates are on the staff pages"),
)
_OPENS = re.compile(
    r"^(?:nytt utskick|skicka till (?:alla|samtliga|koordinator)|meddela (?:alla|nätverket)|"
    r"new announcement|send to (?:all|every))",
    re.IGNORECASE,
)
_AT = time(9)


async def _people(request: Request, session: Session, filled: Filled) -> list[Person]:
    if filled.get("audience") is None:
        return []
    within = None if request.actor.central else request.actor.unit_ids
    day = request.local_now.date()
    found = await audience_of(session, filled["audience"], day, within)
    return [person for person in found if person.id != request.actor.id]


def _moment(request: Request, filled: Filled) -> datetime:
    if not filled.get("when"):
        return request.now
    at = datetime.fromisoformat(filled["when"])
    return max(request.now, at.replace(tzinfo=ZoneInfo(request.actor.zone)))


async def _preview(request: Request, session: Session, filled: Filled) -> Card:
    people = await _people(request, session, filled)
    facts = []
    if filled.get("audience") is not None:
        count = ngettext("{n} person", "{n} persons", len(people))
        names = named([person.name for person in people])
        facts.append(Fact(_("Goes to"), lines(count, names, by=": ") if people else count))
        if unseen := await without_account(session, people):
            label = _("Not seen in chat yet")
            facts.append(Fact(label, plain(Listed(tuple(p.name for p in unseen)))))
    facts += [
        Fact(label, plain(filled[name]))
        for name, label in (("text", _("Text")), ("text_en", _("English text")))
        if filled.get(name)
    ]
    at = datetime.fromisoformat(filled["when"]) if filled.get("when") else None
    facts.append(Fact(_("When"), plain(at) if at else _("at once")))
    facts.append(Fact(_("Sender"), plain(request.actor.name)))
    facts.append(Fact(_("Contact"), plain(filled.get("contact") or request.actor.name)))
    if filled.get("valid_to"):
        facts.append(Fact(_("Valid to"), plain(date.fromisoformat(filled["valid_to"]))))
    if filled.get("remind"):
        days = ngettext("after {n} working day", "after {n} working days", filled["remind"])
        facts.append(Fact(_("The unread are reminded"), days))
    if filled.get("text") and (found := hints(filled)):
        facts.append(Fact(_("To look at"), plain(Listed(tuple(found)))))
    return Card(_("Announcement"), facts=tuple(facts), buttons=_looks(filled, len(people)))


def _looks(filled: Filled, n: int) -> tuple[Button, ...]:
    """Return the buttons that show more of a draft without changing it."""
    key = str(filled.get("key") or "")
    names = Button(_("All names"), "announcement.audience", key)
    copy_ = Button(_("As it is received"), "announcement.look", key)
    return (
        *((names,) if n > NAMED and key else ()),
        *((copy_,) if filled.get("text") and key else ()),
    )


async def _draft(request: Request, session: Session) -> Filled | None:
    mine = await open_drafts(session, request.actor.id, request.now)
    return next((d.filled for d in mine if d.filled.get("key") == request.value != ""), None)


@action.pressed("announcement.audience")
async def all_names(request: Request, session: Session) -> Reply:
    """Name everybody whom the draft reaches today."""
    filled = await _draft(request, session)
    if filled is None:
        return Reply(_("That draft is gone: it was saved, discarded or more than a day old."))
    people = await _people(request, session, filled)
    count = ngettext("{n} person", "{n} persons", len(people))
    return Reply(lines(count, named([p.name for p in people], None), by=": "))


@action.pressed("announcement.look")
async def look(request: Request, session: Session) -> Reply:
    """Show the copy as its receivers will see it, in each language it has; nothing to press."""
    filled = await _draft(request, session)
    if filled is None or not filled.get("text"):
        return Reply(_("That draft is gone: it was saved, discarded or more than a day old."))
    sender = await session.get_one(Person, request.actor.id)
    shown: list[Element] = []
    for text in (filled["text"], filled.get("text_en")):
        if text:
            finished = Announcement(
                sender=sender,
                state="sent",
                text_sv=text,
                contact=filled.get("contact"),
                valid_to=_day(filled.get("valid_to")),
            )
            hers = AnnouncementReceiver()
            reply = copy(finished, hers, request.actor, request.locale)
            cards = (replace(e, buttons=()) for e in reply.elements if isinstance(e, Card))
            shown += [reply.text, *cards]
    return Reply(_("So it is received, with the button “Read” below:"), tuple(shown))


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


async def _check(request: Request, session: Session, filled: Filled) -> Unread | None:
    if filled.get("audience") is None:
        return None
    trouble = await reading.beyond(request, session, filled["audience"])
    if trouble is not None:
        return trouble
    late = filled.get("valid_to") and filled.get("when")
    if late and filled["valid_to"] < filled["when"][:10]:
        return Unread(_("It would be sent after its last day. When instead?"))
    if not await _people(request, session, filled):
        return Unread(_("Nobody is in that audience. Who shall have it?"))
    return None


async def _save(request: Request, session: Session, filled: Filled) -> Reply:
    trouble = await _check(request, session, filled)
    people = await _people(request, session, filled)
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
        valid_to=_day(filled.get("valid_to")),
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
    if filled.get("remind"):
        local = due.astimezone(ZoneInfo(request.actor.zone)).date()
        day = working_days_after(local, filled["remind"])
        await promise(
            session,
            kind="announcement.unread",
            owner_id=request.actor.id,
            payload={"announcement": number},
            dtstart=datetime.combine(day, _AT),
            zone=request.actor.zone,
            now=request.now,
            subject=f"announcement:{number}",
        )


def _told(n: int, filled: Filled) -> Reply:
    if filled.get("when"):
        at = datetime.fromisoformat(filled["when"])
        return Reply(
            ngettext("It goes to {n} person {at}.", "It goes to {n} persons {at}.", n, at=at)
        )
    return Reply(
        ngettext(
            "It is on its way to {n} person. I show here how it goes.",
            "It is on its way to {n} persons. I show here how it goes.",
            n,
        )
    )


@action.asked
async def ask(request: Request, session: Session) -> Reply:
    """Begin an announcement with what the message says."""
    return await begin(form, request, session)


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
            reading.read_audience,
            reading.heard_audience,
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
            called=("text", "meddelande", "message"),
        ),
        Slot(
            _field("text_en", Kind.PARAGRAPH, _("English text")),
            _("What shall it say in English?"),
            reading.read_english,
            prose=True,
            orders=True,
            called=("engelsk", "english"),
        ),
        Slot(
            _field("when", Kind.LINE, _("When")),
            _("When shall it be sent?"),
            reading.read_when,
            reading.heard_when,
            called=("skickas", "tid", "when"),
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
        ),
    ),
    preview=_preview,
    save=_save,
    check=_check,
    opens=_OPENS,
    shown_first=True,  # whom it reaches is counted and named before it leaves
)
