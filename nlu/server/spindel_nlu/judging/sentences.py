"""Sentences with the right answer, beside what the model said of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity's place: code points [start, end)."""

    entity: str
    start: int
    end: int

    def overlaps(self, other: "Mark") -> bool:
        """Say whether the other is the same kind of entity and shares a character."""
        same = self.entity == other.entity
        return same and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: what it means, and the model's ranking (best first) and entities.

    band and offered: what the bot did with it (act, ask or no; the intents it offered), where the
    whole bot answered and not the model alone.
    """

    text: str
    intent: str
    lang: str
    marks: tuple[Mark, ...]
    ranking: tuple[tuple[str, float], ...]
    found: tuple[Mark, ...]
    band: str = ""
    offered: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The intent ranked first; empty when there is none."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def confidence(self) -> float:
        """The probability of the intent ranked first."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def right(self) -> bool:
        """Whether the intent ranked first is the right one."""
        return self.answer == self.intent


def sentences_in(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read JSON lines of text, intent, lang and entities.

    Raises:
        ValueError: naming file and line, when a line is no such object.
    """
    found = []
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            sentence = _object(line, f"{path}:{number}")
            if not {"text", "intent", "lang"} <= sentence.keys():
                raise ValueError(f"{path}:{number}: text, intent and lang are needed")
            found.append(sentence)
    return found


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
    if not isinstance(told, dict):
        raise ValueError(f"{place}: a line is one JSON object")  # noqa: TRY004 - a bad line
    return told


def judged(sentence: dict[str, Any], parsed: dict[str, Any]) -> Judged:
    """Put a sentence beside the answer of POST /model/parse to its text."""
    ranking = tuple((i["name"], float(i["confidence"])) for i in parsed["intent_ranking"])
    return Judged(
        text=sentence["text"],
        intent=sentence["intent"],
        lang=sentence["lang"],
        marks=_marks(sentence.get("entities", [])),
        ranking=ranking,
        found=_marks(parsed["entities"]),
    )


def answered(sentence: dict[str, Any], told: dict[str, Any]) -> Judged:
    """Put a sentence beside the line of `spindel understand` for its text."""
    best = {"name": told["intent"], "confidence": told["confidence"]}
    others = [{"name": i["intent"], "confidence": i["confidence"]} for i in told["runners_up"]]
    parsed = {"intent_ranking": [best, *others], "entities": told["entities"]}
    plain = judged(sentence, parsed)
    return replace(plain, band=told["band"], offered=tuple(told["offered"]))


def _marks(entities: list[dict[str, Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(e["entity"], e["start"], e["end"]) for e in entities)
