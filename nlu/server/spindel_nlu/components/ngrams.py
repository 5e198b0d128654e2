"""Counts words and pieces of words, weighed by how rare they are: the sparse features."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from spindel_nlu.components.base import LearningComponent

CHARACTERS = 600
WORD = re.compile(r"\w+|[^\w\s]")
FILE = "ngrams.json"


class NgramFeaturizer(LearningComponent):
    """Adds one row: TF-IDF of word n-grams, length 1, and of character n-grams, length 1.

    Settings: words and characters, each [shortest, longest] n-gram; seen, the fewest training
    sentences that an n-gram must stand in.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"words": [1, 2], "characters": [2, 5], "seen": 2}

    def learn(self, messages: list[Message]) -> None:
        """Collect the n-grams of the training texts and how rare they are."""
        texts = [m.get("text") for m in messages if m.get("text")]
        seen = Counter(ngram for text in texts for ngram in set(self._ngrams(text)))
        kept = sorted(ngram for ngram, times in seen.items() if times >= self.config["seen"])
        self._rarity = {n: math.log((1 + len(texts)) / (1 + seen[n])) + 1 for n in kept}
        self._number()

    def _number(self) -> None:
        self._columns = {ngram: column for column, ngram in enumerate(self._rarity)}

    def keep(self, directory: Path) -> None:
        """Write the n-grams with how rare they are."""
        content = json.dumps(self._rarity, ensure_ascii=False)
        (directory / FILE).write_text(content, encoding="utf-8")

    def restore(self, directory: Path) -> None:
        """Read the n-grams with how rare they are."""
        self._rarity = json.loads((directory / FILE).read_text(encoding="utf-8"))
        self._number()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to each message."""
        for message in messages:
            row = self._row(message.get("text") or "")
            message.add_features(Features(row, "sentence", "text", "ngrams"))
        return messages

    def _ngrams(self, text: str) -> Iterator[str]:
        """Yield every n-gram, marked with its kind, as often as it stands in the text."""
        words = WORD.findall(text[:CHARACTERS].lower())
        for ngram in spans_of(words, *self.config["words"]):
            yield "w" + " ".join(ngram)
        for word in words:
            for ngram in spans_of(f" {word} ", *self.config["characters"]):
                yield "c" + "".join(ngram)

    def _row(self, text: str) -> csr_matrix:
        counts = Counter(n for n in self._ngrams(text) if n in self._columns)
        values = {n: (1 + math.log(times)) * self._rarity[n] for n, times in counts.items()}
        lengths = {kind: _length(kind, values) for kind in "wc"}
        columns = [self._columns[n] for n in values]
        shares = np.array([value / lengths[n[0]] for n, value in values.items()], np.float32)
        shape = (1, len(self._columns))
        return csr_matrix((shares, columns, [0, len(columns)]), shape=shape)


def spans_of(items: Sequence[str], shortest: int, longest: int) -> Iterator[Sequence[str]]:
    """Yield every run of shortest to longest neighbours."""
    for size in range(shortest, longest + 1):
        for start in range(len(items) - size + 1):
            yield items[start : start + size]


def _length(kind: str, values: dict[str, float]) -> float:
    return math.sqrt(sum(value**2 for n, value in values.items() if n[0] == kind)) or 1.0
