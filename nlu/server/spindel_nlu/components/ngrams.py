"""Counts words and pieces of words, weighed by how rare they are: the sparse features."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from spindel_nlu.components.base import LearningComponent

CHARACTERS = 600


class NgramFeaturizer(LearningComponent):
    """Adds one row of TF-IDF over word n-grams and character n-grams within words.

    Settings: words and characters, each [shortest, longest] n-gram; seen, the fewest training
    sentences that an n-gram must stand in.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"words": [1, 2], "characters": [2, 5], "seen": 2}

    def _vectorizers(self) -> list[TfidfVectorizer]:
        shared: dict[str, Any] = {"lowercase": True, "sublinear_tf": True, "dtype": np.float32}
        words, characters = tuple(self.config["words"]), tuple(self.config["characters"])
        return [
            TfidfVectorizer(
                analyzer="word", token_pattern=r"\w+|[^\w\s]", ngram_range=words, **shared
            ),
            TfidfVectorizer(analyzer="char_wb", ngram_range=characters, **shared),
        ]

    def learn(self, messages: list[Message]) -> None:
        """Collect the n-grams of the training texts."""
        texts = [m.get("text")[:CHARACTERS] for m in messages if m.get("text")]
        self._fitted = self._vectorizers()
        for vectorizer in self._fitted:
            vectorizer.min_df = self.config["seen"]
            vectorizer.fit(texts)

    def keep(self, directory: Path) -> None:
        """Write the n-grams with their weights, one file for each kind."""
        for number, vectorizer in enumerate(self._fitted):
            ngrams = vectorizer.get_feature_names_out().tolist()
            weights = np.round(vectorizer.idf_, 5).tolist()
            path = directory / f"ngrams{number}.json"
            path.write_text(json.dumps([ngrams, weights], ensure_ascii=False), encoding="utf-8")

    def restore(self, directory: Path) -> None:
        """Read the n-grams with their weights."""
        self._fitted = self._vectorizers()
        for number, vectorizer in enumerate(self._fitted):
            path = directory / f"ngrams{number}.json"
            ngrams, weights = json.loads(path.read_text(encoding="utf-8"))
            vectorizer.vocabulary = {ngram: i for i, ngram in enumerate(ngrams)}
            vectorizer.idf_ = np.array(weights, np.float32)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to each message."""
        texts = [(m.get("text") or "")[:CHARACTERS] for m in messages]
        if not texts:
            return messages
        rows: csr_matrix = hstack([v.transform(texts) for v in self._fitted], format="csr")
        for number, message in enumerate(messages):
            row = Features(rows[number], "sentence", "text", "ngrams")
            message.add_features(row)
        return messages
