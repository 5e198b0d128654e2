"""What holds digits or words of time and is none: codes, telephone numbers, rooms, scores."""

import re

from nlu.times.normal import fold
from nlu.times.words import en, no_times, sv


def _any(*lines: str) -> str:
    return "|".join(sorted({re.escape(w) for line in lines for w in line.split()}, reverse=True))


_MONTHS = _any(*(words for t in (sv, en) for s, words in t.SYMBOLS.items() if s[:4] == "MON="))
_NAMERS = _any(no_times.BEFORE_NUMBER_SV, no_times.BEFORE_NUMBER_EN)
_COUNTED = _any(no_times.AFTER_NUMBER_SV, no_times.AFTER_NUMBER_EN)
_SCORES = _any(no_times.SCORE_SV, no_times.SCORE_EN)
_TIME_WORDS = frozenset(
    fold(word) for table in (sv, en) for words in table.SYMBOLS.values() for word in words.split()
)

_CODES = re.compile(
    r"""<[^>\s]{1,200}>                                         # a mention or link of Slack
    |https?://\S{1,500}
    |[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}
    |(?<![0-9])(?:[0-9]{6}|[0-9]{8})[-+][0-9]{4}(?![0-9])       # personnummer
    |(?<![0-9])[0-9]{10}(?:[0-9]{2})?(?![0-9])
    |(?<![\w/.:-])(?![0-9]{4}\s?[-–]\s?[0-9]{4}(?![0-9\s-]))    # 0900-1130 is no telephone
     (?:\+[0-9]{2}\s?|00[0-9]{2}\s?|0)(?:\(0\))?[0-9]{1,3}(?:\s?[-/]\s?|\s)[0-9]{2,3}
     (?:[\s-]?[0-9]{2,3}){1,3}(?![0-9:])
    |(?<![\w/])\+?0[0-9]{8,11}(?![0-9])
    |v?[0-9]{1,4}(?:\.[0-9]{1,4}){2,4}(?![0-9])(?<![0-9]\.20[0-9]{2})
    |(?<!\w)v\.?[0-9]{1,3}\.[0-9]{1,3}(?!\w)                    # v2.1
    |[#§]\s?[0-9]{1,8}|[€$£]\s?[0-9]{1,8}(?:[.,][0-9]{1,2})?
    |(?<![0-9/])(?:24/7|50/50)(?![0-9/])
    |[0-9]{1,6}(?:[.,][0-9]{1,3})?\s?[%‰€$°]
    """,
    re.VERBOSE,
)
_COURSE = re.compile(r"(?<!\w)([A-ZÅÄÖ]{2,4})\s[0-9]{3,4}[A-Z]?(?!\w)")  # FEK 101
_NAMED = re.compile(
    rf"""(?<![\w-])(?:{_NAMERS})[.:]?\s{{0,2}}(?:nr\.?\s?)?
    [0-9]{{1,9}}(?:[.,][0-9]{{1,4}})*[a-z]?(?![\w/:]|\s?[ap]\.?m\b|[.][0-9]|\.?\s?(?:{_MONTHS})\b)
    (?:\s?(?:[-–]|och|and|&)\s?[0-9]{{1,3}}(?![\w/:.]|\s?(?:{_MONTHS})\b))?""",
    re.VERBOSE | re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"""(?<![\w.,:/–-])(?<!kl\s)(?<!kl\.\s)(?<!kl\.)(?<!klockan\s)(?<!\sat\s)
    [0-9]{{1,6}}(?:[.,][0-9]{{1,4}}|:?[ae]|st|nd|rd|th)?(?:\s?[-–]\s?[0-9]{{1,4}})?\s?
    (?:{_COUNTED}|(?<=\s)st)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_SCORE = re.compile(
    rf"""(?<!\w)(?:{_SCORES})\s(?:[^\W\d_]{{1,12}}\s){{0,2}}(?P<a>[0-9]{{1,2}}/[0-9]{{1,2}})(?![0-9/])
    |(?<![\w/.])(?P<b>[0-9]{{1,3}}/[0-9]{{1,3}})\s?(?:p|poäng|points?|rätt|right|correct|stars?|av|of)(?!\w)
    |(?<![\w/.])(?P<c>[0-9]{{1,3}}/[0-9]{{1,3}})\s(?:on|på|i|in)\s(?:the\s|my\s|a\s)?(?:{_SCORES})(?!\w)
    |(?<!\w)(?P<d>[0-9]{{1,4}}\s(?:av|of|out\sof)\s(?:de\s|the\s)?[0-9]{{1,4}})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


def masked(text: str) -> list[tuple[int, int]]:
    """Return the pieces [start, end) of a normalised text whose digits and words are no times."""
    spans = [m.span() for pattern in (_CODES, _NAMED, _AMOUNT) for m in pattern.finditer(text)]
    spans += [m.span() for m in _COURSE.finditer(text) if fold(m[1]) not in _TIME_WORDS]
    for match in _SCORE.finditer(text):
        group = match.lastgroup
        spans.append(match.span(group) if group else match.span())
    return spans
