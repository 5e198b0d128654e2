"""Keep what identifies a person away from the model: personal numbers, e-mail, telephone."""

import re
from datetime import date

# Ten or twelve digits with Skatteverket's separators; the day may be + 60 (samordningsnummer).
_PERSONNUMMER = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.])(?:\+46|0)[\d -]{7,13}\d(?!\w)")
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


def _is_personnummer(match: re.Match[str]) -> bool:
    year, month, day, last = match.groups()
    try:
        date(_LEAP_YEAR, int(month), int(day) % _COORDINATION or _COORDINATION)
    except ValueError:
        return False
    digits = [int(d) for d in year + month + day + last]
    doubled = [d * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
