"""Neutral elements as Block Kit blocks, in pieces that stay together when a reply is divided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from actions.reply import Button, Card, Chart, Element, Fact, File, Form, Table
from actions.words import Text
from bot.slack.buttons import Pressable, actions, button, is_long
from bot.slack.markup import FIELD_TEXT, Json, labelled, plain, portions, prose, titled
from bot.slack.shortcut import linked
from bot.translation import Locale, number, render

_FIELDS = 10
_WIDE = 60  # characters; a longer value gets the whole width
_BAR = 10  # characters of the longest bar, so that its name fits beside it on a phone
_HEADER = 150


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that belong together, and the elements that they draw."""

    blocks: list[Json]
    elements: tuple[Element, ...]


def pieces(elements: Iterable[Element], locale: Locale) -> list[Piece]:
    """Return the elements in order; buttons in a row share a block, and so do facts."""
    drawn: list[Piece] = []
    before = ""
    runs = [(kind, tuple(run)) for kind, run in groupby(elements, _kind)]
    for at, (kind, group) in enumerate(runs):
        if kind == "card":
            drawn.extend(_cards([e for e in group if isinstance(e, Card)], locale))
        elif kind == "fact":
            facts = [e for e in group if isinstance(e, Fact)]
            drawn.append(Piece(_facts(facts, locale), group))
        elif kind == "press":
            # A line tells these buttons from those of the card above.
            rule: list[Json] = [{"type": "divider"}] if before == "card" else []
            presses: list[Pressable] = [e for e in group if isinstance(e, Button | Form)]
            drawn.append(Piece([*rule, *actions(_in_order(presses), locale)], group))
        else:
            over = kind == "text" and [k for k, _run in runs[at + 1 : at + 2]] == ["card"]
            drawn.extend(_texts(group, locale, over_cards=over))
        before = kind
    return drawn


def text_pieces(text: Text, locale: Locale) -> list[Piece]:
    """Return running text in sections."""
    return [
        Piece(
            [linked(part) or {"type": "section", "text": prose(part)}],
            (Text("{value}", {"value": part}),),
        )
        for part in portions(render(text, locale))
    ]


def _texts(group: Sequence[Element], locale: Locale, *, over_cards: bool) -> Iterator[Piece]:
    """Return running elements; a line right above cards is their heading."""
    last = group[-1]
    words = render(last, locale).strip() if over_cards and isinstance(last, Text) else ""
    heading = 0 < len(words) <= _HEADER and "\n" not in words
    for element in group[:-1] if heading else group:
        yield from _running(element, locale)
    if heading:
        yield Piece([{"type": "header", "text": plain(words, _HEADER)}], (last,))


def _kind(element: Element) -> str:
    if isinstance(element, Button | Form):
        return "press"
    return "card" if isinstance(element, Card) else "fact" if isinstance(element, Fact) else "text"


def _in_order(presses: Sequence[Pressable]) -> list[Pressable]:
    """Return the presses with what throws away a form after what opens it."""
    if not any(isinstance(press, Form) for press in presses):
        return list(presses)
    return sorted(presses, key=lambda p: isinstance(p, Button) and p.style == "danger")


def _running(element: Element, locale: Locale) -> Iterator[Piece]:
    if isinstance(element, Table):
        yield from text_pieces(_rows(element, locale), locale)
    elif isinstance(element, Chart):
        yield from _bars(element, locale)
    elif isinstance(element, File):
        yield from text_pieces(element.description, locale)
    elif isinstance(element, Text):
        yield from text_pieces(element, locale)


def _cards(cards: Sequence[Card], locale: Locale) -> Iterator[Piece]:
    for nth, card in enumerate(cards):
        # A line between cards tells which buttons belong to whom.
        rule: list[Json] = [{"type": "divider"}] if nth else []
        yield Piece([*rule, *_card(card, locale)], (card,))


def _card(card: Card, locale: Locale) -> list[Json]:
    title = render(card.title, locale)
    rest = render(card.subtitle, locale) if card.subtitle else ""
    first, *more = portions("\n".join(part for part in (title, rest) if part)) or [""]
    link = None if more else linked(first)
    head: Json = link or {"type": "section", "text": plain(first) if more else titled(title, rest)}
    blocks = [head, *({"type": "section", "text": plain(part)} for part in more)]
    alone = len(card.buttons) == 1 and not card.facts
    if alone and link is None and not is_long(card.buttons[0], locale):
        head["accessory"] = button(card.buttons[0], locale)
        return blocks
    return [*blocks, *_facts(card.facts, locale), *actions(card.buttons, locale)]


def _facts(facts: Sequence[Fact], locale: Locale) -> list[Json]:
    blocks: list[Json] = []
    fields: list[Json] = []
    for fact in facts:
        label, value = render(fact.label, locale), render(fact.value, locale)
        fits = len(f"*{label}*\n{value}") <= FIELD_TEXT
        if fits and len(value) <= _WIDE:
            fields.append(labelled(label, value))
            continue
        blocks.extend(_sections(fields))
        fields = []
        if fits:
            blocks.append({"type": "section", "text": labelled(label, value)})
            continue
        parts = portions(f"{label}\n{value}")
        blocks.extend({"type": "section", "text": plain(part)} for part in parts)
    return [*blocks, *_sections(fields)]


def _sections(fields: list[Json]) -> list[Json]:
    return [
        {"type": "section", "fields": fields[at : at + _FIELDS]}
        for at in range(0, len(fields), _FIELDS)
    ]


def _rows(table: Table, locale: Locale) -> Text:
    rows = (table.columns, *table.rows)
    lines = (" · ".join(render(cell, locale) or "–" for cell in row) for row in rows)
    return Text("{value}", {"value": "\n".join(lines)})


def _bars(chart: Chart, locale: Locale) -> list[Piece]:
    most = max((abs(value) for _name, value in chart.series), default=0) or 1
    title, lines = render(chart.title, locale), []
    for name, value in chart.series:
        bar = "█" * max(round(abs(value) / most * _BAR), 1 if value else 0)
        lines.append(f"{bar} {render(name, locale)}: {number(value, locale)}".strip())
    whole = "\n".join((title, *lines))
    if len(portions(whole)) > 1:
        return text_pieces(Text("{value}", {"value": whole}), locale)
    return [Piece([{"type": "section", "text": titled(title, "\n".join(lines))}], (chart,))]
