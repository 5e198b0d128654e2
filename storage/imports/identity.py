"""Personal identity numbers: found anywhere in a row, and never repeated."""

import re
from collections.abc import Callable
from datetime import date

Refuses = Callable[[str], bool]
REMOVED = "[personal identity number removed]"
SHORTEST = 10  # the fewest characters that can be one
_MAYBE = re.compile(r"\d{6}[^\w;,|]{0,3}\d{4}")
# Spreadsheets and word processors put their own dashes and blanks between the digits.
_ODD = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)
_WRITTEN = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2}) ?[-+] ?\d{4}(?!\d)")
_TWELVE = re.compile(r"(?<!\d)(?:19|20)(\d{2})(\d{2})(\d{2})\d{4}(?!\d)")
_COORDINATION, _LEAP_YEAR = 60, 2000


def suspicion(certain: Refuses) -> Refuses:
    """Return a check that is stricter than the one for what people write in a chat.

    certain: whether a text holds a number whose check digit agrees. Here a mistyped one counts
    too: a register's column of numbers has its slips, and nothing else there looks like them.
    """

    def refuses(text: str) -> bool:
        if _MAYBE.search(text) is None:
            return False
        plain = text.translate(_ODD)
        shaped = (*_WRITTEN.finditer(plain), *_TWELVE.finditer(plain))
        return any(_is_day(match) for match in shaped) or certain(plain)

    return refuses


def masked(whole: str, cells: list[str], refuses: Refuses) -> list[str]:
    """Return the cells of a row, those that hold a number replaced; whole: the row's text."""
    clean = [REMOVED if refuses(cell) else cell for cell in cells]
    # A hit in the row that no cell shows alone leaves nothing that may be kept.
    return [REMOVED] * len(cells) if clean == cells and refuses(whole) else clean


def _is_day(match: re.Match[str]) -> bool:
    _year, month, day = (int(group) for group in match.groups())
    try:
        date(_LEAP_YEAR, month, day % _COORDINATION or _COORDINATION)
    except ValueError:
        return False
    return True
