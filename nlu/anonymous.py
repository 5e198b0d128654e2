"""Take everybody out of a message that is kept, and leave a sentence that can be learnt from."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlu.masking import mask
from nlu.ordinary import ordinary_words

NOBODY = "NN"
_WORD = re.compile(r"[^\W\d_]+(?:['’´`][^\W\d_]+)*")
_GENITIVE = re.compile(r"(?:['’´`]s?|s)$")
_SHORTEST_WITHOUT_GENITIVE = 3
# What leads to somebody without being a name: addresses of pages, handles.
_LEADS_TO = re.compile(r"(?:https?://|www\.)[^\s,]+|\b[\w-]+\.[a-z]{2,4}/[^\s,]+|(?<!\w)@[\w.-]+")
# Digits are kept where they are dates, hours and years; a longer row of them may be anybody's.
_HARMLESS = (
    r"(?<!\d)(?:"
    r"20\d\d-\d\d-\d\d"
    r"|(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)"
    r"|\d\d?[.:]\d\d(?: ?[-–] ?\d\d?[.:]\d\d)?"
    r")(?![\d-])"
)
_DIGITS = re.compile(rf"{_HARMLESS}|\+?\(?\d(?:[ ().+–-]{{0,2}}\d){{6,}}|\d{{6}}")
# Months that are given names in English too: as a date they are nobody's.
_MONTH = re.compile(
    r"(?:(?:\b(?:in|by|until|till|before|after|from|since|of|on|next|last|early|late|mid)"
    r"|\d(?:st|nd|rd|th)?) (April|May|June|August)\b)|\b(April|May|June|August) \d"
)
_HARMLESS_ALONE = re.compile(_HARMLESS)


@dataclass(slots=True)
class _Word:
    """A word of the message.

    name: yes, no, or None: a name that is an ordinary word too. whole: without an ending less.
    """

    text: str
    start: int
    end: int
    name: bool | None
    whole: bool


def anonymous(
    text: str, is_name: Callable[[str], bool], marked: Iterable[tuple[int, int]] = ()
) -> str:
    """Return text with every name as NN; addresses and long numbers become x.

    is_name: whether a word is part of a name that exists, however it is capitalised. marked:
    places that a model took for persons, code points [start, end); all of these is masked.

    A name that is an ordinary word as well ("per", "will") counts where it has a capital or
    stands beside another name; so does a capital right after a name, which may be a surname
    that nobody knows. The rest of the sentence stays as it was written.
    """
    for start, end in sorted(marked, reverse=True):
        text = text[:start] + NOBODY + text[end:]
    shown = "".join(
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf"
    )
    shown = _DIGITS.sub(_crossed_unless_harmless, mask(_LEADS_TO.sub(_crossed, shown)))
    months = {match.start(match.lastindex or 0) for match in _MONTH.finditer(shown)}
    words = [
        _word(match, is_name, shouted=shown.isupper())
        for match in _WORD.finditer(shown)
        if match.start() not in months
    ]
    _join(words, shown)
    return _written(words, shown)


def _crossed(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _crossed_unless_harmless(match: re.Match[str]) -> str:
    return match[0] if _HARMLESS_ALONE.fullmatch(match[0]) else _crossed(match)


def _word(match: re.Match[str], is_name: Callable[[str], bool], *, shouted: bool) -> _Word:
    word = match[0]
    whole = word == NOBODY or is_name(word)
    name: bool | None = whole
    bare = _GENITIVE.sub("", word)
    inflected = len(bare) >= _SHORTEST_WITHOUT_GENITIVE and is_name(bare)
    ordinary = word.lower() in ordinary_words()
    capital = word[0].isupper() and not shouted
    if not name and inflected:
        name = None if ordinary else True
    elif name and ordinary and not capital:
        name = None
    return _Word(word, match.start(), match.end(), name, whole)


def _join(words: Sequence[_Word], text: str) -> None:
    """Let a name make names of what may be one beside it."""
    for one, two in pairwise(words):
        if not _beside(one, two, text):
            continue
        if one.name is None and (two.name or (one.whole and two.whole)):
            one.name = two.name = True
        elif one.name and (two.name is None or two.text[0].isupper()):
            two.name = True


def _written(words: Sequence[_Word], text: str) -> str:
    """Write the message with its names as NN; several in a row are one."""
    told, at = "", 0
    before: _Word | None = None
    for word in words:
        if not word.name:
            continue
        if before is None or not _beside(before, word, text):
            told += text[at : word.start] + NOBODY
        at, before = word.end, word
    return told + text[at:]


def _beside(one: _Word, two: _Word, text: str) -> bool:
    between = text[one.end : two.start]
    return between.strip() in {"", "-", "–"} and "\n" not in between
