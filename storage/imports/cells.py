"""Read single cells: words, numbers, days, yes and no, lists.

A reader is given a cell as it stands in the file, white space around it and all.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from storage.folding import fold
from storage.imports.faults import BadRow, quoted

Read = Callable[[str], Any]
_YES = frozenset({"yes", "y", "ja", "j", "1", "true", "sant", "x"})
_NO = frozenset({"no", "n", "nej", "0", "false", "falskt"})
_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,190}\.[^\s@,;<>.]{2,60}")
# A spreadsheet may add midnight to a day.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?")
_LIST = re.compile(r"[;|]")
_KEPT = 20_000


class Remembered(dict[str, Any]):
    """What cells mean, by their text: most columns repeat the same few texts."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> Any:
        """Read a text for the first time."""
        meant = self._read(cell)
        if len(self) >= _KEPT:
            self.clear()
        self[cell] = meant
        return meant


def remembered(read: Read) -> Read:
    """Return a reader that reads each text once; for columns whose texts repeat."""
    return Remembered(read).__getitem__


def needed(read: Read) -> Read:
    """Read as another reader, and refuse an empty cell."""

    def reading(cell: str) -> Any:
        said = cell.strip()
        if not said:
            raise BadRow("is empty")
        return read(said)

    return reading


def or_none(read: Read) -> Read:
    """Read as another reader; an empty cell is None."""

    def reading(cell: str) -> Any:
        said = cell.strip()
        return read(said) if said else None

    return reading


def words(longest: int) -> Read:
    """Read a text, runs of white space as one blank; longest: in characters."""

    def read(cell: str) -> str:
        text = " ".join(cell.split())
        if len(text) > longest:
            raise BadRow(f"longer than {longest} characters")
        return text

    return read


def email(cell: str) -> str:
    """Read an e-mail address as it is written."""
    if not _EMAIL.fullmatch(cell):
        raise BadRow("is not an e-mail address")
    return cell


def lower_email(cell: str) -> str:
    """Read an e-mail address in lower case, as the staff directory's are kept."""
    return email(cell).lower()


def yes_or_no(cell: str) -> bool:
    """Read yes/no, ja/nej, 1/0 and the like."""
    said = cell.casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise BadRow(f"{quoted(cell)} is neither yes nor no")


def says_yes(cell: str) -> bool:
    """Whether a cell is a yes."""
    return cell.strip().casefold() in _YES


def says_no(cell: str) -> bool:
    """Whether a cell is a no, or says nothing."""
    said = cell.strip().casefold()
    return not said or said in _NO


def day(cell: str) -> date:
    """Read a day, YYYY-MM-DD."""
    found = _DAY.fullmatch(cell)
    if found is None:
        raise BadRow(f"{quoted(cell)} is not a date written as 2026-03-12")
    try:
        return date.fromisoformat(found.group(1))
    except ValueError:
        raise BadRow(f"{quoted(cell)} is a day that does not exist") from None


def whole(low: int, high: int) -> Read:
    """Read a whole number between two others, both included."""

    def read(cell: str) -> int:
        digits = cell.removesuffix("%").strip()
        if not (digits.isascii() and digits.isdigit() and low <= int(digits[:9]) <= high):
            raise BadRow(f"{quoted(cell)} is not a whole number from {low} to {high}")
        return int(digits[:9])

    return read


def pieces(cell: str) -> list[str]:
    """Read a list, parted by ; or |; empty pieces are left out."""
    return [piece for piece in (part.strip() for part in _LIST.split(cell)) if piece]


def list_of(longest: int) -> Read:
    """Read a list of texts; longest: of each, in characters."""
    read = words(longest)
    return lambda cell: [read(piece) for piece in pieces(cell)]


def each(read: Read) -> Read:
    """Read a list, also with commas between, each meaning once."""

    def reading(cell: str) -> tuple[Any, ...]:
        parts = (part.strip() for piece in pieces(cell) for part in piece.split(","))
        return tuple(dict.fromkeys(read(part) for part in parts if part))

    return reading


def one_of(meanings: dict[str, str], told: str | None = None) -> Read:
    """Read a word of a fixed few.

    meanings: folded word → what it stands for. told: what it should be, where they are many.
    """
    expected = told or f"one of: {', '.join(dict.fromkeys(meanings.values()))}"

    def read(cell: str) -> str:
        meant = meanings.get(fold(cell))
        if meant is None:
            raise BadRow(f"{quoted(cell)} is not {expected}")
        return meant

    return read
