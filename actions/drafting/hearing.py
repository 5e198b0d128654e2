"""Read a message into a draft: an answer, a correction, or more of it."""

import re
from dataclasses import dataclass

from actions.correcting import (
    as_last_time,
    bare_answer,
    begins_as_correction,
    concerns,
    corrects,
    names_field,
    none_of_them,
    takes_away,
    value_for,
)
from actions.drafting.declared import UNREAD, DraftForm, Filled, Slot, Unread
from actions.pointing import Offered, pointed_at, words_in
from actions.request import Request
from actions.words import _
from storage import Session
from storage.folding import fold
from storage.tables import Draft

_ONLY_ADDING = frozenset(
    """lagg till in satt skriv ta med och i pa kl sal salen kurs kursen dag tid
    add set put take to in with and on at the room course day time it""".split()
)


@dataclass(slots=True)
class Hearing:
    """One message being read: what is filled after it, the first trouble, whose words were taken.

    fresh: the draft was begun by this very message.
    """

    form: DraftForm
    draft: Draft
    request: Request
    session: Session
    filled: Filled
    fresh: bool = False
    trouble: tuple[Slot, Unread] | None = None
    taken: tuple[Slot, ...] = ()

    async def read(self, slot: Slot, raw: str) -> None:
        """Take a raw value; of several possible ones, the one that the message tells apart."""
        self.taken = (*self.taken, slot)
        unread = await slot.read(raw, self.request, self.session, self.filled)
        if unread and unread.choices:
            choices = [Offered("", value, (*words_in(label),)) for value, label in unread.choices]
            chosen = pointed_at(self.request.text, choices, loosely=True)
            if chosen is not None:
                unread = await slot.read(chosen.value, self.request, self.session, self.filled)
        note_unread(self.filled, slot, raw if unread else None)
        if unread and self.trouble is None:
            self.trouble = (slot, unread)


def note_unread(filled: Filled, slot: Slot, raw: str | None) -> None:
    """Keep what an optional field was given and could not take; None = it is settled."""
    kept = {k: v for k, v in filled.pop(UNREAD, {}).items() if k != slot.name}
    if raw is not None and not slot.field.required:
        kept[slot.name] = raw
    if kept:
        filled[UNREAD] = kept


async def heard(
    form: DraftForm, draft: Draft, request: Request, session: Session, *, fresh: bool
) -> Hearing:
    """Return what a message says of a draft."""
    hearing = Hearing(form, draft, request, session, dict(draft.filled), fresh)
    awaited = None if fresh else form.slot(draft.awaiting)
    if awaited is not None and none_of_them(request.text) and _offered(hearing, awaited):
        hearing.trouble = (awaited, Unread(awaited.question))
    elif fresh:
        await _hear_all(hearing, awaited)
    elif form.latest is not None and as_last_time(request.text):
        await _hear_latest(hearing, awaited)
    elif await _chosen(hearing, awaited):
        await _hear_all(hearing, awaited)
    elif awaited is not None and awaited.verbatim and not begins_as_correction(request.text):
        await hearing.read(awaited, request.text)
    elif emptied := _emptied(form, request.text):
        hearing.filled |= dict.fromkeys((emptied.name, *emptied.also))
        hearing.taken = (emptied,)
        note_unread(hearing.filled, emptied, None)
    elif named := _named(form, request.text):
        await hearing.read(*named)
    elif awaited is not None and awaited.prose and not begins_as_correction(request.text):
        await _hear_prose(hearing, awaited)
    else:
        await _hear_all(hearing, awaited)
        await _hear_answer(hearing, awaited)
    return hearing


def begins_anew(form: DraftForm, draft: Draft, request: Request) -> bool:
    """Whether a message wants another draft of the same kind: the same order, for somebody else."""
    key = form.slots[0]
    if form.opens is None or not form.opens.search(request.text) or key.name not in draft.filled:
        return False
    raw = key.heard(request)
    return raw is not None and fold(raw) not in fold(key.shown(draft.filled))


def names_a_field(form: DraftForm, request: Request) -> bool:
    """Whether a message says "byt till kl 15", "ämnet ska vara AI": a new value for a field."""
    if gives_a_field(form, request):
        return True
    changes = begins_as_correction(request.text) or corrects(request.text)
    return changes and hears(form, request)


def gives_a_field(form: DraftForm, request: Request) -> bool:
    """Whether a message names a field and gives its value: "ändra tiden till 14-16"."""
    if form.latest is not None and as_last_time(request.text):
        return True
    return _emptied(form, request.text) is not None or _named(form, request.text) is not None


def _emptied(form: DraftForm, text: str) -> Slot | None:
    optional = (s for s in form.slots if not s.field.required)
    return next((s for s in optional if takes_away(text, s.called)), None)


def hears(form: DraftForm, request: Request) -> bool:
    """Whether any field recognises a value of its own in a message."""
    return any(slot.heard(request) is not None for slot in form.slots)


def _named(form: DraftForm, text: str) -> tuple[Slot, str] | None:
    # "engelska texten" names a field more closely than "texten".
    for slot in sorted(form.slots, key=lambda s: -_closely(text, s.called)):
        value = value_for(text, slot.called, verbatim=slot.verbatim)
        if value is not None:
            return slot, value
        if slot.said is not None and (found := slot.said.search(text)) is not None:
            return slot, found.group(1)
    about = concerns(text)
    prose = next((s for s in form.slots if s.prose and not s.orders), None)
    return (prose, about) if about is not None and prose is not None else None


def _closely(text: str, names: tuple[str, ...]) -> int:
    return max((len(name) for name in names if name in text.lower()), default=0)


async def _chosen(hearing: Hearing, awaited: Slot | None) -> bool:
    """Take one of the choices that were offered for the awaited field, told in other words."""
    if awaited is None:
        return False
    prefix = f"{hearing.draft.id}:{awaited.name}:"
    chosen = pointed_at(hearing.request.text, _offered(hearing, awaited), loosely=True)
    if chosen is None:
        return False
    raw = awaited.heard(hearing.request)
    if raw is not None and not any(fold(raw) in fold(label) for label in chosen.labels):
        return False
    await hearing.read(awaited, chosen.value.removeprefix(prefix))
    return True


def _offered(hearing: Hearing, slot: Slot) -> list[Offered]:
    prefix = f"{hearing.draft.id}:{slot.name}:"
    return [o for o in hearing.request.offered if o.value.startswith(prefix)]


async def _hear_all(hearing: Hearing, awaited: Slot | None) -> None:
    # A subject told beside a person or a day is part of saying which, not a new subject.
    for slot in sorted(hearing.form.slots, key=lambda s: s.prose and s.name in hearing.filled):
        kept = slot.prose and not hearing.fresh and slot.name in hearing.filled and hearing.taken
        if kept or slot in hearing.taken or not _may_change(hearing, slot, awaited):
            continue
        raw = slot.heard(hearing.request)
        if raw is not None:
            await hearing.read(slot, raw)


def _complete(hearing: Hearing, slot: Slot) -> bool:
    """Whether a field and what goes with it are filled: a day without hours takes hours yet."""
    filled = hearing.filled
    return filled.get(slot.name) is not None and all(key in filled for key in slot.also)


def _may_change(hearing: Hearing, slot: Slot, awaited: Slot | None) -> bool:
    """Whether a message may write a field: an empty one, or a filled one that it corrects."""
    if hearing.fresh or slot is awaited or not _complete(hearing, slot):
        return True
    known = hearing.form.known(hearing.request)
    presumed = slot.name in known and known[slot.name] == hearing.filled[slot.name]
    return presumed or hearing.draft.awaiting == "confirm" or corrects(hearing.request.text)


async def _hear_answer(hearing: Hearing, awaited: Slot | None) -> None:
    """Take the whole message as the answer when nothing in it was recognised."""
    if awaited is None or hearing.taken or not hearing.request.text:
        return
    text = hearing.request.text
    await hearing.read(awaited, text if awaited.verbatim else bare_answer(text))


async def _hear_prose(hearing: Hearing, awaited: Slot) -> None:
    """Take free text: what is recognised elsewhere first, the rest is the answer."""
    request = hearing.request
    for slot in hearing.form.slots:
        raw = slot.heard(request) if slot.marked else None
        if slot is awaited or raw is None or _complete(hearing, slot):
            continue
        before = dict(hearing.filled)
        await hearing.read(slot, raw)
        if hearing.trouble is not None:
            hearing.trouble, hearing.filled, hearing.taken = None, before, hearing.taken[:-1]
    rest = hearing.form.rest(request) if hearing.taken else request.text
    answer = bare_answer(rest) if any(c.isalnum() for c in rest) else ""
    if hearing.taken and _ONLY_ADDING.issuperset(fold(answer).split()):
        answer = ""  # "lägg till sal B12" tells the room and no more
    elsewhere = _place_of_another(hearing, awaited, answer)
    if elsewhere is not None:
        await hearing.read(*elsewhere)
    elif answer:
        await hearing.read(awaited, answer)


def _place_of_another(hearing: Hearing, awaited: Slot, answer: str) -> tuple[Slot, str] | None:
    """Return the field whose value is all that an answer says: "på natfak" tells the unit."""
    for slot in hearing.form.slots:
        raw = slot.heard(hearing.request)
        if slot is awaited or slot.prose or raw is None:
            continue
        alone = rf"(?:på|vid|för|hos|at|for)\s+(?:the\s+)?{re.escape(raw)}"
        if re.fullmatch(alone, answer, re.IGNORECASE):
            return slot, raw
    return None


async def _hear_latest(hearing: Hearing, awaited: Slot | None) -> None:
    """Fill in what was said the time before: the fields named, or all that are still open."""
    form = hearing.form
    assert form.latest is not None  # noqa: S101 (asked before)
    values = await form.latest(hearing.request, hearing.session)
    named = [s for s in form.slots if names_field(hearing.request.text, s.called)]
    slots = named or [s for s in form.slots if hearing.filled.get(s.name) is None]
    for slot in slots:
        if values.get(slot.name) is not None:
            hearing.taken = (*hearing.taken, slot)
            hearing.filled.update({k: values.get(k) for k in (slot.name, *slot.also)})
    told = ",".join(c for c in hearing.request.text.split(",") if not as_last_time(c))
    if awaited is not None and awaited.prose and awaited not in hearing.taken and told.strip():
        await hearing.read(awaited, bare_answer(told))
    if not hearing.taken:
        slot = awaited or form.slots[0]
        hearing.trouble = (slot, Unread(_("I find nothing from last time to use.")))
