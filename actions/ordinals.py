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
    "sjatte": 6,
    "sjunde": 7,
    "attonde": 8,
    "nionde": 9,
    "tionde": 10,
    "oversta": 1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "top one": 1,
    "ettan": 1,
    "tvaan": 2,
    "trean": 3,
    "fyran": 4,
    "femman": 5,
    "sista": LAST,
    "nedersta": LAST,
    "last": LAST,
    "bottom one": LAST,
}
_COUNTED = {
    "ett": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_DIGITS = re.compile(
    r"(?:^|\b(?:nummer|nr|number|no|alternativ|option)\s*|#)(\d{1,2})(?::?an?)?$|"
    r"\b(?:nummer|nr|number|alternativ|option)\s*(\d{1,2})\b|#(\d{1,2})\b"
)
_COUNT = re.compile(r"\b(?:nummer|nr|number|no|alternativ|option) (" + "|".join(_COUNTED) + r")\b")
# "de andra" and "vilka andra" are others, not the second; "last time" is no place in a list.
_ORDINAL = re.compile(
    r"(?<!\bde )(?<!\bdom )(?<!\balla )(?<!\bvilka )(?<!\bnagra )(?<!\bnagon )(?<!\bfinns )\b("
    + "|".join(_WORDS)
    + r")\b(?! (?:time|year|week|gangen|aret|veckan|dagen|namn|name))"
)


def number_in(text: str) -> int | None:
    """Return the place that a message points at, counted from 1 (LAST for the last), or None."""
    said = fold(text)
    digits = _DIGITS.search(said)
    if digits is not None:
        number = int(next(group for group in digits.groups() if group))
        return number or None
    count = _COUNT.search(said)
    if count is not None:
        return _COUNTED[count.group(1)]
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
