"""Words to symbols: both languages are read at once, the message's own one first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Literal

from nlu.times.normal import Token, fold
from nlu.times.words import en, sv

Lang = Literal["sv", "en"]
_LANGUAGES: Mapping[Lang, ModuleType] = {"sv": sv, "en": en}
_LONGEST = 6  # words of a phrase
_SHORTEST_TYPO = 5  # letters
_SHORTEST_UNIT = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """The folded words of one entry, and the unfolded ones where diacritics matter."""

    words: tuple[str, ...]
    symbol: str
    exact: tuple[str, ...] | None


@lru_cache(maxsize=2)
def phrases(lang: Lang) -> Mapping[str, Sequence[Phrase]]:
    """Return the entries by their first word, longest first, those of lang before the other's."""
    found: dict[str, list[Phrase]] = {}
    seen: set[tuple[str, ...]] = set()
    for name in (lang, "en" if lang == "sv" else "sv"):
        entries = [entry for entry in _entries(_LANGUAGES[name]) if entry.words not in seen]
        seen |= {entry.words for entry in entries}
        for entry in entries:
            found.setdefault(entry.words[0], []).append(entry)
    return {
        first: sorted(entries, key=lambda entry: -len(entry.words))
        for first, entries in found.items()
    }


def language_of_times(text: str) -> Lang:
    """Return the language whose words of time a text has more of; Swedish if that is even."""
    words = set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", fold(text)))
    return "en" if len(words & _only("en")) > len(words & _only("sv")) else "sv"


@lru_cache(maxsize=2)
def _only(lang: Lang) -> frozenset[str]:
    """Return the single words of time of one language that the other does not know."""
    known = {
        name: {
            entry.words[0]
            for entry in _entries(table)
            if len(entry.words) == 1 and entry.symbol != "X"
        }
        for name, table in _LANGUAGES.items()
    }
    return frozenset(known[lang] - known["en" if lang == "sv" else "sv"])


def symbol_at(tokens: Sequence[Token], place: int, lang: Lang) -> tuple[str, int]:
    """Return the symbol that begins at a token and how many tokens it takes; "X" if unknown."""
    for phrase in phrases(lang).get(tokens[place].word, ()):
        if length := _length(tokens, place, phrase):
            return phrase.symbol, length
    if tokens[place].kind != "word":
        return "X", 1
    return _guess(tokens[place].word, lang), 1


def _length(tokens: Sequence[Token], place: int, phrase: Phrase) -> int:
    here = place
    for number, word in enumerate(phrase.words):
        if number and here < len(tokens) and tokens[here].text == "-" and _glued(tokens, here):
            here += 1
        if here >= len(tokens) or tokens[here].word != word:
            return 0
        if phrase.exact and tokens[here].text.casefold() != phrase.exact[number]:
            return 0
        here += 1
    return here - place


def _glued(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place - 1].end == tokens[place].start


def _guess(word: str, lang: Lang) -> str:
    for language in (_LANGUAGES[lang], sv, en):
        stem = word.removesuffix(language.HOUR_SUFFIX)
        if stem != word and stem in language.UNITS:
            return f"W={language.UNITS.index(stem)}"
    if part := weekday_part(word):
        return part
    corrected = correction(word)
    return "X" if corrected is None else phrases(lang)[corrected][-1].symbol


def weekday_part(word: str) -> str | None:
    """Return the symbol of "fredagskväll" and "måndagsmorgnar", compounds of Swedish."""
    head, mark, tail = word.partition("dags")
    if not mark:
        return None
    day = next(
        (p.symbol for p in phrases("sv").get(f"{head}dags", ()) if p.symbol[:3] == "WDP"), ""
    )
    part = next((p.symbol for p in phrases("sv").get(tail, ()) if p.symbol[:5] == "PART="), "")
    many = "S" if tail.endswith(("ar", "er")) and part else ""
    return f"WDPART{many}={day[-1]}:{part[5:]}" if day and part else None


@lru_cache(maxsize=4096)
def correction(word: str) -> str | None:
    """Return the word of time that an unknown word is one slip of the finger away from."""
    if len(word) < _SHORTEST_TYPO or "'" in word or word in sv.NOT_TYPOS or word in en.NOT_TYPOS:
        return None
    return next((known for known in _typo_targets() if _one_slip(word, known)), None)


def misspelt_unit(word: str) -> bool:
    """Whether a word is one slip away from a word of a unit: "3 wekks", "2 mintuer"."""
    return any(_one_slip(fold(word), unit) for unit in _units())


@lru_cache(maxsize=1)
def _units() -> tuple[str, ...]:
    words = [
        w for t in (sv, en) for s, line in t.SYMBOLS.items() if "UNIT" in s for w in line.split()
    ]
    return tuple(fold(word) for word in words if len(word) >= _SHORTEST_UNIT)


@lru_cache(maxsize=1)
def _typo_targets() -> tuple[str, ...]:
    return tuple(fold(word) for word in (*sv.TYPOS, *en.TYPOS))


def _one_slip(word: str, known: str) -> bool:
    """Tell whether one letter was dropped, added, changed or swapped; the first one is right."""
    if word[0] != known[0] or abs(len(word) - len(known)) > 1 or word == known + "s":
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    a, b = word[start:], known[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1][:2] and a[2:] == b[2:])


def _entries(table: ModuleType) -> list[Phrase]:
    written = [(words, symbol) for symbol, line in table.SYMBOLS.items() for words in line.split()]
    written += [(word, f"OW={n}") for n, word in enumerate(table.ORDINALS) if n]
    written += _numerals(table)
    entries = []
    for text, symbol in written:
        # An English word is never meant by one with å, ä or ö (åt, än, mår).
        exact = tuple(text.split("_")) if table is en or text in table.EXACT else None
        entries.append(Phrase(tuple(fold(text).split("_")), symbol, exact))
    return entries


def _numerals(table: ModuleType) -> list[tuple[str, str]]:
    listed = [(word, "A=1") for word in table.ARTICLES]
    listed += [(word, f"W={n}") for n, word in enumerate(table.UNITS) if n]
    for tens, word in table.TENS.items():
        listed.append((word, f"W={tens}"))
        for unit in range(1, 10):
            value = f"W={tens + unit}"
            listed += [(f"{word}_{table.UNITS[unit]}", value), (word + table.UNITS[unit], value)]
    return listed
