"""Keep what identifies a person away from the model: personal numbers, e-mail, telephone."""

import re
from collections.abc import Callable, Iterable
from datetime import date

# Ten or twelve digits with Skatteverket's separators; the day may be + 60 (samordningsnummer).
_PERSONNUMMER = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.])(?:\+46|0)[\d -]{7,13}\d(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GENITIVE = re.compile(r"(?:['’]s|s)$")
NOBODY = "NN"
_RUN = re.compile(rf"{NOBODY}(?:[\s-]+{NOBODY})+")
# Names that are more often words; they count as names only with a capital.
_ALSO_WORDS = frozenset(
    """ask bo bror dag ek fors gran hans hope in is kan kind king lag li liv lo long mark may maj
    man mars my ny old per rose sand sten storm strand summer vad vi will winter young du en
    berg lund lind skog dal holm the and for om hall""".split()
)
_COORDINATION = 60
_LEAP_YEAR = 2000


def has_personnummer(text: str) -> bool:
    """Whether a text holds a Swedish personal identity (or coordination) number.

    The date must exist and the check digit agree (Luhn, Skatteverket SKV 704), so that course
    codes and invoice numbers pass.
    """
    return any(_is_personnummer(match) for match in _PERSONNUMMER.finditer(text))


def mask(text: str) -> str:
    """Return text with e-mail and telephone numbers as x, every offset kept."""
    for pattern in (_EMAIL, _PHONE):
        text = pattern.sub(lambda match: "x" * len(match.group()), text)
    return text


def mask_names(
    text: str, is_name: Callable[[str], bool], marked: Iterable[tuple[int, int]] = ()
) -> str:
    """Return text with every name as NN, and e-mail and telephone numbers as x.

    is_name: whether a word is part of a name that exists. marked: places that a model took for
    persons, code points [start, end); of these everything is masked.
    """
    for start, end in sorted(marked, reverse=True):
        text = text[:start] + NOBODY + text[end:]
    masked = _WORD.sub(lambda match: _unnamed(match[0], is_name), mask(text))
    return _RUN.sub(NOBODY, masked)


def _unnamed(word: str, is_name: Callable[[str], bool]) -> str:
    if not (is_name(word) or is_name(_GENITIVE.sub("", word))):
        return word
    shown_as_word = word.casefold() in _ALSO_WORDS and not word[0].isupper()
    return word if shown_as_word else NOBODY


def _is_personnummer(match: re.Match[str]) -> bool:
    year, month, day, last = match.groups()
    try:
        date(_LEAP_YEAR, int(month), int(day) % _COORDINATION or _COORDINATION)
    except ValueError:
        return False
    digits = [int(d) for d in year + month + day + last]
    doubled = [d * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
