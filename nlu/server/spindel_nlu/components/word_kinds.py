"""What kind of entity a word may be part of, from its meaning in the sentence alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from spindel_nlu.components.regression import fitted
from spindel_nlu.encoder.weights import Floats

FILE = "word_kinds.npz"
FOLDS = 3
FREEDOM = 0.01  # scikit-learn's C
ROUNDS = 80


class WordKinds:
    """One logistic regression over the vectors of words.

    The extractor that learns from its answers must see such as it will get in use, so each
    training word is judged by a regression that has not seen its sentence.
    """

    def learn(self, words: Sequence[Floats], kinds: Sequence[list[str]]) -> list[Floats]:
        """Learn; return the shares for each training sentence, as unseen.

        Args:
            words: for each sentence, vectors of shape (words, numbers).
            kinds: for each sentence, what each word is part of.
        """
        rows, labels = np.concatenate(words), np.concatenate([np.array(k, str) for k in kinds])
        fold = np.repeat(np.arange(len(words)) % FOLDS, [len(k) for k in kinds])
        self._kinds, numbers = np.unique(labels, return_inverse=True)
        unseen = np.zeros((len(rows), len(self._kinds)))
        for held in range(FOLDS):
            weights = self._fitted(rows[fold != held], numbers[fold != held])
            unseen[fold == held] = shares(rows[fold == held], weights)
        self._weights = self._fitted(rows, numbers)
        ends = np.cumsum([len(k) for k in kinds])[:-1]
        return np.split(unseen, ends)

    def _fitted(self, rows: Floats, numbers: npt.NDArray[np.intp]) -> Floats:
        """Return weights, a column for each kind, the last row being the bias."""
        weights = np.zeros((rows.shape[1] + 1, len(self._kinds)), np.float32)
        weights[-1] = -np.inf  # for a kind that no sentence of this part has
        weights[:, np.unique(numbers)] = fitted(rows, numbers.tolist(), FREEDOM, ROUNDS)
        return weights

    def keep(self, directory: Path) -> None:
        """Write the weights."""
        np.savez(directory / FILE, kinds=self._kinds, weights=self._weights)

    @classmethod
    def kept(cls, directory: Path) -> Self | None:
        """Read the weights, if any were written."""
        if not (directory / FILE).exists():
            return None
        found = cls()
        with np.load(directory / FILE, allow_pickle=False) as kept:
            found._kinds, found._weights = kept["kinds"], kept["weights"]
        return found

    def of(self, words: Floats) -> npt.NDArray[np.float64]:
        """Return each word's shares over the kinds, shape (words, kinds)."""
        return shares(words, self._weights)

    def named(self, row: npt.NDArray[Any], least: float) -> dict[str, float]:
        """Return one word's kinds with at least a share, by name."""
        pairs = zip(self._kinds.tolist(), row.tolist(), strict=True)
        return {f"kind={kind}": share for kind, share in pairs if share >= least}


def shares(rows: Floats, weights: Floats) -> npt.NDArray[np.float64]:
    """Return the probabilities of a regression, a row for each word."""
    scores = (rows @ weights[:-1] + weights[-1]).astype(np.float64)
    odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
