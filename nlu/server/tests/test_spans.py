"""Spans of text to tags and back."""

import pytest

from spindel_nlu.components.spans import Span, spans_from_tags, tags_from_spans

WORDS = [(0, 3), (4, 7), (8, 11), (12, 15)]


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        ([], ["O", "O", "O", "O"]),
        ([Span("city", 4, 7)], ["O", "U-city", "O", "O"]),
        ([Span("time", 4, 11)], ["O", "B-time", "L-time", "O"]),
        ([Span("time", 0, 15)], ["B-time", "I-time", "I-time", "L-time"]),
        ([Span("city", 0, 3), Span("city", 4, 7)], ["U-city", "U-city", "O", "O"]),
    ],
)
def test_there_and_back(spans: list[Span], tags: list[str]) -> None:
    assert tags_from_spans(WORDS, spans) == tags
    assert spans_from_tags(WORDS, tags) == spans


def test_an_edge_inside_a_word_counts_for_the_larger_part() -> None:
    assert tags_from_spans([(0, 8), (9, 12)], [Span("city", 0, 7)]) == ["U-city", "O"]


def test_a_span_inside_half_a_word_is_nothing() -> None:
    assert tags_from_spans([(0, 12)], [Span("city", 0, 5)]) == ["O"]


def test_a_broken_order_begins_anew() -> None:
    tags = ["I-city", "L-time", "O", "L-time"]
    found = [Span("city", 0, 3), Span("time", 4, 7), Span("time", 12, 15)]
    assert spans_from_tags(WORDS, tags) == found
