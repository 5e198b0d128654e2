"""Neutral elements as parts of an Adaptive Card, in pieces that stay together when divided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from actions.reply import Button, Card, Chart, Element, Fact, File, Form, Table
from actions.words import Text
from bot.teams.buttons import actions
from bot.teams.form import form_blocks
from bot.teams.markup import Json, harmless, heading, lines, run
from bot.teams.tables import chart_blocks, table_blocks
from bot.translation import Locale, render

_SHORT = 80  # characters of a value that stands beside its label
Pressable = Button | Form


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that belong together, and the elements that they draw."""

    blocks: list[Json]
    elements: tuple[Element, ...]

    @property
    def asks(self) -> bool:
        """Whether a form is in it: a card holds one, else one form's fields hinder the other."""
        return any(isinstance(element, Form) for element in self.elements)


def pieces(elements: Iterable[Element], locale: Locale, ids: Iterator[int]) -> Iterator[Piece]:
    """Yield the elements in order; buttons in a row share a set, and so do facts."""
    for kind, run_of in groupby(elements, _kind):
        group = tuple(run_of)
        if kind == "fact":
            facts = [e for e in group if isinstance(e, Fact)]
            yield Piece(fact_blocks(facts, locale), group)
        elif kind == "press":
            yield from _presses([e for e in group if isinstance(e, Button | Form)], locale, ids)
        else:
            for element in group:
                yield from _running(element, locale, ids)


def text_pieces(text: Text, locale: Locale) -> Iterator[Piece]:
    """Yield running text line by line."""
    for block in lines(render(text, locale)):
        said = "".join(part["text"] for part in block["inlines"])
        yield Piece([block], (Text("{value}", {"value": said}),))


def fact_blocks(facts: Sequence[Fact], locale: Locale) -> list[Json]:
    """Return facts as a set; a long one stands as words, and so do all if one may be markup."""
    told = [(render(f.label, locale).strip(), render(f.value, locale).strip()) for f in facts]
    tidy = all(harmless(label) and harmless(value) for label, value in told if _is_short(value))
    blocks: list[Json] = []
    for short, group in groupby(told, key=lambda fact: tidy and _beside(*fact)):
        pairs = list(group)
        if short:
            set_ = [{"title": label, "value": value} for label, value in pairs]
            blocks.append({"type": "FactSet", "facts": set_})
        else:
            blocks.extend(block for pair in pairs for block in _told(*pair))
    return blocks


def _kind(element: Element) -> str:
    if isinstance(element, Button | Form):
        return "press"
    return "fact" if isinstance(element, Fact) else "running"


def _running(element: Element, locale: Locale, ids: Iterator[int]) -> Iterator[Piece]:
    if isinstance(element, Text):
        yield from text_pieces(element, locale)
    elif isinstance(element, Card):
        yield Piece([_card(element, locale, ids)], (element,))
    elif isinstance(element, Table):
        for number, block in enumerate(table_blocks(element, locale)):
            yield Piece([block], () if number else (element,))
    elif isinstance(element, File):
        # Whether she wants it is asked in a message of Teams' own kind, beside the card.
        told = f"{render(element.name, locale)}: {render(element.description, locale)}"
        yield Piece(lines(told), (element,))
    elif isinstance(element, Chart):
        yield Piece(chart_blocks(element, locale), (element,))


def _presses(presses: Sequence[Pressable], locale: Locale, ids: Iterator[int]) -> Iterator[Piece]:
    """Yield buttons; with a form those of its row, what throws away last."""
    forms = [press for press in presses if isinstance(press, Form)]
    beside = [press for press in presses if isinstance(press, Button)]
    if not forms:
        yield Piece(actions(beside, locale, ids), tuple(presses))
    for number, form in enumerate(forms):
        own = [] if number else beside
        yield Piece(form_blocks(form, own, locale, ids), (form, *own))


def _card(card: Card, locale: Locale, ids: Iterator[int]) -> Json:
    subtitle = render(card.subtitle, locale) if card.subtitle else ""
    items = [
        *heading(render(card.title, locale)),
        *lines(subtitle, isSubtle=True),
        *fact_blocks(card.facts, locale),
        *actions(card.buttons, locale, ids),
    ]
    return {"type": "Container", "style": "emphasis", "items": items or lines("–")}


def _beside(label: str, value: str) -> bool:
    return _is_short(value) and harmless(label) and harmless(value)


def _is_short(value: str) -> bool:
    return len(value) <= _SHORT


def _told(label: str, value: str) -> list[Json]:
    if len(label) <= _SHORT and len(value) <= _SHORT and "\n" not in label + value:
        inlines = [run(f"{label or '–'}  ", weight="bolder"), run(value)]
        return [{"type": "RichTextBlock", "inlines": inlines}]
    head, told = lines(label, weight="bolder"), lines(value or "–")
    told[:1] = [{**block, "spacing": "none"} for block in told[:1]]
    return [*head, *told]
