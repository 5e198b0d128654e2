"""From a text to an Understanding: exact words, Rasa, the database's names, the time."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from nlu.client import LONGEST_TEXT, RasaClient, Unavailable
from nlu.exact import exact_intent, wordless
from nlu.gazetteer import Gazetteer, beside, covers, named, overlap, trimmed
from nlu.language import language_of
from nlu.masking import mask
from nlu.near import NearFields
from nlu.result import Band, Entity, Understanding
from nlu.times import When, find

# Chosen on the first half of the independent test sentences; docs/nlu.md shows the curve.
ACT = 0.75
ASK = 0.18
_OFFERED = 3
_LIKELY = 0.1  # of the offered intents, none below was the right one on half A
_MOST_NEAR = 3  # unknown fields of one message that are asked about
_NEVER_OFFERED = frozenset({"out_of_scope", "confirm", "decline", "refine", "smalltalk"})
# The dialogue's state as evidence: what these intents are worth with nothing open.
_NEEDS_SOMETHING_OPEN = frozenset({"confirm", "decline", "refine"})
_WITHOUT_ANYTHING_OPEN = 0.3
_WITHOUT_ENTITIES = frozenset(
    {"confirm", "decline", "smalltalk", "help", "out_of_scope", "explain_alumni"}
)
_TIMES = frozenset({"instant", "date", "range", "recurring"})
_CARRIES_A_TEXT = frozenset({"send_announcement"})  # whose times are its own

Parsed = dict[str, Any] | None


@dataclass(slots=True)
class Nlu:
    """What understands: a Rasa server and the names of the database."""

    rasa: RasaClient
    gazetteer: Gazetteer
    fields: NearFields | None = None

    async def hear(self, text: str) -> Parsed:
        """Ask the model about a text; None when it is away or need not be asked.

        Needs nothing but the text: what else `understand` wants can be read meanwhile.
        """
        cut = _cut(text)
        if exact_intent(text) is not None or self._says_nothing(text):
            return None
        try:
            return await self.rasa.parse(mask(cut))
        except Unavailable:
            return None

    async def understand(
        self,
        text: str,
        now: datetime,
        *,
        zone: str = "Europe/Stockholm",
        lang: Literal["sv", "en"] | None = None,
        something_open: bool = True,
        heard: Awaitable[Parsed] | None = None,
    ) -> Understanding:
        """Return what a message means.

        now: aware. lang: the person's language, if she chose one. something_open: whether a
        draft or a list is being spoken of. heard: what `hear` of this text gives, if that was
        begun before. Rasa being away is no error: source is "down".
        """
        language = language_of(text) or lang or "sv"
        cut = _cut(text)
        shift = len(text[:LONGEST_TEXT]) - len(cut)
        when = find(text[:LONGEST_TEXT], now, tz=zone, lang=lang)
        base = Understanding(
            text=text,
            intent="out_of_scope",
            confidence=0.0,
            band="no",
            lang=language,
            when=None if when.kind == "none" else when,
            source="down",
            truncated=len(text) > LONGEST_TEXT,
        )
        exact = exact_intent(text)
        if exact is not None:
            return replace(base, intent=exact, confidence=1.0, band="act", source="words")
        if self._says_nothing(text):
            return replace(base, confidence=1.0, source="words")
        parsed = await (heard or self.hear(text))
        if parsed is None:
            return replace(base, entities=tuple(self.gazetteer.find(text[:LONGEST_TEXT])))
        ranking = _ranking(parsed, something_open=something_open)
        marked = _marked(parsed, text, shift)
        names = beside(self.gazetteer.find(text[:LONGEST_TEXT]), marked)
        base = replace(base, when=_when(base, marked, now, zone, lang))
        return await self._with_near(_banded(base, ranking, marked, names))

    def _says_nothing(self, text: str) -> bool:
        said = text[:LONGEST_TEXT]
        return wordless(said) and not self.gazetteer.find(said)

    def _knows(self, words: str) -> bool:
        """Whether words are a name as a whole: "vegan food" is none, though "food" is."""
        return any(n.end - n.start == len(words) for n in self.gazetteer.find(words))

    async def _with_near(self, understood: Understanding) -> Understanding:
        """Add the nearest field for each that nobody knows; done here, where no data is held."""
        if self.fields is None or understood.band == "no":
            return understood
        words = [e.value for e in understood.marked if e.entity == "field"]
        unknown = [w for w in dict.fromkeys(words) if not self._knows(w)][:_MOST_NEAR]
        found = [(w, near) for w in unknown if (near := await self.fields.nearest(w))]
        return replace(understood, near=tuple((w, name, like) for w, (name, like) in found))


def _cut(text: str) -> str:
    return text[:LONGEST_TEXT].lstrip("/")


def pointing(text: str, lang: Literal["sv", "en"] | None) -> Understanding:
    """Return what is understood of a message that names something offered: no model is needed."""
    return Understanding(
        text=text,
        intent="refine",
        confidence=1.0,
        band="act",
        lang=language_of(text) or lang or "sv",
        source="words",
    )


def _when(
    base: Understanding, marked: tuple[Entity, ...], now: datetime, zone: str, lang: Any
) -> When | None:
    """Look for the time outside the task: "send the minutes" tells no time."""
    tasks = [e for e in marked if e.entity == "task"]
    if not tasks:
        return base.when
    outside = without(base.text[:LONGEST_TEXT], tasks)
    again = find(outside, now, tz=zone, lang=lang)
    return base.when if again.kind == "none" else again


def without(text: str, entities: list[Entity]) -> str:
    """Return a text with some entities blanked, every offset kept."""
    for entity in entities:
        blank = " " * (entity.end - entity.start)
        text = text[: entity.start] + blank + text[entity.end :]
    return text


def _ranking(parsed: dict[str, Any], *, something_open: bool) -> list[tuple[str, float]]:
    ranked: dict[str, float] = {}
    for row in parsed["intent_ranking"]:
        if isinstance(row, dict) and isinstance(row.get("name"), str):
            ranked[row["name"]] = float(row.get("confidence") or 0.0)
    if not something_open:
        for intent in _NEEDS_SOMETHING_OPEN & ranked.keys():
            ranked[intent] *= _WITHOUT_ANYTHING_OPEN
    whole = sum(ranked.values()) or 1.0
    return sorted(((i, c / whole) for i, c in ranked.items()), key=lambda row: -row[1])


def _marked(parsed: dict[str, Any], text: str, shift: int) -> tuple[Entity, ...]:
    """Return what the model marked, without the small words around it."""
    marked = []
    for row in parsed.get("entities") or []:
        start, end = int(row["start"]) + shift, int(row["end"]) + shift
        if 0 <= start < end <= len(text):
            marked.append(trimmed(Entity(str(row["entity"]), text[start:end], start, end)))
    return tuple(entity for entity in marked if entity)


def _completed(
    marked: tuple[Entity, ...], names: tuple[Entity, ...], base: Understanding, intent: str
) -> tuple[Entity, ...]:
    """Add what is certain though the model did not mark it: known names, and the time."""
    missed = named(names)
    marked = tuple(e for e in marked if not any(covers(n, e) for n in missed))
    if base.when is not None and base.when.kind in _TIMES and intent not in _CARRIES_A_TEXT:
        missed += [Entity("time", base.text[a:b], a, b) for a, b in base.when.spans]
    free = [m for m in missed if not any(overlap(m, e) for e in marked)]
    return tuple(sorted((*marked, *free), key=lambda e: e.start))


def as_known(entities: tuple[Entity, ...], names: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the entities as they are looked for in the database: a known name beats a guess."""
    guessed = [e for e in entities if not any(covers(n, e) for n in names)]
    return tuple(sorted((*guessed, *names), key=lambda e: e.start))


def _banded(
    base: Understanding,
    ranking: list[tuple[str, float]],
    marked: tuple[Entity, ...],
    names: tuple[Entity, ...],
) -> Understanding:
    intent, confidence = ranking[0] if ranking else ("out_of_scope", 0.0)
    free = intent in _WITHOUT_ENTITIES
    completed = _completed(marked, names, base, intent)
    band: Band = "act" if confidence >= ACT else "ask" if confidence >= ASK else "no"
    if intent == "out_of_scope":
        band = "no" if confidence >= ACT else "ask"
    likely = (i for i, c in ranking if c >= _LIKELY and i not in _NEVER_OFFERED)
    offered = tuple(likely)[:_OFFERED]
    return replace(
        base,
        intent=intent,
        confidence=confidence,
        band=band,
        offered=offered if band == "ask" else (),
        runners_up=tuple(ranking[1:4]),
        entities=() if free else completed,
        source="rasa",
        marked=as_known(completed, names),
    )
