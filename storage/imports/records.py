"""Split a CSV file into rows so that a broken one spoils no other."""

import csv
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

LONGEST_LINE = 100_000
# A cell may hold line breaks; past this many lines its quotation mark was a slip.
_MOST_LINES = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_UTF8 = re.compile(r"[\ud800-\udfff]")


class Record(NamedTuple):
    """One row: its number as a spreadsheet counts (the header is 1), its text and its cells.

    fault: why it cannot be read, or None; the cells of a faulty row are only an attempt.
    """

    number: int
    text: str
    cells: list[str]
    fault: str | None


class Lines:
    """The lines of a file, without their ends; lines that were taken in vain can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._kept: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while True:
            if self._kept:
                yield self._kept.popleft()
                continue
            line = self._file.readline(LONGEST_LINE + 1)
            if not line:
                return
            if len(line) > LONGEST_LINE:
                self._skip_rest(line)
            yield line.removesuffix("\n")

    def next(self) -> str | None:
        """Return the next line, or None at the end; a far too long one is cut."""
        return next(iter(self), None)

    def _skip_rest(self, line: str) -> None:
        while len(line) > LONGEST_LINE and not line.endswith("\n"):
            line = self._file.readline(LONGEST_LINE + 1)

    def put_back(self, lines: list[str]) -> None:
        """Give lines back, to be read again in the same order."""
        self._kept.extendleft(reversed(lines))


def records(lines: Lines, delimiter: str, width: int, first: int = 2) -> Iterator[Record]:
    """Yield the rows after the header; empty ones are counted and left out.

    width: how many columns the header has. A quotation mark that is never closed makes its own
    line a faulty row, and the next line is read on its own.
    """
    blank = delimiter + " \t"
    for number, line in enumerate(lines, first):
        if not line.strip(blank):
            continue
        text = line if line.isascii() else unicodedata.normalize("NFC", line)
        if '"' not in text:
            cells = text.split(delimiter)
        else:
            text, found = quoted_cells(text, lines, delimiter, width)
            if found is None:
                yield Record(number, text, text.split(delimiter), _QUOTE)
                continue
            cells = found
        fault = None
        if len(cells) != width:
            fault = _count_fault(cells, width)
        if not text.isprintable() or len(text) > LONGEST_LINE:
            fault = _letters_fault(text) or fault
        yield Record(number, text, cells, fault)


_QUOTE = 'a quotation mark (") is not closed, or stands inside a quoted cell without being doubled'


def quoted_cells(
    text: str, lines: Lines, delimiter: str, width: int | None
) -> tuple[str, list[str] | None]:
    """Return a row that holds quotation marks: its text, over several lines, and its cells.

    The cells are None when the marks do not match; then only the one line has been taken.
    """
    whole, taken = text, list[str]()
    while True:
        try:
            (cells,) = csv.reader([whole], delimiter=delimiter, strict=True)
        except csv.Error as error:
            unclosed = "end of data" in str(error)
        else:
            if not taken or width in {None, len(cells)}:
                return whole, cells
            unclosed = True
        more = lines.next() if unclosed and len(taken) < _MOST_LINES else None
        if more is None:
            lines.put_back(taken)
            return text, None
        taken.append(more)
        whole = f"{whole}\n{more}"


def _count_fault(cells: list[str], width: int) -> str | None:
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) == width:
        return None
    few = "few" if len(cells) < width else "many"
    return f"too {few} columns: {len(cells)} where the header has {width}"


def _letters_fault(text: str) -> str | None:
    if len(text) > LONGEST_LINE:
        return f"the row is longer than {LONGEST_LINE:,} characters"
    if _NOT_UTF8.search(text):
        return "it holds bytes that are not UTF-8, unlike the rest of the file"
    return "it holds a control character" if _CONTROL.search(text) else None
