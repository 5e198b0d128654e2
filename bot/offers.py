"""What the newest answer offered, kept so that it can be said as well as pressed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from actions.pointing import Offered, pointed_at, telling
from actions.reply import Button, Card, Form, Reply
from bot.translation import render
from nlu.exact import GIVE_UP, UNDO, bare, exact_intent
from storage import Session
from storage.folding import fold
from storage.queries.drafts import keep_offer
from storage.tables import Draft

_MOST = 30
_FEW = 2
_PARTS = re.compile(r"[,:] +")
_DRAFT = "draft."


def talked_of(live: Sequence[Draft]) -> list[Draft]:
    """Return the drafts and lists, the one spoken of last first."""
    return [row for row in live if row.kind != "offer"]


def choices(live: Sequence[Draft]) -> tuple[Offered, ...]:
    """Return what was to choose among in the newest answer."""
    return _kept(live, "choices")


def question(live: Sequence[Draft]) -> dict[str, str] | None:
    """Return the form of one question that waits for its answer, or None."""
    kept = _offer(live)
    form: dict[str, str] | None = kept.filled.get("form") if kept else None
    return form


def meant(text: str, live: Sequence[Draft]) -> Offered | None:
    """Return the button that a message names or points at, or None."""
    offered = choices(live)
    newest = [one for one in offered if one in _kept(live, "buttons")]
    if exact_intent(text) == "confirm" and len(newest) == 1:
        return newest[0]
    if bare(text) in GIVE_UP | UNDO and not any(row.kind == "form" for row in live):
        return next((b for b in _kept(live, "buttons") if "Undo" in b.labels), None)
    said = fold(text.strip(" .!"))
    named = [b for b in _kept(live, "buttons") if said in _names(b)]
    begun = named or [b for b in _kept(live, "buttons") if _begins(b, text)]
    if len(begun) == 1:
        return begun[0]
    return pointed_at(text, offered)


def keep(
    session: Session, person_id: int, live: Sequence[Draft], reply: Reply, now: datetime
) -> None:
    """Remember what a reply offers; choices stay while nothing else is offered in their draft."""
    filled = {
        "buttons": _unlike([_row(button) for button in _buttons(reply)])[:_MOST],
        "choices": ([_row(b) for b in _choices(reply)] or _still_open(live))[:_MOST],
        "form": _single(reply),
    }
    keep_offer(session, person_id, _offer(live), filled, now)


def _names(button: Offered) -> set[str]:
    """Return what a button is called by: its label, and each part of "No, something new: …"."""
    parts = (part for label in button.labels for part in (label, *_PARTS.split(label)))
    return set(map(fold, parts))


def _begins(button: Offered, text: str) -> bool:
    """Whether a message says a button's first word and points at it: "dela den", "share it"."""
    first, *rest = fold(text.strip(" .!")).split() or [""]
    return 0 < len(rest) <= _FEW and any(
        fold(label).split()[:1] == [first] and not telling(" ".join(rest))
        for label in button.labels
    )


def _offer(live: Sequence[Draft]) -> Draft | None:
    return next((row for row in live if row.kind == "offer"), None)


def _kept(live: Sequence[Draft], what: str) -> tuple[Offered, ...]:
    kept = _offer(live)
    rows = kept.filled.get(what, []) if kept else []
    return tuple(Offered(press, value, tuple(labels)) for press, value, *labels in rows)


def _row(button: Button) -> list[str]:
    return [
        button.press, button.value, render(button.label, "sv"), render(button.label, "en"),
    ]  # fmt: skip


def _buttons(reply: Reply) -> Iterable[Button]:
    for element in reply.elements:
        if isinstance(element, Button):
            yield element
        elif isinstance(element, Card):
            yield from element.buttons


def _unlike(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return the buttons whose label stands on no other one: "Be om kontakt" is on every card."""
    count = Counter(tuple(labels) for _press, _value, *labels in rows)
    return [row for row in rows if count[tuple(row[2:])] == 1]


def _choices(reply: Reply) -> list[Button]:
    """Return the buttons of a question that differ in their value only, else its one answer."""
    if not render(reply.text, "en").rstrip().endswith(("?", "…?")):
        return []
    loose = [e for e in reply.elements if isinstance(e, Button) and e.value]
    stems = Counter(_stem(button) for button in loose)
    best = next((s for s, _n in stems.most_common() if s not in {"draft.discard", ""}), None)
    return [button for button in loose if _stem(button) == best] or _on_the_card(reply)


def _on_the_card(reply: Reply) -> list[Button]:
    """Return what a yes means under one card: its only coloured button; a draft has its own yes."""
    cards = [element for element in reply.elements if isinstance(element, Card)]
    coloured = [b for card in cards for b in card.buttons if b.style != "plain"]
    own = len(cards) == 1 and len(coloured) == 1 and not coloured[0].press.startswith(_DRAFT)
    return coloured if own else []


def _stem(button: Button) -> str:
    if button.press.startswith("intent."):
        return "intent"
    return "" if button.press in {"draft.discard", "draft.resume"} else button.press


def _still_open(live: Sequence[Draft]) -> list[Any]:
    """Return the choices kept for the draft that is still being spoken of."""
    top = next(iter(talked_of(live)), None)
    kept = _offer(live)
    if top is None or top.kind != "form" or kept is None:
        return []
    return [
        row
        for row in kept.filled.get("choices", [])
        if row[0].startswith(_DRAFT) and row[1].split(":", 1)[0] == str(top.id)
    ]


def _single(reply: Reply) -> dict[str, str] | None:
    """Return the form of a reply when one written answer completes it, and it is no draft's."""
    form = next((e for e in reply.elements if isinstance(e, Form)), None)
    if form is None or any(b.press.startswith(_DRAFT) for b in _buttons(reply)):
        return None
    required = [field for field in form.fields if field.required]
    if len(required) != 1:
        return None
    asked = required[0]
    return {
        "submit": form.submit,
        "value": form.value,
        "field": asked.name,
        "kind": asked.kind.value,
    }
