"""What Teams would refuse in a card, or show as somebody's markup; and what a card says."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft6Validator

from bot.teams.markup import unescaped

Json = dict[str, Any]

BYTES = 28_000
_ACTIONS = 6  # Teams shows no more in a set
_SAID = ("text", "title", "value", "label", "placeholder")


@cache
def _schema() -> Draft6Validator:
    name = files("adaptive_cards").joinpath("schemas/schema-1.5.json")
    schema = json.loads(name.read_text(encoding="utf-8"))
    Draft6Validator.check_schema(schema)
    return Draft6Validator(schema)


def problems(card: Json) -> list[str]:
    """Return everything that is wrong with a card."""
    found = []
    size = len(json.dumps(card).encode())
    if size >= BYTES:
        found.append(f"the card has {size} bytes")
    bare = {key: value for key, value in card.items() if key != "msteams"}
    found.extend(f"{'/'.join(map(str, e.path))}: {e.message}" for e in _schema().iter_errors(bare))
    every = list(parts(card))
    ids = Counter(part["id"] for part in every if "id" in part)
    found.extend(f"id {name} stands {n} times" for name, n in ids.items() if n > 1)
    for part in every:
        found.extend(_wrong(part, set(ids)))
    return found


def _wrong(part: Json, ids: set[str]) -> Iterator[str]:
    kind = part.get("type", "")
    if kind == "ActionSet" and not 0 < len(part["actions"]) <= _ACTIONS:
        yield f"{len(part['actions'])} actions in a set"
    if kind.startswith("Action.") and not 0 < len(part.get("title", "").strip()) <= 75:
        yield f"an action is called {part.get('title')!r}"
    if kind == "Action.ToggleVisibility":
        yield from (f"no {name} to show" for name in part["targetElements"] if name not in ids)
    if kind.startswith("Input.") and not part.get("label", "").strip():
        yield "an input without its label"
    if kind == "Input.ChoiceSet":
        values = [choice["value"] for choice in part["choices"]]
        chosen = part.get("value", "")
        wanted = chosen.split(",") if part.get("isMultiSelect") else [chosen]
        yield from (f"no {one} to choose" for one in wanted if chosen and one not in values)


def parts(value: Any) -> Iterator[Json]:
    """Yield every object of a card, but those that only an older client shows."""
    if isinstance(value, list):
        for part in value:
            yield from parts(part)
    elif isinstance(value, dict):
        yield value
        for key, part in value.items():
            if key != "fallback":
                yield from parts(part)


def of_type(card: Json, *kinds: str) -> list[Json]:
    return [part for part in parts(card) if part.get("type") in kinds]


def words(card: Json) -> str:
    """Return every word that a card shows, a line for each text."""
    said = []
    for part in parts(card["body"]):
        if part.get("type") == "RichTextBlock":
            said.append("".join(run["text"] for run in part["inlines"]))
        elif part.get("type") != "TextRun":
            said += [str(part[key]) for key in _SAID if part.get(key)]
        if part.get("style") == "expanded":  # beside a box markdown is read
            said += [unescaped(choice["title"]) for choice in part["choices"]]
    return "\n".join(said)


def presses(card: Json) -> list[tuple[str, str]]:
    """Return what the buttons of a card send, in order."""
    sent = [action["data"] for action in of_type(card, "Action.Submit")]
    return [(data["press"], data["value"]) for data in sent if "press" in data]


def labels(card: Json) -> list[str]:
    kinds = ("Action.Submit", "Action.ToggleVisibility")
    return [action["title"] for action in of_type(card, *kinds)]


def markdown(card: Json) -> list[str]:
    """Return the texts of which a client reads markdown."""
    read = [part["text"] for part in of_type(card, "TextBlock")]
    for facts in of_type(card, "FactSet"):
        read += [fact[key] for fact in facts["facts"] for key in ("title", "value")]
    return [*read]
