"""The steps of a draft: begun, gone on with, asked about, shown, saved."""

from collections.abc import Mapping
from dataclasses import replace

from actions.drafting.declared import UNREAD, DraftForm, Filled, Slot, Unread
from actions.drafting.hearing import Hearing, heard, note_unread
from actions.reply import Button, Card, Element, Form, Reply
from actions.request import Request, row_id
from actions.words import Named, Text, _, lines, plain
from storage import Session
from storage.queries.drafts import draft_by_id, new_draft, open_drafts, touch
from storage.tables import Draft


async def begin(
    form: DraftForm, request: Request, session: Session, known: Filled | None = None
) -> Reply:
    """Open a draft with what the message (and a pressed button) says, and take the next step."""
    draft = await new_draft(
        session, request.actor.id, form.action, request.conversation, request.now
    )
    draft.filled = {**form.known(request), **(known or {})}
    return await _taken(await heard(form, draft, request, session, fresh=True))


async def go_on(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Read a message against a draft: an answer, a correction, or more of it."""
    hearing = await heard(form, draft, request, session, fresh=False)
    if not hearing.taken and hearing.trouble is None and draft.awaiting == "confirm":
        return await _step(form, draft, request, session, None, _NOTHING_NEW)
    return await _taken(hearing)


async def choose(
    form: DraftForm, draft: Draft, request: Request, session: Session, name: str, raw: str
) -> Reply:
    """Take a value that a button offered."""
    slot = form.slot(name)
    filled = dict(draft.filled)
    unread = await slot.read(raw, request, session, filled) if slot else None
    if slot and not unread:
        note_unread(filled, slot, None)
    draft.filled = filled
    return await _step(form, draft, request, session, (slot, unread) if slot and unread else None)


async def confirm(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Save a complete draft and drop it; an incomplete one asks on."""
    if form.missing(draft.filled) or UNREAD in draft.filled:
        return await _step(form, draft, request, session, None)
    filled = {key: value for key, value in draft.filled.items() if key != UNREAD}
    await session.delete(draft)
    await session.flush()
    return await form.save(request, session, filled)


async def submit(form: DraftForm, request: Request, session: Session) -> Reply:
    """Take a filled form: save it or show it first, or show it again with its errors."""
    draft = await _draft_of(form, request, session)
    filled, errors = {k: v for k, v in draft.filled.items() if k != UNREAD}, {}
    for slot in form.slots:
        raw = request.submission.get(slot.name)
        if raw is None:
            continue
        if raw.strip():
            unread = await slot.read(raw, request, session, filled)
            if unread:
                errors[slot.name] = unread.message
        elif slot.field.required:
            filled.pop(slot.name, None)
        else:
            filled[slot.name] = None
    errors |= {name: _("Fill this in.") for name in form.missing(filled) if name not in errors}
    draft.filled = filled
    if errors:
        await touch(session, draft, request.now)
        draft.awaiting = next(iter(errors))
        shown = await opened(form, draft, request, session, errors)
        return Reply(_("Some of it needs another look."), (shown,))
    if form.check and (unread := await form.check(request, session, filled)):
        return await _step(form, draft, request, session, (form.slots[0], unread))
    if form.shown_first:
        return await _step(form, draft, request, session, None)
    return await confirm(form, draft, request, session)


async def opened(
    form: DraftForm,
    draft: Draft,
    request: Request,
    session: Session,
    errors: Mapping[str, Text] | None = None,
) -> Form:
    """Return the form with the draft's values, the database's choices and any errors."""
    options = await form.options(session, request) if form.options else {}
    fields = tuple(
        replace(
            slot.field,
            value=slot.shown(draft.filled),
            options=options.get(slot.name, slot.field.options),
            error=(errors or {}).get(slot.name),
        )
        for slot in form.slots
    )
    return Form(form.submit, form.title, fields, value=str(draft.id))


async def ask_whether(draft: Draft, slot: Slot, request: Request, action: str, new: Text) -> Reply:
    """Ask whether a message is the free text that was awaited, or something new.

    action, new: the capability that it would be for instead, by its name and its title.
    """
    question = _(
        "Is that the answer I am waiting for ({field}), or something new?", field=slot.field.label
    )
    value = f"{draft.id}:{slot.name}:{request.text}"
    answer = Button(_("Yes, that is the answer"), "draft.choose", value)
    other = _("No, something new: {title}", title=new)
    return Reply(question, (answer, Button(other, f"intent.{action}", request.text)))


async def resume(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Show where a draft stands."""
    return await _step(form, draft, request, session, None)


async def _draft_of(form: DraftForm, request: Request, session: Session) -> Draft:
    if request.value:
        number = row_id(request.value)
        found = await draft_by_id(session, request.actor.id, number, request.now)
    else:
        live = await open_drafts(session, request.actor.id, request.now)
        found = next((draft for draft in live if draft.action == form.action), None)
    if found is None:
        found = await new_draft(
            session, request.actor.id, form.action, request.conversation, request.now
        )
        found.filled = form.known(request)
    return found


async def _taken(hearing: Hearing) -> Reply:
    draft = hearing.draft
    draft.filled = hearing.filled
    return await _step(hearing.form, draft, hearing.request, hearing.session, hearing.trouble)


async def _step(
    form: DraftForm,
    draft: Draft,
    request: Request,
    session: Session,
    trouble: tuple[Slot, Unread] | None,
    note: Text | None = None,
) -> Reply:
    await touch(session, draft, request.now)
    trouble = _asked_now(form, draft, request, trouble) or await _still_unread(
        form, draft, request, session
    )
    missing = form.missing(draft.filled)
    if trouble is None and not missing and form.check:
        unread = await form.check(request, session, draft.filled)
        trouble = (form.slots[0], unread) if unread else None
    if trouble:
        slot, unread = trouble
        draft.awaiting = slot.name
        return await _ask(form, draft, request, session, unread.message, slot, unread.choices)
    if missing:
        slot = form.slot(missing[0]) or form.slots[0]
        draft.awaiting = slot.name
        again = _offered_before(draft, slot, request)
        return await _ask(form, draft, request, session, slot.question, slot, again)
    if form.at_once(request, draft.filled):
        return await confirm(form, draft, request, session)
    draft.awaiting = "confirm"
    card = await form.preview(request, session, draft.filled)
    save = Button(form.save_label, "draft.save", str(draft.id), "primary")
    return Reply(
        lines(note, _("Is this right?"), by=" "),
        (
            replace(card, buttons=(save, *card.buttons, _discard(draft))),
            await opened(form, draft, request, session),
        ),
    )


def _asked_now(
    form: DraftForm, draft: Draft, request: Request, trouble: tuple[Slot, Unread] | None
) -> tuple[Slot, Unread] | None:
    if trouble and not form.at_once(request, draft.filled):
        draft.filled = dict(draft.filled)
        note_unread(draft.filled, trouble[0], None)
    return trouble


async def _still_unread(
    form: DraftForm, draft: Draft, request: Request, session: Session
) -> tuple[Slot, Unread] | None:
    """Read again what an optional field could not take; nothing that was said goes in silence.

    It is asked for once, and again where the draft would be saved without being shown.
    """
    filled = dict(draft.filled)
    for name, raw in filled.get(UNREAD, {}).items():
        slot = form.slot(name)
        unread = await slot.read(raw, request, session, filled) if slot else None
        if slot and not (unread and form.at_once(request, filled)):
            note_unread(filled, slot, None)
        draft.filled = filled
        if slot and unread:
            return slot, unread
    return None


def _offered_before(draft: Draft, slot: Slot, request: Request) -> tuple[tuple[str, Text], ...]:
    """Return the choices that still wait while another field was told of."""
    prefix = f"{draft.id}:{slot.name}:"
    return tuple(
        (o.value.removeprefix(prefix), plain(Named(o.labels[0], o.labels[-1])))
        for o in request.offered
        if o.value.startswith(prefix)
    )


async def _ask(
    form: DraftForm,
    draft: Draft,
    request: Request,
    session: Session,
    question: Text,
    slot: Slot,
    choices: tuple[tuple[str, Text], ...],
) -> Reply:
    buttons: tuple[Element, ...] = tuple(
        Button(label, "draft.choose", f"{draft.id}:{slot.name}:{value}")
        for value, label in choices or slot.field.options
    )
    known = await _known(form, draft, request, session)
    form_element = await opened(form, draft, request, session)
    return Reply(question, (*known, *buttons, _discard(draft), form_element))


async def _known(
    form: DraftForm, draft: Draft, request: Request, session: Session
) -> tuple[Element, ...]:
    if not any(value is not None for value in draft.filled.values()):
        return ()
    card = await form.preview(request, session, draft.filled)
    return (replace(card, buttons=()),)


_NOTHING_NEW = _("I found nothing to change in that.")


def _discard(draft: Draft) -> Button:
    return Button(_("Discard"), "draft.discard", str(draft.id), "danger")


def about(reply: Reply, draft: Draft) -> bool:
    """Whether a reply shows a draft: it carries one of its buttons."""
    buttons = [e for e in reply.elements if isinstance(e, Button)]
    for element in reply.elements:
        if isinstance(element, Card):
            buttons.extend(element.buttons)
    number = str(draft.id)
    return any(b.press.startswith("draft.") and b.value.split(":", 1)[0] == number for b in buttons)


def left_behind(form: DraftForm, draft: Draft) -> tuple[Element, ...]:
    """Return what reminds of a draft while the talk is of something else."""
    return (
        _("Your draft is kept: {title}", title=form.title),
        Button(_("Go on with it"), "draft.resume", str(draft.id)),
        Button(_("Discard"), "draft.discard", str(draft.id)),
    )
