"""The sparse features, against numbers worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.ngrams import NgramFeaturizer


@pytest.fixture
def featurizer(tmp_path: Path) -> NgramFeaturizer:
    settings = {"words": [1, 2], "characters": [2, 2], "seen": 1}
    learning = NgramFeaturizer(settings, None, None)
    learning.learn([Message({"text": "en AB"}), Message({"text": "en"})])
    learning.keep(tmp_path)
    kept = NgramFeaturizer(settings, None, None)
    kept.restore(tmp_path)
    return kept


def row(featurizer: NgramFeaturizer, text: str) -> dict[str, float]:
    (message,) = featurizer.process([Message({"text": text})])
    (features,) = message.features
    names = list(featurizer._rarity)
    found = features.features.toarray()[0]
    return {name: float(value) for name, value in zip(names, found, strict=True) if value}


def test_rare_weighs_more_and_each_kind_has_length_one(featurizer: NgramFeaturizer) -> None:
    found = row(featurizer, "en ab")
    rare, common = math.log(3 / 2) + 1, 1.0
    length = math.sqrt(common**2 + rare**2 + rare**2)
    assert found["wen"] == pytest.approx(common / length)
    assert found["wab"] == found["wen ab"] == pytest.approx(rare / length)
    pieces = [value for name, value in found.items() if name.startswith("c")]
    assert np.linalg.norm(pieces) == pytest.approx(1)


def test_unknown_words_count_for_nothing(featurizer: NgramFeaturizer) -> None:
    assert row(featurizer, "xyz") == {}


def test_a_repeated_word_counts_by_its_logarithm(featurizer: NgramFeaturizer) -> None:
    once, twice = row(featurizer, "en ab"), row(featurizer, "en en ab")
    ratio = (twice["wen"] / twice["wab"]) / (once["wen"] / once["wab"])
    assert ratio == pytest.approx(1 + math.log(2))
