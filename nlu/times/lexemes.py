"""Tokens to lexemes: the line of symbols on which the grammar works."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from nlu.times.lexicon import Lang, misspelt_unit, symbol_at
from nlu.times.masks import masked
from nlu.times.normal import Token, tokens

_SIGNS = {"-": "DASH", "–": "DASH", "—": "DASH", ",": "COMMA", "@": "AT", "&": "AND", "+": "AND"}
_STOPS = ".!?;:\n"
_DROPPED = "()[]{}\"'*_~`“””"  # brackets, quotes and the marks of bold and italic
# A full stop after these belongs to an abbreviation.
_ABBREVIABLE = frozenset("AT KL WD WDA MON WEEK UNIT TERM LP BY IN UNTIL FROM AMPM PART".split())
_NAMES = ("maj", "april", "may", "june", "august", "juni", "lucia", "valborg", "tom", "mars")
_NEVER = ("X", "NO", "STOP")
_LONGEST_NUMBER = 8
_PLURALS = ("ar", "er", "or", "s", "en", "na")
_SHORTEST_PLURAL = 4
_NUMBERS = ("N", "N3", "N4")
# After these a number before a plural counts things.
_TIMELESS = frozenset("X STOP NO IN OM THE DET TO AND FOR OF COMMA".split())
_ROUGHLY = ("ca", "cirka", "circa", "runt", "omkring", "kring", "around", "approx")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One symbol (with its value after =) and the code points [start, end) it stands for."""

    symbol: str
    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """The symbol without its value."""
        return self.symbol.partition("=")[0]

    @property
    def named_like_a_person(self) -> bool:
        """Whether a capital makes a word that is also a name: Maj, April."""
        return self.text[:1].isupper() and self.text.casefold() in _NAMES


@dataclass(frozen=True)
class Line:
    """The lexemes of a message, and their symbols as one string, each followed by a blank."""

    lexemes: tuple[Lexeme, ...]

    @cached_property
    def symbols(self) -> str:
        """The string that the patterns of the grammar match."""
        return "".join(f"{lexeme.symbol} " for lexeme in self.lexemes)

    @cached_property
    def offsets(self) -> list[int]:
        """Where each lexeme's symbol begins in symbols, and the end."""
        places = [0]
        for lexeme in self.lexemes:
            places.append(places[-1] + len(lexeme.symbol) + 1)
        return places

    def index(self, offset: int) -> int:
        """Return which lexeme's symbol begins at an offset of symbols."""
        return bisect_left(self.offsets, offset)


def read(text: str, lang: Lang) -> Line:
    """Return the lexemes of a normalised text."""
    found: list[Lexeme] = []
    words = tokens(text)
    hidden = masked(text)
    place = 0
    while place < len(words):
        token = words[place]
        if any(start < token.end and token.start < end for start, end in hidden):
            symbol, length = "NO", 1
        else:
            symbol, length = _symbol(words, place, lang)
        last = words[place + length - 1]
        if symbol and not (token.text == "." and _abbreviates(found, words[place : place + 2])):
            found.append(Lexeme(symbol, token.start, last.end, text[token.start : last.end]))
        place += length
    return Line(tuple(_without_counts(_without_compounds(found))))


def _symbol(words: Sequence[Token], place: int, lang: Lang) -> tuple[str, int]:
    token = words[place]
    if token.kind == "punct":
        return _sign(token.text), 1
    symbol, length = symbol_at(words, place, lang)
    if symbol == "UNTIL" and token.text == "Tom":
        return "X", 1
    if symbol != "X":
        if symbol.startswith("WD2") and not (lang == "sv" and _dated(words, place)):
            return ("TO", 1) if token.word == "to" else ("X", 1)
        return symbol, length
    if token.kind in ("word", "abbr"):
        return "X", 1
    return _number(token), 1


def _dated(words: Sequence[Token], place: int) -> bool:
    """Whether "to 14/1", "må 13.15" goes on as after a weekday."""
    kinds = ("dm", "dmy") if words[place].word == "to" else ("dm", "dmy", "hm", "hd", "num")
    return place + 1 < len(words) and words[place + 1].kind in kinds


def _sign(text: str) -> str:
    if text in _DROPPED:
        return ""
    return "STOP" if text in _STOPS else _SIGNS.get(text, "X")


def _abbreviates(found: Sequence[Lexeme], dot: Sequence[Token]) -> bool:
    """Tell whether a full stop (and what follows it) belongs to "tis." and ends no sentence."""
    beside = bool(found) and found[-1].end == dot[0].start and found[-1].name in _ABBREVIABLE
    return beside and not (dot[1:] and dot[1].text[:1].isupper())


def _number(token: Token) -> str:
    text = token.text
    if token.kind == "num":
        names = {1: "N", 2: "N", 3: "N3", 4: "N4", 6: "N6", 8: "N8"}
        name = names.get(len(text)) if len(text) <= _LONGEST_NUMBER else None
        return f"{name}={text}" if name else "NO"
    if token.kind == "ord":
        digits = re.match("[0-9]+", text)
        return f"ORD={digits.group()}" if digits else "NO"
    if token.kind in ("hm", "hd"):
        return f"{token.kind.upper()}={text.replace('.', ':')}"
    if token.kind == "yy":
        return f"N4=20{text[1:]}"
    if token.kind == "ay":
        return f"AY={text[:4]}"
    numeric = token.kind in ("dm", "dmy")
    return f"{token.kind.upper()}={re.sub('[-. ]', '/', text) if numeric else text}"


def _without_compounds(found: Sequence[Lexeme]) -> list[Lexeme]:
    """Say that words and numbers written together with an unknown word are no times.

    HT-gruppen, FEK101, 5-årig, 14B.
    """
    out = list(found)
    start = 0
    for end in range(1, len(out) + 1):
        if end < len(out) and out[end].start == out[end - 1].end and _joins(out[end - 1 : end + 1]):
            continue
        if end - start > 1 and any(lexeme.symbol == "X" for lexeme in out[start:end]):
            out[start:end] = [
                lexeme if lexeme.symbol == "X" else replace(lexeme, symbol="NO")
                for lexeme in out[start:end]
            ]
        start = end
    return out


def _joins(pair: Sequence[Lexeme]) -> bool:
    return not any(lexeme.name in ("COMMA", "STOP") for lexeme in pair)


def _without_counts(found: Sequence[Lexeme]) -> list[Lexeme]:
    """Say that a number before a plural is a count (3 saker), unless time words stand before."""
    out = list(found)
    for place, (number, noun) in enumerate(pairwise(found)):
        before = found[place - 1] if place else None
        roughly = before is not None and before.text.casefold() in _ROUGHLY
        timeless = before is None or roughly or before.name in _TIMELESS
        if timeless and _is_count(number, noun, words=roughly):
            out[place] = replace(number, symbol="NO")
    return out


def _is_count(number: Lexeme, noun: Lexeme, *, words: bool) -> bool:
    """Tell whether a number and an unknown plural stand side by side; words: "två" is one too."""
    plural = noun.symbol == "X" and noun.text.islower() and noun.text.endswith(_PLURALS)
    counted = number.name in _NUMBERS or (words and number.name == "W")
    long = len(noun.text) >= _SHORTEST_PLURAL
    return counted and plural and long and not misspelt_unit(noun.text)
