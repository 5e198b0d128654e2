"""A neutral reply as Slack messages, and a form as a modal: the two things Slack can show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.reply import Element, Form, Reply
from actions.words import Text
from bot.contract import plain_text
from bot.cutting import shortened
from bot.slack.buttons import numbered
from bot.slack.elements import Piece, pieces, text_pieces
from bot.slack.markup import Json, escaped
from bot.slack.modal import modal
from bot.translation import Locale

__all__ = ["Rendered", "modal", "rendered"]

BLOCKS = 50
_CHARACTERS = 12_000  # of all blocks; Slack refuses messages of somewhat more
_FALLBACK = 3_000
_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message: its blocks and the text for notifications; rest: the messages after it."""

    text: str
    blocks: list[Json]
    rest: tuple["Rendered", ...] = ()

    def messages(self) -> tuple["Rendered", ...]:
        """Return this message and those after it."""
        return (self, *self.rest)


def rendered(reply: Reply, locale: Locale) -> Rendered:
    """Return a reply as a message, and as several where one would break Slack's limits."""
    drawn = [*text_pieces(reply.text, locale), *pieces(reply.elements, locale)]
    first, *rest = [_message(part, locale) for part in _divided(drawn)] or [Rendered("–", [])]
    return Rendered(first.text, first.blocks, tuple(rest))


def _message(part: list[Piece], locale: Locale) -> Rendered:
    # A form is shown by its button; its fields would drown a notification.
    every = _whole(piece.elements for piece in part)
    elements = tuple(element for element in every if not isinstance(element, Form))
    text = plain_text(Reply(_NOTHING, elements), locale)
    blocks = numbered([block for piece in part for block in piece.blocks])
    return Rendered(escaped(shortened(text, _FALLBACK)) or "–", blocks)


def _whole(groups: Iterable[tuple[Element, ...]]) -> Iterator[Element]:
    for group in groups:
        yield from group


def _divided(drawn: Iterable[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    blocks = characters = 0
    for piece in _small(drawn):
        size = _size(piece.blocks)
        if part and (blocks + len(piece.blocks) > BLOCKS or characters + size > _CHARACTERS):
            yield part
            part, blocks, characters = [], 0, 0
        part.append(piece)
        blocks, characters = blocks + len(piece.blocks), characters + size
    if part:
        yield part


def _small(drawn: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces of which each fits a message alone; only a monstrous card is taken apart."""
    for piece in drawn:
        if len(piece.blocks) <= BLOCKS and _size(piece.blocks) <= _CHARACTERS:
            yield piece
            continue
        for number, block in enumerate(piece.blocks):
            yield Piece([block], piece.elements if number == 0 else ())


def _size(value: object) -> int:
    """Return the characters of every text in some blocks."""
    if isinstance(value, list):
        return sum(_size(part) for part in value)
    if not isinstance(value, dict):
        return 0
    own = len(value["text"]) if isinstance(value.get("text"), str) else 0
    return own + sum(_size(part) for part in value.values())
