"""A neutral reply as messages of Teams: Adaptive Cards of schema 1.5, each under its limit."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.reply import Form, Reply
from actions.words import Text
from bot.contract import plain_text
from bot.teams.elements import Piece, pieces, text_pieces
from bot.teams.markup import Json
from bot.translation import Locale

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_CARD = "application/vnd.microsoft.card.adaptive"
_BYTES = 24_000  # of a card's body; Teams refuses messages of 28 kB
_FALLBACK = 1_000
_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message: its card and the text for notifications; rest: the messages after it."""

    text: str
    card: Json
    rest: tuple["Rendered", ...] = ()

    def messages(self) -> tuple["Rendered", ...]:
        """Return this message and those after it."""
        return (self, *self.rest)

    def activity(self) -> Json:
        """Return what is posted."""
        attachment = {"contentType": _CARD, "content": self.card}
        return {"type": "message", "summary": self.text, "attachments": [attachment]}


def rendered(reply: Reply, locale: Locale) -> Rendered:
    """Return a reply as a message, and as several where one would be too large for Teams."""
    drawn = [*text_pieces(reply.text, locale), *pieces(reply.elements, locale)]
    first, *rest = [_message(part, locale) for part in _divided(drawn)] or [_message([], locale)]
    return Rendered(first.text, first.card, tuple(rest))


def _message(part: list[Piece], locale: Locale) -> Rendered:
    # A form is shown as itself; its fields would drown a notification.
    every = (element for piece in part for element in piece.elements)
    elements = tuple(element for element in every if not isinstance(element, Form))
    text = plain_text(Reply(_NOTHING, elements), locale)
    short = text if len(text) <= _FALLBACK else text[: _FALLBACK - 1].rstrip() + "…"
    card = {
        "$schema": _SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": short or "–",
        "body": [element for piece in part for element in piece.body],
        "msteams": {"width": "Full"},
    }
    return Rendered(short or "–", card)


def _divided(drawn: Iterable[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    size = 0
    for piece in _small(drawn):
        own = _size(piece.body)
        if part and size + own > _BYTES:
            yield part
            part, size = [], 0
        part.append(piece)
        size += own
    if part:
        yield part


def _small(drawn: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces of which each fits a message alone; only a monstrous one is taken apart."""
    for piece in drawn:
        if _size(piece.body) <= _BYTES:
            yield piece
            continue
        parts = [part for whole in piece.body for part in _apart(whole)]
        for number, part in enumerate(parts):
            yield Piece([part], piece.elements if number == 0 else ())


def _apart(part: Json) -> Iterator[Json]:
    """Yield a part of a body in parts of which each is small."""
    if _size([part]) <= _BYTES:
        yield part
    elif part["type"] == "Container":
        for item in part["items"]:
            yield from _apart(item)
    elif part["type"] == "ActionSet" and len(part["actions"]) > 1:
        for action in part["actions"]:
            yield from _apart({**part, "actions": [action]})
    elif part["type"] == "Table" and len(part["rows"]) > 2:  # noqa: PLR2004 (the head and one)
        head, *rows = part["rows"]
        for row in rows:
            yield from _apart({**part, "rows": [head, row]})
    else:
        yield part


def _size(body: list[Json]) -> int:
    """Return the bytes of some parts as they are sent."""
    return len(json.dumps(body).encode())
