"""Neutral elements as parts of an Adaptive Card, in pieces that stay together when divided."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from actions.reply import Button, Card, Chart, Element, Fact, File, Form, Table
from actions.words import Text
from bot.teams.inputs import form_action, form_body, has_errors
from bot.teams.markup import Json, block, paragraphs, run
from bot.translation import Locale, render

_IN_A_ROW = 6  # Teams shows no more of one set
_BAR = 20  # characters of the longest bar
_ROWS = 30  # of a table in one piece
_STYLES = {"primary": "positive", "danger": "destructive"}
Pressable = Button | Form


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts of a card's body that belong together, and the elements that they draw."""

    body: list[Json]
    elements: tuple[Element, ...]


def text_pieces(text: Text, locale: Locale) -> list[Piece]:
    """Return running text, a piece for each line."""
    return [
        Piece([part], (Text("{value}", {"value": part["inlines"][0]["text"]}),))
        for part in paragraphs(render(text, locale))
    ]


def pieces(elements: Sequence[Element], locale: Locale) -> list[Piece]:
    """Return the elements in order; buttons in a row share a set.

    A form stands open where it is all there is, or has something to correct.
    """
    alone = all(isinstance(element, Form) for element in elements)
    drawn: list[Piece] = []
    numbers = {id(e): n for n, e in enumerate(e for e in elements if isinstance(e, Form))}
    for kind, run_ in groupby(elements, lambda e: _kind(e, alone=alone)):
        group = tuple(run_)
        if kind == "press":
            presses = [e for e in group if isinstance(e, Button | Form)]
            drawn.extend(_actions(presses, locale, numbers))
            continue
        for element in group:
            if isinstance(element, Form):
                prefix = f"f{numbers[id(element)]}"
                drawn.append(Piece(form_body(element, locale, prefix), (element,)))
            else:
                drawn.extend(_drawn(element, locale))
    return drawn


def _kind(element: Element, *, alone: bool) -> str:
    if isinstance(element, Form):
        return "form" if alone or has_errors(element) else "press"
    return "press" if isinstance(element, Button) else "rest"


def _drawn(element: Element, locale: Locale) -> Iterator[Piece]:
    if isinstance(element, Card):
        yield Piece([_card(element, locale)], (element,))
    elif isinstance(element, Fact):
        yield Piece([_fact(element, locale)], (element,))
    elif isinstance(element, Table):
        yield from _table(element, locale)
    elif isinstance(element, Chart):
        yield Piece(_bars(element, locale), (element,))
    elif isinstance(element, File):
        # Whether she wants it is asked in a message of Teams' own kind, beside the card.
        told = f"{render(element.name, locale)}: {render(element.description, locale)}"
        yield Piece(paragraphs(told), (element,))
    elif isinstance(element, Text):
        yield from text_pieces(element, locale)


def _actions(
    presses: Sequence[Pressable], locale: Locale, numbers: dict[int, int]
) -> Iterator[Piece]:
    for at in range(0, len(presses), _IN_A_ROW):
        some = presses[at : at + _IN_A_ROW]
        yield Piece([_set(some, locale, numbers)], tuple(some))


def _set(presses: Iterable[Pressable], locale: Locale, numbers: dict[int, int]) -> Json:
    actions = [
        form_action(press, locale, f"f{numbers[id(press)]}")
        if isinstance(press, Form)
        else _button(press, locale)
        for press in presses
    ]
    return {"type": "ActionSet", "actions": actions}


def _button(button: Button, locale: Locale) -> Json:
    drawn: Json = {
        "type": "Action.Submit",
        "title": render(button.label, locale),
        "data": {"press": button.press, "value": button.value},
        "associatedInputs": "None",
    }
    style = _STYLES.get(button.style)
    return {**drawn, "style": style} if style else drawn


def _card(card: Card, locale: Locale) -> Json:
    items = [block(run(render(card.title, locale), weight="Bolder"))]
    if card.subtitle is not None:
        items.extend(paragraphs(render(card.subtitle, locale), isSubtle=True))
    items.extend(_fact(fact, locale) for fact in card.facts)
    items.extend(
        _set(card.buttons[at : at + _IN_A_ROW], locale, {})
        for at in range(0, len(card.buttons), _IN_A_ROW)
    )
    return {"type": "Container", "style": "emphasis", "items": items, "spacing": "Medium"}


def _fact(fact: Fact, locale: Locale) -> Json:
    label = run(f"{render(fact.label, locale)}: ", weight="Bolder")
    return block(label, run(render(fact.value, locale) or "–"))


def _table(table: Table, locale: Locale) -> Iterator[Piece]:
    head = _row(table.columns, locale, weight="Bolder")
    for at in range(0, max(len(table.rows), 1), _ROWS):
        some = table.rows[at : at + _ROWS]
        drawn: Json = {
            "type": "Table",
            "columns": [{"width": 1} for _column in table.columns],
            "firstRowAsHeader": True,
            "rows": [head, *(_row(row, locale) for row in some)],
        }
        yield Piece([drawn], (Table(table.columns, some),))


def _row(cells: Sequence[Text], locale: Locale, **style: str) -> Json:
    return {
        "type": "TableRow",
        "cells": [
            {"type": "TableCell", "items": [block(run(render(cell, locale) or "–", **style))]}
            for cell in cells
        ],
    }


def _bars(chart: Chart, locale: Locale) -> list[Json]:
    most = max((abs(number) for _name, number in chart.series), default=0) or 1
    body = [block(run(render(chart.title, locale), weight="Bolder"), tight=False)]
    for name, number in chart.series:
        bar = "█" * max(round(abs(number) / most * _BAR), 1 if number else 0)
        told = f"{number:g} {render(name, locale)}"
        body.append(block(run(f"{bar} ", color="Accent"), run(told)) if bar else block(run(told)))
    return body
