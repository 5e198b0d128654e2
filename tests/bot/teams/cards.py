"""Adaptive Cards as a client sees them: what can be pressed, with which inputs, and every word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

_SENT = frozenset({"Action.Submit", "Action.Execute"})
_WITHIN = ("body", "items", "columns", "rows", "cells")


def actions(card: Json, around: Sequence[Json] = ()) -> Iterator[tuple[Json, list[Json]]]:
    """Yield what sends something when pressed, with the inputs of its card and those around it."""
    inputs = [*around, *_inputs(card)]
    for action in _actions(card):
        if action["type"] in _SENT:
            yield action, [] if _is_alone(action) else inputs
        elif action["type"] == "Action.ShowCard":
            yield from actions(action["card"], inputs)


def filled(
    action: Json, inputs: Sequence[Json], values: Mapping[str, str]
) -> tuple[Json, list[str]]:
    """Return what a press sends, and the ids of inputs that the client does not let through.

    values: by an input's id or by its label.
    """
    known = {str(each["id"]) for each in inputs} | {str(each.get("label")) for each in inputs}
    unknown = set(values) - known
    assert not unknown, f"no input {unknown}; there is {known}"
    data = dict(action.get("data") or {})
    wrong = []
    for each in inputs:
        key = str(each["id"])
        value = values.get(key, values.get(str(each.get("label")), str(each.get("value", ""))))
        if not _passes(each, value):
            wrong.append(key)
        data[key] = value
    return data, wrong


def words(part: Any) -> str:
    """Return every text in a card, one a line, as it would be read."""
    if isinstance(part, list):
        return "\n".join(filter(None, map(words, part)))
    if not isinstance(part, dict):
        return ""
    if part.get("type") == "RichTextBlock":
        return "".join(str(each.get("text", each)) for each in part["inlines"])
    own = [
        part[key] for key in ("text", "title", "label", "value") if isinstance(part.get(key), str)
    ]
    inner = (part.get(key) for key in (*_WITHIN, "actions", "card", "facts", "choices"))
    return "\n".join(filter(None, (*own, *map(words, inner))))


def _is_alone(action: Json) -> bool:
    return str(action.get("associatedInputs", "")).lower() == "none"


def _inputs(card: Json) -> Iterator[Json]:
    for part in _parts(card):
        if str(part.get("type", "")).startswith("Input."):
            yield part


def _actions(card: Json) -> Iterator[Json]:
    for part in (card, *_parts(card)):
        for key in ("actions", "selectAction", "inlineAction"):
            given = part.get(key)
            yield from given if isinstance(given, list) else [given] if given else []


def _parts(part: Json) -> Iterator[Json]:
    """Yield every element of one card, none of the cards that unfold from it."""
    for key in _WITHIN:
        for inner in part.get(key) or ():
            yield inner
            yield from _parts(inner)


def _passes(each: Json, value: str) -> bool:
    if not value:
        return not each.get("isRequired")
    pattern, longest = each.get("regex"), each.get("maxLength")
    return (pattern is None or re.search(pattern, value) is not None) and (
        longest is None or len(value) <= longest
    )
