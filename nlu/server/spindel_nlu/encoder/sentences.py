"""Sentences into vectors with multilingual-e5-small, on the processor, through ONNX Runtime."""

import numpy as np
import onnxruntime

from spindel_nlu.encoder.weights import Floats, Weights, weights_path
from spindel_nlu.encoder.wordpieces import WordPieces

CHARACTERS = 600  # the cost of attention grows with the square of the length


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

    def encode(self, text: str) -> Floats:
        """Return the vectors of the graph's layers, each of length 1, one after the other.

        Only the first 600 characters are read.
        """
        ids = self._wordpieces.ids(text[:CHARACTERS], self._weights.positions)
        vectors = self._weights.word_vectors(ids) + self._positions[: len(ids)]
        (layers,) = self._session.run(["layers"], {"vectors": vectors})
        lengths = np.linalg.norm(layers, axis=1, keepdims=True)
        return np.asarray((layers / lengths).reshape(-1), np.float32)
