"""Which of the things offered a message points at: by place or by what tells them apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from actions.ordinals import LAST, number_in
from actions.words import Listed, Named, Text, Value
from storage.folding import fold
from storage.matching import forms

_LIKENESS = 88
_SHORTEST_PART = 4
_SHORTEST_TAIL = 6  # "föreläsningen" of "gästföreläsning"
_HOUR = re.compile(r"\b(?:kl|klockan|at) ?\d{1,2}\S*")
_DAY = re.compile(r"\b(\d{1,2})(?::?[ae]|st|nd|rd|th)\b")
_NOT = frozenset({"inte", "ej", "not"})
_CLAUSE = re.compile(r"\s*(?:[,;]|\butan\b(?= (?:den|hon|han|det))|\bbut\b)\s*")
# Words that point or soften and tell nothing of which.
_EMPTY = frozenset(
    """den det de dom hon han henne honom hen en ett nej nja ja jo jag menar menade mena sorry
    forlat ursakta forresten tack da alltsa ju nog pa i fran vid hos som ar jobbar arbetar bor
    nummer nr number alternativ alternativet option valet valj ta tar valjer blir med och att till
    med namnet heter istallet i stallet utan bara the one no yes i mean meant oh actually rather
    instead please at in from who is works with working lives living choose pick take that this
    her him she he it then s""".split()
)
_ASKING = frozenset(
    """vem vilka vilken vilket vad var nar hur finns visa sok hitta lista pamin paminn hjalp
    who which what where when how show find search list remind help""".split()
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that was offered: the button's press and value, and its label as it was read."""

    press: str
    value: str
    labels: tuple[str, ...]


def pointed_at(text: str, offered: Sequence[Offered], *, loosely: bool = False) -> Offered | None:
    """Return the one that a message points at, or None when it points at none or at several.

    loosely: the message may say much else besides, since its other words are read elsewhere.
    """
    said, denied = _clauses(text)
    if not offered or (said and said.split()[0] in _ASKING) or text.rstrip().endswith("?"):
        return None
    by_place = _by_place(said, offered)
    if by_place is not None:
        return by_place
    by_words = _by_words(said, offered, loosely=loosely)
    if by_words is None and denied and not telling(said) and len(offered) == 2:  # noqa: PLR2004
        wrong = _by_place(denied, offered) or _by_words(denied, offered, loosely=loosely)
        return next((o for o in offered if wrong is not None and o is not wrong), None)
    return by_words


def words_in(value: Value) -> Iterable[str]:
    """Yield the names inside a text, in both languages."""
    if isinstance(value, Text):
        for inner in value.values.values():
            yield from words_in(inner)
    elif isinstance(value, Named):
        yield from (value.sv, value.en)
    elif isinstance(value, Listed):
        for item in value.items:
            yield from words_in(item)
    elif isinstance(value, str):
        yield value


def _clauses(text: str) -> tuple[str, str]:
    """Return what is said and what is denied: "inte Anna B, Anna S"."""
    said: list[str] = []
    denied: list[str] = []
    for clause in _CLAUSE.split(text.casefold().strip()):
        words = fold(clause).split()
        kept = [word for word in words if word not in _NOT]
        (denied if set(words[:3]) & _NOT else said).append(" ".join(kept))
    return " ".join(said).strip(), " ".join(denied).strip()


def _by_place(said: str, offered: Sequence[Offered]) -> Offered | None:
    number = number_in(said)
    if number is None or len(telling(said)) > 1:
        return None
    if number == LAST:
        return offered[-1]
    return offered[number - 1] if number <= len(offered) else None


def _by_words(said: str, offered: Sequence[Offered], *, loosely: bool) -> Offered | None:
    told = telling(said)
    labels = [{word for label in one.labels for word in fold(label).split()} for one in offered]
    known = [[word for word in told if _among(word, label)] for label in labels]
    most = max((len(words) for words in known), default=0)
    best = [one for one, words in zip(offered, known, strict=True) if len(words) == most]
    if not most or len(best) != 1:
        return None
    return best[0] if loosely or len(told) - most <= most else None


def telling(said: str) -> list[str]:
    """Return the words of a message that tell anything of which is meant."""
    said = _DAY.sub(r"\1", fold(said))
    words = (word.strip('()[]:;!?"”“') for word in _HOUR.sub(" ", said).split())
    return [word for word in words if word and word not in _EMPTY]


def _among(word: str, label: set[str]) -> bool:
    if word in label:
        return True
    if len(word) < _SHORTEST_PART:
        return False
    stems = set().union(*forms(word))
    return any(
        other in stems
        or (len(other) >= _SHORTEST_PART and fuzz.ratio(word, other) >= _LIKENESS)
        or any(len(stem) > _SHORTEST_PART and other.startswith(stem) for stem in stems)
        or any(len(stem) > _SHORTEST_TAIL and other.endswith(stem) for stem in stems)
        for other in label
    )
