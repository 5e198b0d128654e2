"""Which intent a message has: multinomial logistic regression over all its features."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from spindel_nlu.components.base import FindingComponent


class IntentClassifier(FindingComponent):
    """Leaves the whole ranking on each message, most probable first, summing to 1.

    Settings: penalty, the strength C of scikit-learn (larger is weaker); rounds, at most.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"penalty": 1.0, "rounds": 300}

    def learn(self, messages: list[Message]) -> None:
        """Fit one weight for each feature and intent."""
        known = [m for m in messages if m.get("intent") and m.features]
        model = LogisticRegression(
            C=self.config["penalty"], max_iter=self.config["rounds"], class_weight="balanced"
        )
        model.fit(features(known), [m.get("intent") for m in known])
        self._intents: list[str] = model.classes_.tolist()
        self._weights = model.coef_.astype(np.float32)
        self._bias = model.intercept_.astype(np.float32)

    def keep(self, directory: Path) -> None:
        """Write the weights and what they stand for."""
        (directory / "intents.json").write_text(json.dumps(self._intents), encoding="utf-8")
        np.savez_compressed(directory / "weights.npz", weights=self._weights, bias=self._bias)

    def restore(self, directory: Path) -> None:
        """Read the weights."""
        self._intents = json.loads((directory / "intents.json").read_text(encoding="utf-8"))
        with np.load(directory / "weights.npz", allow_pickle=False) as kept:
            self._weights, self._bias = kept["weights"], kept["bias"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the intent and the ranking on each message."""
        for message in messages:
            scores = (features([message]) @ self._weights.T)[0] + self._bias
            odds = np.exp(scores - scores.max())
            shares = odds / odds.sum()
            ranking = [
                {"name": self._intents[at], "confidence": float(shares[at])}
                for at in np.argsort(-shares)
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def features(messages: list[Message]) -> csr_matrix:
    """Return the sentence features of the messages side by side, a row for each."""
    columns = range(len(messages[0].features))
    blocks = [
        np.concatenate([m.features[at].features for m in messages])
        if messages[0].features[at].is_dense()
        else vertically([m.features[at].features for m in messages])
        for at in columns
    ]
    return hstack(blocks, format="csr", dtype=np.float32)


def vertically(rows: list[csr_matrix]) -> csr_matrix:
    """Stack sparse rows of one width."""
    pointers = np.cumsum([0, *(row.nnz for row in rows)])
    indices = np.concatenate([row.indices for row in rows])
    values = np.concatenate([row.data for row in rows])
    return csr_matrix((values, indices, pointers), shape=(len(rows), rows[0].shape[1]))
