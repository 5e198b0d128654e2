"""The sender's side after the sending; each step is a button that looks at the rights anew."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable

from actions.access import COORDINATORS
from actions.action import Action, Handler
from actions.announcement_words import by_state, local, report
from actions.follow_up_announcement.questions import CANCEL, asked_first, question, stopping
from actions.reply import Button, Card, Fact, Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.words import Text, _, ngettext, plain
from storage import Session
from storage.queries.announcements import (
    announcement_by_id,
    announcements_of,
    edit_copies,
    receipts,
    remind_unread,
    resend_failed,
    withdraw_waiting,
)
from storage.queries.schedules import cancel_about
from storage.tables import Announcement

action = Action(
    "follow_up_announcement",
    for_=COORDINATORS,
    title=_("Follow up an announcement"),
    example=_("Who has not read my announcement?"),
)
_MINE = re.compile(r"\b(?:mina utskick|my announcements)\b", re.IGNORECASE)
_CORRECT = re.compile(r"\b(?:rätta|correct|fix)\b[^:]*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_NAMES = re.compile(r"\b(?:vem|vilka|who|which|names|namn)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:alla utskick|all announcements)\b", re.IGNORECASE)
_UNSAID = re.compile(
    r"utskick|announce|meddel|message|l[äa]s|read|p[åa]min|remind|återkalla|recall|skick|sen[dt]|"
    r"visa|show|have|har|inte|alla|with|about|från|that|this",
    re.IGNORECASE,
)
_FAR_BACK = 50
_ORDER = re.compile(
    r"^\s*(?:(?:visa|show)(?: mig| me)? )?(?:mina utskick|alla utskick|my announcements|"
    r"all announcements)\W*$|^\s*(?:rätta|correct):",
    re.IGNORECASE,
)
Step = Callable[[Announcement, Request, Session], Awaitable[Reply]]


@action.asked
async def ask(request: Request, session: Session) -> Reply:
    """Answer about the one that is named, else the newest; what it changes waits for its button."""
    own = await announcements_of(session, request.actor.id, _FAR_BACK)
    every = await announcements_of(session, None, _FAR_BACK) if request.actor.central else own
    if not every:
        return Reply(_("You have sent no announcement yet."))
    if _EVERY.search(request.text):
        return _listed(every[:10], request)
    if _MINE.search(request.text):
        return _listed(own[:10], request) if own else Reply(_("You have sent no announcement yet."))
    meant = _meant(request, own, every)
    if meant.state == "sent" and (said := _CORRECT.search(request.text)) is not None:
        return _correction(meant, said.group(1).strip(), request.locale)
    rows = await receipts(session, meant.id)
    if meant.state == "sent" and (confirm := asked_first(meant, request, rows)) is not None:
        return confirm
    shown = await report(meant, request.actor, session)
    names = by_state(rows) if _NAMES.search(request.text) else ()
    return Reply(shown.text, (*shown.elements, *names))


@action.ordered(_ORDER)
async def order(request: Request, session: Session) -> Reply | None:
    """Answer what is said in so many words; a correction only where she has sent something."""
    if _CORRECT.search(request.text) and not await announcements_of(session, request.actor.id, 1):
        return None
    return await ask(request, session)


def _meant(request: Request, own: list[Announcement], every: list[Announcement]) -> Announcement:
    """Return the one whose words were said; her own before others', the newest first.

    How it went is asked of what has been sent; only a change may be of one that waits.
    """
    said = request.text
    words = {w for w in re.findall(r"[^\W_]{4,}", said.lower()) if not _UNSAID.match(w)}
    changes = CANCEL.search(said) or _CORRECT.search(said)

    def alike(one: Announcement) -> tuple[int, bool]:
        text = f"{one.text_sv or ''} {one.text_en or ''} {one.sender.name}".lower()
        return sum(word in text for word in words), bool(changes) or one.due_utc <= request.now

    return max((*own, *every), key=alike)


def _listed(found: list[Announcement], request: Request) -> Reply:
    cards = tuple(
        Card(
            _("Announcement of {day}", day=local(a.due_utc, request.actor).date()),
            facts=(Fact(_("Text"), plain(a.text(request.locale)[:80])),),
            buttons=(Button(_("Show how it goes"), "announcement.report", str(a.id)),),
        )
        for a in found
    )
    return Reply(_("Your announcements, the newest first:"), cards)


def _correction(announcement: Announcement, text: str = "", locale: str = "sv") -> Reply:
    """Return the form of a correction; text, in this language, stands in the place of its old."""
    both = {"sv": announcement.text_sv, "en": announcement.text_en}
    texts = {language: value for language, value in both.items() if value}
    if text:
        texts[locale if locale in texts else next(iter(texts))] = text
    labels = {"sv": _("Swedish text"), "en": _("English text")}
    fields = tuple(
        Field(f"text_{language}", Kind.PARAGRAPH, labels[language], required=False, value=value)
        for language, value in texts.items()
    )
    form = Form("announcement.corrected", _("Correct"), fields, str(announcement.id))
    return Reply(_("Every sent copy is changed in its place and says so."), (form,))


def hers(step: Step) -> Handler:
    """Return the handler of a step with an announcement of her own, or any for the central."""

    async def taken(request: Request, session: Session) -> Reply:
        found = await announcement_by_id(session, row_id(request.value), lock=True)
        if found is None or not (request.actor.central or found.sender_id == request.actor.id):
            return Reply(_("I can't find that announcement among yours."))
        return await step(found, request, session)

    return taken


def _standing(step: Step) -> Handler:
    """Return the handler of a step that only an announcement which stands can take."""

    @hers
    async def taken(found: Announcement, request: Request, session: Session) -> Reply:
        if found.state != "sent":
            return await report(found, request.actor, session)
        return await step(found, request, session)

    return taken


@action.pressed("announcement.report")
@hers
async def show(found: Announcement, request: Request, session: Session) -> Reply:
    """Show how it stands now."""
    return await report(found, request.actor, session)


@action.pressed("announcement.remind")
@_standing
async def remind(found: Announcement, request: Request, session: Session) -> Reply:
    """Remind those who have a copy and have not read it."""
    n = await remind_unread(
        session, found.id, request.now, request.local_now.date(), request.actor.id
    )
    head = ngettext("{n} person is reminded.", "{n} people are reminded.", n)
    return await report(found, request.actor, session, head)


@action.pressed("announcement.resend")
@_standing
async def resend(found: Announcement, request: Request, session: Session) -> Reply:
    """Send again to those whom it did not reach, and to nobody else."""
    n = await resend_failed(session, found.id, request.now, request.actor.id)
    head = ngettext("It is sent again to {n} person.", "It is sent again to {n} people.", n)
    return await report(found, request.actor, session, head)


@action.pressed("announcement.correct")
@_standing
async def correct(found: Announcement, _request: Request, _session: Session) -> Reply:
    """Open the text for a correction."""
    return _correction(found)


@action.submitted("announcement.corrected")
@_standing
async def corrected(found: Announcement, request: Request, session: Session) -> Reply:
    """Change the text; what is sent is edited, what waits is rendered with the new one."""
    given, before = request.submission, (found.text_sv, found.text_en)
    found.text_sv = given.get("text_sv", "").strip() or found.text_sv
    found.text_en = given.get("text_en", "").strip() or found.text_en
    if (found.text_sv, found.text_en) == before:
        same = _("Nothing was changed: it is that already.")
        return await report(found, request.actor, session, same)
    found.corrected_at = request.now
    return await _edited(found, request, session, _("Corrected."))


@action.pressed("announcement.stop")
@_standing
async def stop(found: Announcement, request: Request, session: Session) -> Reply:
    """Ask once more before it is taken from everybody."""
    count = Counter(row.state for row in await receipts(session, found.id))
    return question(found, request, stopping(count))


@action.pressed("announcement.recall")
@_standing
async def recall(found: Announcement, request: Request, session: Session) -> Reply:
    """Take it back: what waits is not sent, what is sent is replaced."""
    return await _recalled(found, request, session)


@action.pressed("announcement.cancel")
@_standing
async def cancel(found: Announcement, request: Request, session: Session) -> Reply:
    """Cancel one that has reached nobody; a copy on its way is replaced as at a recall."""
    if any(r.state in _REACHED or r.leased for r in await receipts(session, found.id)):
        return await _recalled(found, request, session)
    found.state = "cancelled"
    await _withdraw(found, request, session)
    return await report(found, request.actor, session)


_REACHED = frozenset({"read", "delivered"})


async def _recalled(found: Announcement, request: Request, session: Session) -> Reply:
    found.state, found.recalled_by_id = "recalled", request.actor.id
    await _withdraw(found, request, session)
    await session.flush()
    await session.refresh(found)
    return await _edited(found, request, session, None)


async def _withdraw(found: Announcement, request: Request, session: Session) -> None:
    await withdraw_waiting(session, found.id, request.now)
    await cancel_about(session, f"announcement:{found.id}")


async def _edited(
    found: Announcement, request: Request, session: Session, head: Text | None
) -> Reply:
    await session.flush()
    await edit_copies(session, found, request.now)
    return await report(found, request.actor, session, head)
