"""The meaning of a message and of its words as numbers, from multilingual-e5-small."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import LearningComponent, places
from spindel_nlu.encoder.encoder import Encoded, Encoder
from spindel_nlu.encoder.weights import Floats, Weights, weights_path

SAMPLE = 1000  # sentences at least, enough for the mean and for how words vary


class E5Featurizer(LearningComponent):
    """Adds a row for the message and a row for each of its words.

    Sentence vectors of E5 lie close together (cosine .7 and up), so their mean is taken away.
    The words' are turned so that the first numbers say most, and the rest is dropped.

    Settings: layers, which of the twelve; scale, of the message's row; word_numbers, how many
    numbers a word keeps.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"layers": [3, 6, 9, 12], "scale": 10.0, "word_numbers": 256}

    def learn(self, messages: list[Message]) -> None:
        """Build the encoder; find the mean and the turn in a sample of the sentences."""
        # Only training needs the graph builder's package in memory.
        from spindel_nlu.encoder.graph import GraphBuilder  # noqa: PLC0415

        self._graph = GraphBuilder(Weights(weights_path())).build(self.config["layers"])
        self._encoder = Encoder(self._graph)
        sample = messages[:: max(1, len(messages) // SAMPLE)]
        sentences, words = [], []
        for message, encoded in self._encoded(sample):
            sentences.append(encoded.sentence())
            words.append(encoded.words(places(message)))
        self._learnt: dict[str, Floats] = {"mean": np.mean(sentences, axis=0)}
        self._learnt |= turn(np.concatenate(words), self.config["word_numbers"])

    def keep(self, directory: Path) -> None:
        """Write the encoder's graph, the mean and the turn."""
        (directory / "e5.onnx").write_bytes(self._graph)
        np.savez(directory / "e5.npz", **self._learnt)

    def restore(self, directory: Path) -> None:
        """Read the encoder's graph, the mean and the turn."""
        self._encoder = Encoder((directory / "e5.onnx").read_bytes())
        with np.load(directory / "e5.npz", allow_pickle=False) as kept:
            self._learnt = {name: kept[name] for name in kept.files}

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the rows to each message."""
        learnt = self._learnt
        for message, encoded in self._encoded(messages):
            sentence = (encoded.sentence() - learnt["mean"]) * self.config["scale"]
            message.add_features(Features(sentence[np.newaxis, :], "sentence", "text", "e5"))
            words = (encoded.words(places(message)) - learnt["word_mean"]) @ learnt["turn"]
            message.add_features(Features(words, "sequence", "text", "e5"))
        return messages

    def _encoded(self, messages: list[Message]) -> Iterator[tuple[Message, Encoded]]:
        """Encode many messages on all processors, or one in this thread."""
        texts = [m.get("text") or "" for m in messages]
        if len(texts) == 1:
            yield messages[0], self._encoder.encode(texts[0])
            return
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from zip(messages, pool.map(self._encoder.encode, texts), strict=True)


def turn(words: Floats, numbers: int) -> dict[str, Floats]:
    """Return the mean of word vectors, and what turns them to their principal directions."""
    mean, spread = words.mean(axis=0), words.std(axis=0) + 1e-6
    even = (words - mean) / spread
    _, directions = np.linalg.eigh(even.T @ even / len(words))
    kept = directions[:, : -numbers - 1 : -1]
    return {"word_mean": mean, "turn": (kept / spread[:, np.newaxis]).astype(np.float32)}
