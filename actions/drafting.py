"""Form-like actions: what is known so far, what to ask for next, the preview, the save.

One draft is filled from one message or from ten, from a form or from buttons, in any order.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.reply import Button, Card, Element, Field, Form, Reply
from actions.request import Request, row_id
from actions.words import Text, _
from storage import Session
from storage.queries.drafts import draft_by_id, new_draft, open_drafts, touch
from storage.tables import Draft

Filled = dict[str, Any]
_SAVE = _("Save")


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a value could not be taken, in words that say what to do; choices become buttons."""

    message: Text
    choices: tuple[tuple[str, Text], ...] = ()


Reader = Callable[[str, Request, Session, Filled], Awaitable[Unread | None]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a draft.

    question: asks for it in chat. read: writes a raw value (typed, chosen or from a form) into
    `filled` in its normal form. heard: the part of a free message that belongs here, or None.
    show: the normal form as the form's opening value.
    """

    field: Field
    question: Text
    read: Reader
    heard: Callable[[Request], str | None] = lambda _request: None
    show: Callable[[Filled], str] | None = None

    @property
    def name(self) -> str:
        """The field's name, also the key in `filled` and the awaited answer."""
        return self.field.name


Preview = Callable[[Request, Session, Filled], Awaitable[Card]]
Save = Callable[[Request, Session, Filled], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class DraftForm:
    """What a form-like action declares.

    submit: the published id of its form. known: what is taken for granted until somebody says
    otherwise (her own unit). at_once: whether this draft needs no confirmation.
    preview: the card of what is known, complete or not. save: writes it and answers.
    check: looks at the whole before the preview (a clash, a full mentor); None = fine.
    options: fills in the choices that come from the database when the form is opened.
    """

    action: str
    submit: str
    title: Text
    slots: tuple[Slot, ...]
    preview: Preview
    save: Save
    save_label: Text = _SAVE
    known: Callable[[Request], Filled] = lambda _request: {}
    at_once: Callable[[Request, Filled], bool] = lambda _request, _filled: False
    check: Callable[[Request, Session, Filled], Awaitable[Unread | None]] | None = None
    options: Callable[[Session, Request], Awaitable[Mapping[str, Any]]] | None = None

    def slot(self, name: str | None) -> Slot | None:
        """Return the slot of this name."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def missing(self, filled: Filled) -> list[str]:
        """Return the names of the required fields that are still empty, in order."""
        return [s.name for s in self.slots if s.field.required and s.name not in filled]


async def begin(
    form: DraftForm, request: Request, session: Session, known: Filled | None = None
) -> Reply:
    """Open a draft with what the message (and a pressed button) says, and take the next step."""
    draft = await new_draft(
        session, request.actor.id, form.action, request.conversation, request.now
    )
    draft.filled = {**form.known(request), **(known or {})}
    return await _hear(form, draft, request, session, None)


async def go_on(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Read a message against a draft: an answer, a correction, or more of it."""
    return await _hear(form, draft, request, session, form.slot(draft.awaiting))


async def choose(
    form: DraftForm, draft: Draft, request: Request, session: Session, name: str, raw: str
) -> Reply:
    """Take a value that a button offered."""
    slot = form.slot(name)
    filled = dict(draft.filled)
    unread = await slot.read(raw, request, session, filled) if slot else None
    draft.filled = filled
    return await _step(form, draft, request, session, (slot, unread) if slot and unread else None)


async def confirm(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Save a complete draft and drop it; an incomplete one asks on."""
    if form.missing(draft.filled):
        return await _step(form, draft, request, session, None)
    filled = dict(draft.filled)
    await session.delete(draft)
    await session.flush()
    return await form.save(request, session, filled)


async def submit(form: DraftForm, request: Request, session: Session) -> Reply:
    """Take a filled form: save it, or show it again with each error at its field."""
    draft = await _draft_of(form, request, session)
    filled, errors = dict(draft.filled), {}
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
        touch(draft, request.now)
        draft.awaiting = next(iter(errors))
        shown = await opened(form, draft, request, session, errors)
        return Reply(_("Some of it needs another look."), (shown,))
    if form.check and (unread := await form.check(request, session, filled)):
        return await _step(form, draft, request, session, (form.slots[0], unread))
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
            value=_shown(slot, draft.filled),
            options=options.get(slot.name, slot.field.options),
            error=(errors or {}).get(slot.name),
        )
        for slot in form.slots
    )
    return Form(form.submit, form.title, fields, value=str(draft.id))


async def resume(form: DraftForm, draft: Draft, request: Request, session: Session) -> Reply:
    """Show where a draft stands."""
    return await _step(form, draft, request, session, None)


def _shown(slot: Slot, filled: Filled) -> str:
    if slot.show is not None:
        return slot.show(filled)
    value = filled.get(slot.name)
    return "" if value is None else str(value)


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


async def _hear(
    form: DraftForm, draft: Draft, request: Request, session: Session, awaited: Slot | None
) -> Reply:
    filled = dict(draft.filled)
    trouble: tuple[Slot, Unread] | None = None
    taken = False
    for slot in form.slots:
        raw = slot.heard(request)
        if raw is None:
            continue
        taken = True
        unread = await slot.read(raw, request, session, filled)
        trouble = trouble or (unread and (slot, unread)) or None
    if awaited is not None and awaited.name not in filled and trouble is None and request.text:
        unread = await awaited.read(request.text, request, session, filled)
        trouble = (awaited, unread) if unread and not taken else None
    draft.filled = filled
    return await _step(form, draft, request, session, trouble)


async def _step(
    form: DraftForm,
    draft: Draft,
    request: Request,
    session: Session,
    trouble: tuple[Slot, Unread] | None,
) -> Reply:
    touch(draft, request.now)
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
        return await _ask(form, draft, request, session, slot.question, slot, ())
    if form.at_once(request, draft.filled):
        return await confirm(form, draft, request, session)
    draft.awaiting = "confirm"
    card = await form.preview(request, session, draft.filled)
    save = Button(form.save_label, "draft.save", str(draft.id), "primary")
    return Reply(
        _("Is this right?"),
        (
            replace(card, buttons=(save, *card.buttons, _discard(draft))),
            await opened(form, draft, request, session),
        ),
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


def _discard(draft: Draft) -> Button:
    return Button(_("Discard"), "draft.discard", str(draft.id), "danger")


def left_behind(form: DraftForm, draft: Draft) -> tuple[Element, ...]:
    """Return what reminds of a draft while the talk is of something else."""
    return (
        _("Your draft is kept: {title}", title=form.title),
        Button(_("Go on with it"), "draft.resume", str(draft.id)),
        Button(_("Discard"), "draft.discard", str(draft.id)),
    )
