"""The sender's side after the sending; each step is a button that looks at the rights anew."""

import re
from collections.abc import Awaitable, Callable

from actions.access import COORDINATORS
from actions.action import Action
from actions.announcement_words import by_state, local, report
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
_Step = Callable[[Announcement, Request, Session], Awaitable[Reply]]


@action.asked
async def ask(request: Request, session: Session) -> Reply:
    """Answer about the newest announcement of hers; what it changes waits for its button."""
    sender = (
        None if request.actor.central and _MINE.search(request.text) is None else (request.actor.id)
    )
    found = await announcements_of(session, request.actor.id) or await announcements_of(
        session, sender if request.actor.central else request.actor.id
    )
    if not found:
        return Reply(_("You have sent no announcement yet."))
    if _MINE.search(request.text):
        return _listed(found, request)
    newest = found[0]
    if (said := _CORRECT.search(request.text)) is not None:
        return _correction(newest, said.group(1).strip())
    shown = await report(newest, request.actor, session)
    names = by_state(await receipts(session, newest.id)) if _NAMES.search(request.text) else ()
    return Reply(shown.text, (*shown.elements, *names))


def _listed(found: list[Announcement], request: Request) -> Reply:
    cards = tuple(
        Card(
            _("Message of {day}", day=local(a.due_utc, request.actor).date()),
            facts=(Fact(_("Text"), plain(a.text(request.locale)[:80])),),
            buttons=(Button(_("How it went"), "announcement.report", str(a.id)),),
        )
        for a in found
    )
    return Reply(_("Your announcements, the newest first:"), cards)


def _correction(announcement: Announcement, text: str = "") -> Reply:
    fields = [
        Field(name, Kind.PARAGRAPH, label, required=False, value=value)
        for name, label, value in (
            ("text_sv", _("Swedish text"), announcement.text_sv or ""),
            ("text_en", _("English text"), announcement.text_en or ""),
        )
        if value
    ]
    if text:
        first = fields[0]
        fields[0] = Field(first.name, first.kind, first.label, required=False, value=text)
    form = Form("announcement.corrected", _("Correct"), tuple(fields), str(announcement.id))
    return Reply(_("Every sent copy is changed in its place and says so."), (form,))


async def _hers(request: Request, session: Session, step: _Step) -> Reply:
    found = await announcement_by_id(session, row_id(request.value), lock=True)
    if found is None or not (request.actor.central or found.sender_id == request.actor.id):
        return Reply(_("I can't find that announcement among yours."))
    return await step(found, request, session)


async def _standing(request: Request, session: Session, step: _Step) -> Reply:
    async def if_it_stands(found: Announcement, request: Request, session: Session) -> Reply:
        if found.state != "sent":
            return await report(found, request.actor, session)
        return await step(found, request, session)

    return await _hers(request, session, if_it_stands)


@action.pressed("announcement.report")
async def show(request: Request, session: Session) -> Reply:
    """Show how it stands now."""

    async def shown(found: Announcement, request: Request, session: Session) -> Reply:
        return await report(found, request.actor, session)

    return await _hers(request, session, shown)


@action.pressed("announcement.names")
async def names(request: Request, session: Session) -> Reply:
    """Name every receiver by the state of her copy."""

    async def shown(found: Announcement, _request: Request, session: Session) -> Reply:
        return Reply(_("All receivers:"), by_state(await receipts(session, found.id)))

    return await _hers(request, session, shown)


@action.pressed("announcement.remind")
async def remind(request: Request, session: Session) -> Reply:
    """Remind those who have a copy and have not read it."""

    async def done(found: Announcement, request: Request, session: Session) -> Reply:
        n = await remind_unread(session, found.id, request.now, request.local_now.date())
        head = ngettext("{n} person is reminded.", "{n} persons are reminded.", n)
        return await report(found, request.actor, session, head)

    return await _standing(request, session, done)


@action.pressed("announcement.resend")
async def resend(request: Request, session: Session) -> Reply:
    """Send again to those whom it did not reach, and to nobody else."""

    async def done(found: Announcement, request: Request, session: Session) -> Reply:
        n = await resend_failed(session, found.id, request.now)
        head = ngettext("It is sent again to {n} person.", "It is sent again to {n} persons.", n)
        return await report(found, request.actor, session, head)

    return await _standing(request, session, done)


@action.pressed("announcement.correct")
async def correct(request: Request, session: Session) -> Reply:
    """Open the text for a correction."""

    async def asked(found: Announcement, _request: Request, _session: Session) -> Reply:
        return _correction(found)

    return await _standing(request, session, asked)


@action.submitted("announcement.corrected")
async def corrected(request: Request, session: Session) -> Reply:
    """Change the text; what is sent is edited, what waits is rendered with the new one."""

    async def done(found: Announcement, request: Request, session: Session) -> Reply:
        given = request.submission
        found.text_sv = given.get("text_sv", "").strip() or found.text_sv
        found.text_en = given.get("text_en", "").strip() or found.text_en
        found.corrected_at = request.now
        return await _edited(found, request, session, _("Corrected."))

    return await _standing(request, session, done)


@action.pressed("announcement.recall")
async def recall(request: Request, session: Session) -> Reply:
    """Take it back: what waits is not sent, what is sent is replaced."""

    async def done(found: Announcement, request: Request, session: Session) -> Reply:
        found.state, found.recalled_by_id = "recalled", request.actor.id
        await _withdraw(found, request, session)
        await session.flush()
        await session.refresh(found)
        return await _edited(found, request, session, None)

    return await _standing(request, session, done)


@action.pressed("announcement.cancel")
async def cancel(request: Request, session: Session) -> Reply:
    """Cancel one that has reached nobody; a copy on its way is replaced as at a recall."""

    async def done(found: Announcement, request: Request, session: Session) -> Reply:
        reached = [r for r in await receipts(session, found.id) if r.state in _REACHED or r.leased]
        if reached:
            return await recall(request, session)
        found.state = "cancelled"
        await _withdraw(found, request, session)
        return await report(found, request.actor, session)

    return await _standing(request, session, done)


_REACHED = frozenset({"read", "delivered"})


async def _withdraw(found: Announcement, request: Request, session: Session) -> None:
    await withdraw_waiting(session, found.id, request.now)
    await cancel_about(session, f"announcement:{found.id}")


async def _edited(
    found: Announcement, request: Request, session: Session, head: Text | None
) -> Reply:
    await session.flush()
    await edit_copies(session, found, request.now)
    return await report(found, request.actor, session, head)
