"""Tables, and charts as bars of characters with their numbers in words."""

from collections.abc import Iterator, Sequence

from actions.reply import Chart, Table
from bot.teams.markup import Json, heading, lines, run, size
from bot.translation import Locale, number, render

_LARGEST = 9_000  # bytes of a table's rows; a card takes a table that stands in it twice
_WIDEST = 32  # characters; what is longer goes on in the next line
_BAR = 10  # characters of the longest bar


def table_blocks(table: Table, locale: Locale) -> Iterator[Json]:
    """Yield a table, as several with the same heads where it is long."""
    names = [render(column, locale) for column in table.columns]
    rows = [[render(cell, locale) for cell in row] for row in table.rows]
    head, part = _row(names, weight="bolder"), list[list[str]]()
    for row in [*rows, None]:
        longer = [*part, row] if row is not None else part
        full = row is None or size([head, *map(_row, longer)]) > _LARGEST
        if full and (part or not rows):
            yield _table(names, part)
            part = []
        if row is not None:
            part.append(row)


def chart_blocks(chart: Chart, locale: Locale) -> list[Json]:
    """Return a chart's title and a line for each number: its name, a bar, the number."""
    most = max((abs(value) for _name, value in chart.series), default=0) or 1
    blocks = heading(render(chart.title, locale))
    for name, value in chart.series:
        bar = "█" * max(round(abs(value) / most * _BAR), 1 if value else 0)
        cells = [
            _column(lines(render(name, locale)), "stretch"),
            _column([_line(bar, color="accent")] if bar else [], "stretch"),
            _column([_line(number(value, locale), weight="bolder")], "auto"),
        ]
        blocks.append({"type": "ColumnSet", "columns": cells, "spacing": "small"})
    return blocks


def _column(items: Sequence[Json], width: str) -> Json:
    return {"type": "Column", "items": list(items), "width": width}


def _line(text: str, **look: str) -> Json:
    return {"type": "RichTextBlock", "inlines": [run(text, **look)]}


def _row(cells: Sequence[str], **look: str) -> Json:
    drawn = [{"type": "TableCell", "items": lines(cell or "–", **look)} for cell in cells]
    return {"type": "TableRow", "cells": drawn}


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Json:
    body = [_row(row) for row in rows]
    told = {"type": "Container", "items": _in_words(names, rows)}
    whole = {
        "type": "Table",
        "columns": [{"width": _width(column)} for column in zip(names, *rows, strict=True)],
        "rows": [_row(names, weight="bolder"), *body],
        "firstRowAsHeader": True,
        "fallback": told,
    }
    return whole if size(body) <= _LARGEST else told


def _width(cells: Sequence[str]) -> int:
    """Return a column's share, as its longest cell wants it."""
    return min(max(map(len, cells)), _WIDEST) + 2


def _in_words(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Json]:
    said = [" · ".join(names)]
    for first, *rest in rows:
        told = (f"{name}: {cell}" for name, cell in zip(names[1:], rest, strict=True))
        said.append(" · ".join((first, *told)))
    return lines("\n".join(said)) or lines("–")
