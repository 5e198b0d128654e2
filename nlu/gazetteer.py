"""Find the database's names in a message: units, programmes, fields, cities, employers."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from nlu.result import Entity

_WORD = re.compile(r"[\w&+#]+(?:['’.-]\w+)*")
_LONGEST = 6  # words in a name
_LIKENESS = 86
_SHORTEST_MISSPELT = 6
_SHORTEST_UNCASED = 4
_SHORTEST = 3
# On equal length the more specific kind of name wins.
_ORDER = ("programme", "unit", "company", "city", "field")
_SURE = frozenset({"company", "city", "programme"})
_ENDINGS = ("s", "en", "et", "ens", "ets", "n", "ns", "na", "er")
# Short names that are also everyday words; they count only as the model's own entities.
_EVERYDAY = frozenset({"it", "vård", "handel", "as", "is", "sik", "man", "vi", "ta", "art", "data"})
# What many units share says nothing of which one is meant.
_GENERIC = re.compile(
    r"^(?:(?:institution|avdelning|centrum|fakultet|skola)(?:en)? for"
    r"|(?:department|division|faculty|school|centre|center|institute) of) "
)
# Everybody is no audience: only a narrowed group is.
_EVERYBODY = re.compile(
    r"(?:(?:alla|samtliga|hela|varje|varenda|våra|mina|de|dom|lokala|all|every|each|the|our|my|"
    r"whole|entire|local|of)\s+)*(?:alumn)?(?:ko+rdinator\w*|coordinators?|n[äa]tverket|network|"
    r"alumner\w*|alumni|alumnerna|alla|samtliga|everyone|everybody|all)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    """pa i den det de dom en ett vid hos fran till inom om for av med och at ar
    on in at the to from of a an with by and for about is""".split()
)


def _fold(word: str) -> str:
    flat = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in flat if not unicodedata.combining(c)).replace("-", " ")


class Gazetteer:
    """The names that exist, with the entity each of them is.

    names: (entity, name) pairs as the database holds them.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, str] = {}
        self._cased: set[str] = set()
        ranked = sorted(set(names), key=lambda pair: _ORDER.index(pair[0]), reverse=True)
        for entity, name in ranked:
            folded = " ".join(_fold(name).split())
            if folded in _EVERYDAY or len(folded) <= 1:
                continue
            self._names[folded] = entity
            if entity == "company" and len(folded) <= _SHORTEST_UNCASED:
                self._cased.add(name)
        self._long: dict[str, dict[str, str]] = {}
        for name in self._names:
            own = _GENERIC.sub("", name)
            if len(own) >= _SHORTEST_MISSPELT:
                self._long.setdefault(own[0], {})[own] = name

    def find(self, text: str) -> list[Entity]:
        """Return the names in a text, longest first where they overlap, in order of place."""
        words = list(_WORD.finditer(text))
        found: list[Entity] = []
        at = 0
        while at < len(words):
            step = 1
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                entity = self._entity(text[start:end])
                if entity is not None:
                    found.append(Entity(entity, text[start:end], start, end))
                    step = length
                    break
            at += step
        return found

    def _entity(self, words: str) -> str | None:
        folded = " ".join(_fold(words).split())
        if folded in self._names:
            entity = self._names[folded]
            # "WHO" is an employer and "who" a question: short names count as they are written.
            short = entity == "company" and len(folded) <= _SHORTEST_UNCASED
            return entity if not short or words in self._cased else None
        for ending in _ENDINGS:
            stem = folded.removesuffix(ending)
            if stem != folded and len(stem) > 3 and stem in self._names:  # noqa: PLR2004
                return self._names[stem]
        return self._misspelt(folded)

    def _misspelt(self, folded: str) -> str | None:
        own = _GENERIC.sub("", folded)
        words = own.split()
        if len(own) < _SHORTEST_MISSPELT or {words[0], words[-1]} & _SMALL:
            return None
        # The first letter is the one that people get right; it keeps "fallande" from "Halland".
        alike = self._long.get(own[0], {})
        found = process.extractOne(own, list(alike), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        return None if found is None else self._names[alike[found[0]]]


def trimmed(entity: Entity) -> Entity | None:
    """Return an entity without the small words around it: prepositions and articles stay outside.

    Times keep theirs, where they change the meaning ("om en halvtimme"). None: nothing is left.
    """
    if entity.entity == "audience" and _EVERYBODY.fullmatch(entity.value.strip()):
        return None
    if entity.entity in {"time", "task", "audience"}:
        return entity
    words = list(_WORD.finditer(entity.value))
    while words and _fold(words[0].group()) in _SMALL:
        words.pop(0)
    while words and _fold(words[-1].group()) in _SMALL:
        words.pop()
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    return Entity(entity.entity, entity.value[start:end], entity.start + start, entity.start + end)


def beside(looked_up: list[Entity], marked: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Return the database's names that say more than the model: unmarked, whole, of another kind.

    The model reads the sentence, so it decides what a longer piece is ("Göteborgs stad" is no
    city); the database knows what a name is that stands alone.
    """
    return tuple(n for n in looked_up if all(_adds(n, e) for e in marked if overlap(n, e)))


def named(looked_up: tuple[Entity, ...]) -> list[Entity]:
    """Return the names so sure that they are entities even where the model saw none."""
    return [
        n
        for n in looked_up
        if n.entity in _SURE and n.value[0].isupper() and len(n.value) >= _SHORTEST
    ]


def _adds(name: Entity, marked: Entity) -> bool:
    if marked.entity == "course":
        # A course is not in the database; a field of exactly this name is what it is about.
        return name.entity == "field" and (name.start, name.end) == (marked.start, marked.end)
    if marked.entity not in _ORDER:
        return False
    if (name.start, name.end) == (marked.start, marked.end):
        return name.entity != marked.entity
    return covers(name, marked)


def covers(whole: Entity, part: Entity) -> bool:
    """Say whether one entity holds all of another: "Västra Götaland" holds "Västra"."""
    return whole.start <= part.start and part.end <= whole.end


def overlap(one: Entity, other: Entity) -> bool:
    """Say whether two entities share a character."""
    return one.start < other.end and other.start < one.end
