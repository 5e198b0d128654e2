"""Which one of a list is meant: "nummer 2", "tvåan", "the third", "den sista"."""

import re

from storage.folding import fold

LAST = -1
_WORDS = {
    "forsta": 1,
    "andra": 2,
    "tredje": 3,
    "fjarde": 4,
    "femte": 5,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "ettan": 1,
    "tvaan": 2,
    "trean": 3,
    "fyran": 4,
    "femman": 5,
    "sista": LAST,
    "last": LAST,
}
_DIGITS = re.compile(
    r"(?:^|\b(?:nummer|nr|number|no|alternativ|option)\s*|#)(\d{1,2})(?:an)?$|"
    r"\b(?:nummer|nr|number|alternativ|option)\s*(\d{1,2})\b|#(\d{1,2})\b"
)
_ORDINAL = re.compile(r"\b(?:den|det|the|med|ta|valj)?\s*(" + "|".join(_WORDS) + r")\b")


def number_in(text: str) -> int | None:
    """Return the place that a message points at, counted from 1 (LAST for the last), or None."""
    said = fold(text)
    digits = _DIGITS.search(said)
    if digits is not None:
        number = int(next(group for group in digits.groups() if group))
        return number or None
    word = _ORDINAL.search(said)
    return _WORDS[word.group(1)] if word else None


def pick(text: str, items: list[int]) -> int | None:
    """Return the item of a list that a message points at, or None."""
    number = number_in(text)
    if number is None or not items:
        return None
    if number == LAST:
        return items[-1]
    return items[number - 1] if number <= len(items) else None
