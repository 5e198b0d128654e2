"""Texts into vectors with multilingual-e5-small, on the processor, through ONNX Runtime."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime

from spindel_nlu.encoder.weights import Floats, Weights, weights_path
from spindel_nlu.encoder.wordpieces import Piece, WordPieces

CHARACTERS = 600  # the cost of attention grows with the square of the length


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's pieces and their states, shape (pieces, layers, width)."""

    pieces: Sequence[Piece]
    states: Floats

    def sentence(self) -> Floats:
        """Return the mean over the pieces after each layer, each of length 1, in a row."""
        layers = self.states.mean(axis=0)
        lengths = np.linalg.norm(layers, axis=1, keepdims=True)
        return np.asarray((layers / lengths).reshape(-1), np.float32)

    def words(self, places: Sequence[tuple[int, int]]) -> Floats:
        """Return the mean over the pieces of each word, shape (words, layers x width).

        A word that was not read, because it stands after the cap, is all zeros.
        """
        starts, ends = ([p[at] for p in self.pieces] for at in (1, 2))
        found = np.zeros((len(places), *self.states.shape[1:]), np.float32)
        for at, (start, end) in enumerate(places):
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            if first < last:
                found[at] = self.states[first:last].mean(axis=0)
        return found.reshape(len(places), -1)


class Encoder:
    """Runs one text at a time; keeps nothing of it.

    Args:
        graph: the serialised ONNX graph of `graph`.
        threads: how many processor threads one text may use.
    """

    def __init__(self, graph: bytes, threads: int = 1) -> None:
        weights = Weights(weights_path())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )
        self._weights = weights
        self._wordpieces = WordPieces(weights.pieces)
        kinds = weights.tensor("emb.type").reshape(-1, weights.width)
        self._positions = weights.tensor("emb.pos").reshape(-1, weights.width) + kinds[0]

    def encode(self, text: str) -> Encoded:
        """Encode the first 600 characters."""
        pieces = self._wordpieces.of(text[:CHARACTERS], self._weights.positions)
        vectors = self._weights.word_vectors([p.id for p in pieces])
        vectors += self._positions[: len(pieces)]
        (states,) = self._session.run(["states"], {"vectors": vectors})
        return Encoded(pieces, states.reshape(len(pieces), -1, self._weights.width))
