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
    lang: the language the message seems written in. marked: every name in the message, also
    where the intent carries none ("nej, på SEB" is a no that names an employer), a name of the
    database in the place of what the model took it for; it is no part of the contract.
    near: (words, field, likeness) for fields that the thesaurus lacks.
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
    marked: tuple[Entity, ...] = ()
    near: tuple[tuple[str, str, float], ...] = ()

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
