"""Slack's limits as a table, and what in a payload breaks them.

Slack itself says no more than `invalid_blocks`. Sources: Slack's reference of blocks, block
elements, views and chat.postMessage.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]

BLOCKS = {"message": 50, "modal": 100, "home": 100}
VIEW_BYTES = 250_000
_ID = 255
_METADATA = 3_000
_BAR_TEXT = 24  # a view's title, submit and close
# Most characters of a text, by where it stands: (the type around it, the key).
_TEXTS = {
    ("header", "text"): 150,
    ("section", "text"): 3_000,
    ("section", "fields"): 2_000,
    ("context", "elements"): 3_000,
    ("button", "text"): 75,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("group", "label"): 75,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
    ("image", "title"): 2_000,
    ("static_select", "placeholder"): 150,
    ("multi_static_select", "placeholder"): 150,
    ("plain_text_input", "placeholder"): 150,
}
# Most members of a list, and most characters of a string.
_LISTS = {
    ("section", "fields"): 10,
    ("actions", "elements"): 25,
    ("context", "elements"): 10,
    ("checkboxes", "options"): 10,
    ("radio_buttons", "options"): 10,
    ("static_select", "options"): 100,
    ("static_select", "option_groups"): 100,
    ("multi_static_select", "options"): 100,
    ("group", "options"): 100,
    ("table", "rows"): 100,
}
_STRINGS = {
    ("button", "value"): 2_000,
    ("option", "value"): 150,
    ("plain_text_input", "initial_value"): 3_000,
}
_PLAIN_ONLY = frozenset({("header", "text"), ("button", "text"), ("input", "label")})


def problems(blocks: list[Json], surface: str = "message") -> list[str]:
    """Return everything that Slack would refuse; surface: message, modal or home."""
    found = list(_count(blocks, surface))
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    found.extend(f"block_id {name} stands {n} times" for name, n in ids.items() if n > 1)
    for block in blocks:
        found.extend(_misread(block))
        found.extend(_inside(block, block["type"]))
        actions = Counter(_action_ids(block))
        found.extend(f"action_id {name} stands {n} times" for name, n in actions.items() if n > 1)
    return found


def problems_of_view(view: Json) -> list[str]:
    """Return everything that Slack would refuse in a modal or a Home tab."""
    found = problems(view["blocks"], view["type"])
    for key in ("title", "submit", "close"):
        if key in view and not 0 < len(view[key]["text"]) <= _BAR_TEXT:
            found.append(f"{key} has {len(view[key]['text'])} characters")
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if inputs and "submit" not in view:
        found.append("inputs need a submit button")
    for key, most in (("private_metadata", _METADATA), ("callback_id", _ID)):
        if len(view.get(key, "")) > most:
            found.append(f"{key} is longer than {most}")
    size = len(json.dumps(view).encode())
    return [*found, f"the view has {size} bytes"] if size > VIEW_BYTES else found


def _count(blocks: list[Json], surface: str) -> Iterator[str]:
    if len(blocks) > BLOCKS[surface]:
        yield f"{len(blocks)} blocks in a {surface}"
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield "more than one table"
    if surface == "message" and any(block["type"] == "input" for block in blocks):
        yield "an input in a message"


def _misread(block: Json) -> Iterator[str]:
    """Yield what the SDK's own models find: typos, unknown blocks, most lengths."""
    try:
        parsed = Block.parse(block)
        read = parsed.to_dict() if parsed is not None else None
    except SlackObjectFormationError as error:
        yield str(error)
        return
    if read != block:
        yield f"not a block that the SDK knows: {block}"


def _inside(value: Any, kind: str) -> Iterator[str]:
    for key, part in value.items():
        where = (kind, key)
        if isinstance(part, list):
            yield from _listed(part, where)
        elif isinstance(part, dict):
            yield from _object(part, where)
        elif isinstance(part, str):
            most = _ID if key in {"action_id", "block_id"} else _STRINGS.get(where)
            if most is not None and not 0 < len(part) <= most:
                yield f"{kind}.{key} has {len(part)} characters"


def _listed(parts: list[Any], where: tuple[str, str]) -> Iterator[str]:
    kind, key = where
    if not 0 < len(parts) <= _LISTS.get(where, len(parts)):
        yield f"{kind}.{key} has {len(parts)} members"
    if key == "options":
        values = Counter(option["value"] for option in parts)
        yield from (f"option {v} stands {n} times" for v, n in values.items() if n > 1)
    for part in parts:
        if isinstance(part, dict):
            yield from _object(part, where)


def _object(part: Json, where: tuple[str, str]) -> Iterator[str]:
    kind = part.get("type")
    if kind in {"plain_text", "mrkdwn"}:
        most = _TEXTS.get(where)
        if most is not None and not 0 < len(part["text"]) <= most:
            yield f"{where[0]}.{where[1]} has {len(part['text'])} characters"
        if kind == "mrkdwn" and where in _PLAIN_ONLY:
            yield f"{where[0]}.{where[1]} takes plain text only"
        return
    name = {
        "options": "option",
        "initial_option": "option",
        "initial_options": "option",
        "option_groups": "group",
    }.get(where[1], str(kind or ""))
    yield from _inside(part, name)


def _action_ids(block: Json) -> Iterator[str]:
    for part in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
        if isinstance(part, dict) and "action_id" in part:
            yield part["action_id"]
