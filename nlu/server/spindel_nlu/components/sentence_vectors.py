"""The meaning of a message as numbers, from multilingual-e5-small: the dense features."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import LearningComponent
from spindel_nlu.encoder.sentences import Encoder
from spindel_nlu.encoder.weights import Floats, Weights, weights_path

SAMPLE = 500  # sentences at least, for a mean good to a few per cent of the spread


class E5Featurizer(LearningComponent):
    """Adds one row: the encoder's layers, less the training mean, times a scale.

    Sentence vectors of E5 lie close together (cosine .7 and up); the mean is what they share.

    Settings: layers, which of the twelve; scale, so that the rare n-grams beside them do not
    drown them in the classifier.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"layers": [6, 9, 12], "scale": 10.0}

    def learn(self, messages: list[Message]) -> None:
        """Build the encoder and find the mean of a sample of the training sentences."""
        # Only training needs the graph builder's package in memory.
        from spindel_nlu.encoder.graph import GraphBuilder  # noqa: PLC0415

        self._graph = GraphBuilder(Weights(weights_path())).build(self.config["layers"])
        self._encoder = Encoder(self._graph)
        texts = [m.get("text") for m in messages if m.get("text")]
        sample = texts[:: max(1, len(texts) // SAMPLE)]
        self._mean: Floats = self._encode(sample).mean(axis=0)

    def keep(self, directory: Path) -> None:
        """Write the encoder's graph and the mean."""
        (directory / "e5.onnx").write_bytes(self._graph)
        np.save(directory / "mean.npy", self._mean, allow_pickle=False)

    def restore(self, directory: Path) -> None:
        """Read the encoder's graph and the mean."""
        self._encoder = Encoder((directory / "e5.onnx").read_bytes())
        self._mean = np.load(directory / "mean.npy", allow_pickle=False)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to each message."""
        vectors = self._encode([m.get("text") or "" for m in messages])
        for message, vector in zip(messages, vectors, strict=True):
            row = ((vector - self._mean) * self.config["scale"])[np.newaxis, :]
            message.add_features(Features(row, "sentence", "text", "e5"))
        return messages

    def _encode(self, texts: list[str]) -> Floats:
        """Encode many texts on all processors, or one in this thread; shape (texts, numbers)."""
        if len(texts) == 1:
            return self._encoder.encode(texts[0])[np.newaxis, :]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.array(list(pool.map(self._encoder.encode, texts)), np.float32)
