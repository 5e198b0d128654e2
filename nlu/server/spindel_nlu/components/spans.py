"""Between marked spans of text and a tag for each word (B begin, I inside, L last, U unit, O)."""

from collections.abc import Sequence
from typing import NamedTuple

OUTSIDE = "O"


class Span(NamedTuple):
    """An entity's place: code points [start, end)."""

    entity: str
    start: int
    end: int


def tags_from_spans(words: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[str]:
    """Return one tag a word; a word belongs to the span that holds its middle."""
    tags = [OUTSIDE] * len(words)
    for span in spans:
        inside = [at for at, (a, b) in enumerate(words) if span.start <= (a + b) / 2 < span.end]
        for at in inside:
            tags[at] = f"I-{span.entity}"
        if len(inside) == 1:
            tags[inside[0]] = f"U-{span.entity}"
        elif inside:
            tags[inside[0]] = f"B-{span.entity}"
            tags[inside[-1]] = f"L-{span.entity}"
    return tags


def spans_from_tags(words: Sequence[tuple[int, int]], tags: Sequence[str]) -> list[Span]:
    """Return the spans that the tags mean; a broken order of tags begins a new span."""
    spans: list[Span] = []
    still_open = False
    for (start, end), tag in zip(words, tags, strict=True):
        place, _, entity = tag.partition("-")
        if tag == OUTSIDE:
            still_open = False
            continue
        if place in "IL" and still_open and spans[-1].entity == entity:
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Span(entity, start, end))
        still_open = place in "BI"
    return spans
