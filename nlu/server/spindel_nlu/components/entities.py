"""Finds entities with a conditional random field over the words.

Rasa's own extractor keeps its training sentences and learns anew at every start, minutes with
this project's data; this one keeps the learnt weights.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pycrfsuite
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import TOKENS, FindingComponent
from spindel_nlu.components.spans import Span, spans_from_tags, tags_from_spans
from spindel_nlu.components.word_features import word_features

log = logging.getLogger(__name__)
FILE = "entities.crfsuite"


class EntityExtractor(FindingComponent):
    """Marks the entities of a message; the intent must be known before.

    Settings: l1 and l2, the penalties on the weights; rounds, of training at most.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that did best."""
        return {"l1": 0.1, "l2": 0.01, "rounds": 100}

    def learn(self, messages: list[Message]) -> None:
        """Learn from the marked training sentences, unmarked ones included."""
        self._trainer = pycrfsuite.Trainer(verbose=False)
        settings = {
            "c1": self.config["l1"],
            "c2": self.config["l2"],
            "max_iterations": self.config["rounds"],
            "feature.possible_transitions": True,
        }
        self._trainer.set_params(settings)
        for message in messages:
            tokens: list[Token] = message.get(TOKENS) or []
            if tokens:
                tags = tags_from_spans([(t.start, t.end) for t in tokens], marked(message))
                features = word_features([t.text for t in tokens], message.get("intent"))
                self._trainer.append(features, tags)

    def keep(self, directory: Path) -> None:
        """Fit the weights and write them."""
        self._trainer.train(str(directory / FILE))

    def restore(self, directory: Path) -> None:
        """Read the weights."""
        self._tagger = pycrfsuite.Tagger()
        self._weights = (directory / FILE).read_bytes()  # the tagger reads here, without a copy
        self._tagger.open_inmemory(self._weights)

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the entities on each message."""
        for message in messages:
            message.set("entities", self._entities(message), add_to_output=True)
        return messages

    def _entities(self, message: Message) -> list[dict[str, Any]]:
        tokens: Sequence[Token] = message.get(TOKENS) or []
        if not tokens:
            return []
        intent = (message.get("intent") or {}).get("name") or ""
        tags = self._tagger.tag(word_features([t.text for t in tokens], intent))
        found = spans_from_tags([(t.start, t.end) for t in tokens], tags)
        sure = [self._tagger.marginal(tag, at) for at, tag in enumerate(tags)]
        return [self._entity(span, message.get("text"), tokens, sure) for span in found]

    def _entity(
        self, span: Span, text: str, tokens: Sequence[Token], sure: list[float]
    ) -> dict[str, Any]:
        inside = [s for t, s in zip(tokens, sure, strict=True) if span.start <= t.start < span.end]
        return {
            "entity": span.entity,
            "value": text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "confidence_entity": min(inside),
            "extractor": type(self).__name__,
        }


def marked(message: Message) -> list[Span]:
    """Return the spans that a training sentence is marked with."""
    return [Span(e["entity"], e["start"], e["end"]) for e in message.get("entities") or []]
