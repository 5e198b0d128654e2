"""What the entity extractor sees of a word."""

import pytest

from spindel_nlu.components.word_features import shape, word_features


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Göteborg", "Xx"), ("AI", "X"), ("kl", "x"), ("2027", "d"), (":", ":"), ("", "")],
)
def test_shape(word: str, expected: str) -> None:
    assert shape(word) == expected


def test_neighbours_are_seen_and_the_edges_named() -> None:
    first, middle, last = word_features(["i", "Malmö", "tack"], "find_mentor")
    assert "-1:edge" in first
    assert "1:edge" in last
    assert {"-1:w=i", "1:w=tack", "w=malmö", "i=find_mentor"} <= set(middle)


def test_no_words_no_features() -> None:
    assert word_features([], "help") == []
