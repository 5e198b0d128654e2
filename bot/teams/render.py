"""A neutral reply as Teams messages: an Adaptive Card each, and a line for notifications."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count

from actions.reply import Form, Reply
from actions.words import Text
from bot.contract import plain_text
from bot.cutting import shortened
from bot.teams.elements import Piece, pieces, text_pieces
from bot.teams.markup import Json, escaped, lines, size
from bot.translation import Locale

_CARD = "application/vnd.microsoft.card.adaptive"
_BYTES = 24_000  # of a card's parts; Teams takes 28 kB of the message around them
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_FALLBACK = 300
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
    """Return a reply as a message, and as several where one would break Teams' limits."""
    drawn = chain(text_pieces(reply.text, locale), pieces(reply.elements, locale, count(1)))
    nothing = Piece(lines("–"), ())
    first, *rest = [_message(part, locale) for part in _divided(drawn) or [[nothing]]]
    return Rendered(first.text, first.card, tuple(rest))


def _message(part: list[Piece], locale: Locale) -> Rendered:
    # A form is shown by its button; its fields would drown a notification.
    every = (element for piece in part for element in piece.elements)
    told = tuple(element for element in every if not isinstance(element, Form))
    text = shortened(plain_text(Reply(_NOTHING, told), locale), _FALLBACK) or "–"
    card: Json = {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "lang": locale,
        "fallbackText": escaped(text),
        "msteams": {"width": "Full"},
        "body": [block for piece in part for block in piece.blocks],
    }
    return Rendered(text, card)


def _divided(drawn: Iterable[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = []
    full, asked = _BYTES, False
    for piece in _small(drawn):
        bytes_ = size(piece.blocks)
        if full + bytes_ > _BYTES or (asked and piece.asks):
            parts.append([])
            full, asked = 0, False
        parts[-1].append(piece)
        full, asked = full + bytes_, asked or piece.asks
    return parts


def _small(drawn: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces of which each fits a card alone; only a monstrous one is taken apart."""
    for piece in drawn:
        if size(piece.blocks) <= _BYTES:
            yield piece
            continue
        told = piece.elements
        for blocks in _apart(piece.blocks):
            yield Piece(blocks, told)
            told = ()


def _apart(blocks: Iterable[Json]) -> Iterator[list[Json]]:
    """Yield parts; what a button uncovers stays with the button."""
    part: list[Json] = []
    for block in blocks:
        if part and "id" not in block:
            yield part
            part = []
        if block["type"] == "Container" and "id" not in block and size(block) > _BYTES:
            yield from _apart(block["items"])
        elif block["type"] == "FactSet" and size(block) > _BYTES:
            yield from ([{**block, "facts": [fact]}] for fact in block["facts"])
        else:
            part.append(block)
    if part:
        yield part
