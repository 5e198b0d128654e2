"""Finds entities with a conditional random field over the words.

Rasa's own extractor keeps its training sentences and learns anew at every start, minutes with
this project's data; this one keeps the learnt weights.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import TOKENS, FindingComponent, places
from spindel_nlu.components.spans import Span, spans_from_tags, tags_from_spans
from spindel_nlu.components.word_features import word_features
from spindel_nlu.components.word_kinds import WordKinds
from spindel_nlu.encoder.weights import Floats

FILE = "entities.crfsuite"
LEAST = 0.02  # a kind that a word is less likely to be is not worth a feature
Seen = list[dict[str, float]]  # a word's features with their strengths


class EntityExtractor(FindingComponent):
    """Marks the entities of a message, from its words, its intent and, if known, their meaning.

    Settings: l1 and l2, the penalties on the weights; rounds, of training at most.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"l1": 0.1, "l2": 0.01, "rounds": 60}

    def learn(self, messages: list[Message]) -> None:
        """Learn from the training sentences, those without entities included."""
        known = [m for m in messages if m.get(TOKENS) and is_marked(m)]
        tags = [tags_from_spans(places(m), marked(m)) for m in known]
        vectors = [found for m in known if (found := vectors_of(m)) is not None]
        self._kinds = WordKinds() if vectors else None
        judged: list[Any] = [None] * len(known)
        if self._kinds:
            judged = self._kinds.learn(vectors, [[tag[2:] for tag in row] for row in tags])
        self._trainer = pycrfsuite.Trainer(verbose=False)
        settings = {"c1": self.config["l1"], "c2": self.config["l2"]}
        self._trainer.set_params({**settings, "max_iterations": self.config["rounds"]})
        for message, row, shares in zip(known, tags, judged, strict=True):
            seen = self._seen(message, message.get("intent"), shares)
            self._trainer.append(pycrfsuite.ItemSequence(seen), row)

    def keep(self, directory: Path) -> None:
        """Fit the weights and write them."""
        self._trainer.train(str(directory / FILE))
        if self._kinds:
            self._kinds.keep(directory)

    def restore(self, directory: Path) -> None:
        """Read the weights."""
        self._weights = (directory / FILE).read_bytes()  # the tagger reads here, without a copy
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._weights)
        self._kinds = WordKinds.kept(directory)

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the entities on each message."""
        for message in messages:
            found = self._entities(message) if message.get(TOKENS) else []
            message.set("entities", found, add_to_output=True)
        return messages

    def _entities(self, message: Message) -> list[dict[str, Any]]:
        vectors = vectors_of(message)
        shares = self._kinds.of(vectors) if self._kinds and vectors is not None else None
        intent = (message.get("intent") or {}).get("name") or ""
        seen = self._seen(message, intent, shares)
        tags = self._tagger.tag(pycrfsuite.ItemSequence(seen))
        sure = [self._tagger.marginal(tag, at) for at, tag in enumerate(tags)]
        words, text = places(message), message.get("text")
        return [entity(s, text, words, sure) for s in spans_from_tags(words, tags)]

    def _seen(self, message: Message, intent: str, shares: Any) -> Seen:
        words = [token.text for token in message.get(TOKENS)]
        seen = [dict.fromkeys(features, 1.0) for features in word_features(words, intent)]
        if self._kinds and shares is not None:
            for features, row in zip(seen, shares, strict=True):
                features.update(self._kinds.named(row, LEAST))
        return seen


def entity(
    span: Span, text: str, words: Sequence[tuple[int, int]], sure: Sequence[float]
) -> dict[str, Any]:
    """Describe a found entity as Rasa does; its confidence is that of its least sure word."""
    inside = [
        s for (start, _), s in zip(words, sure, strict=True) if span.start <= start < span.end
    ]
    return {
        "entity": span.entity,
        "value": text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "confidence_entity": min(inside),
        "extractor": EntityExtractor.__name__,
    }


def vectors_of(message: Message) -> Floats | None:
    """Return the words' vectors, if a featurizer left them."""
    found = [f.features for f in message.features if f.type == "sequence"]
    return np.asarray(found[0], np.float32) if found else None


def is_marked(message: Message) -> bool:
    """Say whether somebody has marked the entities; what a university labels has an intent only."""
    told = (message.get("metadata") or {}).get("example") or {}
    return bool(told.get("marked", True))


def marked(message: Message) -> list[Span]:
    """Return the spans that a training sentence is marked with."""
    return [Span(e["entity"], e["start"], e["end"]) for e in message.get("entities") or []]
