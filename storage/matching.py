"""Tie what somebody typed to a name that exists: exact, inflected, then misspelt."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from storage.folding import fold

# Below this likeness "Lund" becomes "Luleå"; measured on the demo university's names.
_LIKENESS = 86
_SHORTEST_MISSPELT = 5
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
    found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=5)
    if not found:
        return []
    best = found[0][1]
    return list(dict.fromkeys(pairs[i][0] for _, score, i in found if score == best))
