"""Which intent a message has: one logistic regression for each kind of features, multiplied.

Wording and meaning err differently. One regression over both leans on whichever has the larger
numbers; two that have each made up their mind, multiplied, are right more often, and their
confidence is close to how often they are right.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import vstack

from spindel_nlu.components.base import FindingComponent
from spindel_nlu.components.regression import Rows, fitted
from spindel_nlu.encoder.weights import Floats


class IntentClassifier(FindingComponent):
    """Leaves the whole ranking on each message, most probable first, summing to 1.

    Settings: freedom, for each kind of features scikit-learn's C (larger: follows the training
    sentences more closely); rounds, of fitting at most.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"freedom": {"ngrams": 30.0, "e5": 0.2}, "rounds": 100}

    def learn(self, messages: list[Message]) -> None:
        """Fit a regression to each kind of features."""
        known = [m for m in messages if m.get("intent") and m.features]
        labels = [m.get("intent") for m in known]
        self._intents = sorted(set(labels))
        self._weights: dict[str, Floats] = {}
        for at, kind in enumerate(_of_sentences(known[0])):
            rows = stacked([_of_sentences(m)[at].features for m in known])
            freedom, rounds = self.config["freedom"][kind.origin], self.config["rounds"]
            # Balanced: an intent with more sentences is not thereby more likely to be meant.
            self._weights[kind.origin] = fitted(
                rows, labels, freedom, rounds, class_weight="balanced"
            )

    def keep(self, directory: Path) -> None:
        """Write the weights and what they stand for."""
        (directory / "intents.json").write_text(json.dumps(self._intents), encoding="utf-8")
        np.savez_compressed(directory / "weights.npz", **self._weights)

    def restore(self, directory: Path) -> None:
        """Read the weights."""
        self._intents = json.loads((directory / "intents.json").read_text(encoding="utf-8"))
        with np.load(directory / "weights.npz", allow_pickle=False) as kept:
            self._weights = {kind: kept[kind] for kind in kept.files}

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the intent and the ranking on each message."""
        for message in messages:
            shares = self._shares(message)
            ranking = [
                {"name": self._intents[at], "confidence": float(shares[at])}
                for at in np.argsort(-shares)
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _shares(self, message: Message) -> npt.NDArray[np.float64]:
        scores = np.zeros(len(self._intents))
        for kind in _of_sentences(message):
            weights = self._weights[kind.origin]
            scores += _logarithms(_product(kind.features, weights) + weights[-1])
        return np.exp(_logarithms(scores))


def _of_sentences(message: Message) -> list[Features]:
    return [features for features in message.features if features.type == "sentence"]


def _product(row: Rows, weights: Floats) -> Floats:
    """Multiply one row; of a sparse one, only what is there."""
    if isinstance(row, np.ndarray):
        return np.asarray(row[0] @ weights[:-1])
    return np.asarray(row.data @ weights[row.indices])


def _logarithms(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return log-probabilities from scores."""
    shifted = scores.astype(np.float64) - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


def stacked(rows: list[Rows]) -> Rows:
    """Return rows of one kind as one matrix."""
    if isinstance(rows[0], np.ndarray):
        return np.concatenate(rows)
    return vstack(rows, format="csr")
