"""Tie what somebody typed to a name that exists: exact, inflected, then misspelt."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from storage.folding import fold

# Below this likeness "Lund" becomes "Luleå"; measured on the demo university's names.
_LIKENESS = 86
_SHORTEST_MISSPELT = 5
_LONG = 8  # letters; a word as long as this may be misspelt in two places
_ENDINGS = ("s", "en", "ens", "et", "ets", "n", "ns")


def matches(words: str, names: Iterable[tuple[int, str]]) -> list[int]:
    """Return the keys of the names that `words` means, best kind of match only.

    names: (key, folded name) pairs; one key may have several names. Order is kept, keys are
    unique. Nothing is returned rather than a far-fetched guess.
    """
    pairs = list(names)
    wanted = fold(words)
    if not wanted:
        return []
    for among in forms(wanted):
        hits = [key for key, name in pairs if name in among]
        if hits:
            return list(dict.fromkeys(hits))
    return _misspelt(wanted, pairs)


def forms(wanted: str) -> tuple[set[str], ...]:
    """Return the folded names that a folded word may be, exact ones before inflected ones."""
    return ({wanted}, _without_endings(wanted)) if wanted else ()


def _without_endings(word: str) -> set[str]:
    return {
        word.removesuffix(ending)
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) > len(ending) + 1
    }


def _misspelt(wanted: str, pairs: list[tuple[int, str]]) -> list[int]:
    if len(wanted) < _SHORTEST_MISSPELT:
        return []
    choices = [name for _, name in pairs]
    found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=None)
    same = [(score, i) for name, score, i in found if _same_words(wanted, name)]
    best = max((score for score, _i in same), default=0.0)
    return list(dict.fromkeys(pairs[i][0] for score, i in same if score == best))


def _same_words(wanted: str, name: str) -> bool:
    """Whether two alike names are the same words: a long second word hides no other first one.

    "garment industry" is as a whole much like "game industry".
    """
    one, other = wanted.split(), name.split()
    if len(one) != len(other):
        one, other = ["".join(one)], ["".join(other)]
    return all(_same_word(a, b) for a, b in zip(one, other, strict=True))


def _same_word(one: str, other: str) -> bool:
    # Hardly anybody misses the first letter, but "gastronomy" is one letter from "astronomy".
    if one[0] != other[0] and sorted(one[:2]) != sorted(other[:2]):
        return False
    most = 2 if min(len(one), len(other)) >= _LONG else 1
    return OSA.distance(one, other) <= most
