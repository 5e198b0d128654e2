"""Text made comparable: NFC with a way back to the text as given, folded words, tokens."""

import re
import unicodedata
from dataclasses import dataclass

LIMIT = 1000  # code points that are read; what stands after them says no time

_TOKEN = re.compile(
    r"""(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))T?
    |(?P<dmy>[0-9]{1,2}/[0-9]{1,2}(?:[-/\ ](?:19|20)[0-9]{2}|[-/](?:2[4-9]|[34][0-9]))(?![0-9/])
            |[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))
    |(?P<ay>20[0-9]{2}/(?:20)?[0-9]{2}(?![0-9/]))
    |(?P<dm>[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))
    |(?P<yy>(?<=\s)-(?:2[4-9]|3[0-9])(?![0-9/:.]))
    |(?P<hm>[0-9]{1,2}:[0-9]{2}(?![0-9]))(?::[0-9]{2}(?![0-9]))?
    |(?P<hd>[0-9]{1,2}\.[0-9]{2}(?![0-9]))
    |(?P<dec>[0-9]{1,6}[.,][0-9]{1,6})
    |(?P<ord>[0-9]{1,2}(?::[aedt]e?|(?:e|a|de|te|st|nd|rd|th)))(?!\w)
    |(?P<num>[0-9]+)
    |(?P<abbr>[^\W\d_]{1,2}\.[^\W\d_](?:\.[^\W\d_])?)(?![^\W\d_])
    |(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    |(?P<punct>[^\w\s]|\n)""",
    re.VERBOSE,
)
_FOLDS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ø": "o", "æ": "a"})
_QUOTES = str.maketrans("’‘´`", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number form or a sign at code points [start, end) of the normalised text.

    word is the text as words are compared: without case and the dots of å, ä, ö.
    """

    kind: str
    text: str
    start: int
    end: int
    word: str


def fold(text: str) -> str:
    """Return text without case and diacritics of Swedish letters."""
    return text.casefold().translate(_FOLDS)


def normalised(text: str) -> tuple[str, list[int]]:
    """Return the first LIMIT code points in NFC, and for each code point (and the end) where it
    stands in the text as given.
    """  # noqa: D205 - one sentence
    text = text[:LIMIT]
    if unicodedata.is_normalized("NFC", text):
        return text.translate(_QUOTES), list(range(len(text) + 1))
    out: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        out.append(composed)
        places += [start] * len(composed)
        start = end
    return "".join(out).translate(_QUOTES), [*places, len(text)]


def tokens(text: str) -> list[Token]:
    """Split a normalised text; blanks are dropped."""
    return [
        Token(kind, match[kind], match.start(), match.end(kind), fold(match[kind]))
        for match in _TOKEN.finditer(text)
        if (kind := match.lastgroup)
    ]
