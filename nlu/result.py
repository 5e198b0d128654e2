"""What was understood of one message."""

from dataclasses import dataclass
from typing import Any, Literal

from nlu.times import When

Band = Literal["act", "ask", "no"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked piece of the text: code points [start, end), the value exactly as typed."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """The intent with its confidence and band, the other candidates, entities and the time.

    source: rasa, words (exact words, no model needed) or down (Rasa did not answer).
    lang: the language the message seems written in. names: what the database knows of the text
    and the model did not mark so; it helps to find what is meant, and is no part of the contract.
    """

    text: str
    intent: str
    confidence: float
    band: Band
    lang: Literal["sv", "en"]
    offered: tuple[str, ...] = ()
    runners_up: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    when: When | None = None
    source: Literal["rasa", "words", "down"] = "rasa"
    truncated: bool = False
    names: tuple[Entity, ...] = ()

    def said(self, entity: str) -> list[Entity]:
        """Return one kind of entity in the order of the text; a known name beats a guess."""
        meant = [
            e
            for e in self.entities
            if not any(n.start <= e.start and e.end <= n.end for n in self.names)
        ]
        every = [e for e in (*meant, *self.names) if e.entity == entity]
        return sorted(every, key=lambda e: e.start)

    def to_json(self) -> dict[str, Any]:
        """Return the understand line of the command line's contract, without its id."""
        return {
            "text": self.text,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "band": self.band,
            "offered": list(self.offered),
            "runners_up": [{"intent": i, "confidence": round(c, 4)} for i, c in self.runners_up],
            "entities": [
                {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end}
                for e in self.entities
            ],
            "when": self.when.to_json() if self.when else None,
            "source": self.source,
            "truncated": self.truncated,
        }
