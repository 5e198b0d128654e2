"""Find out how a text file is encoded before a word of it is believed."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from storage.imports.faults import BadFile

_LONGEST_LINE = 1_000_000
_ZIP = b"PK\x03\x04"  # how every .xlsx begins


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to open a file: Python's codec name and error handler.

    lines: how many lines it has, for a progress bar. told: how the codec is called to people.
    doubt: what the reader should look at with her own eyes, or None.
    """

    codec: str
    errors: str
    lines: int
    told: str
    doubt: str | None = None


def encoding_of(path: Path) -> Encoding:
    """Return how a file is encoded: UTF-8, UTF-16 by its mark, else Windows-1252.

    Reads the whole file once, line by line. A UTF-8 file with a few broken bytes stays UTF-8, so
    that one bad row does not spoil every å in the others.

    Raises:
        BadFile: it is empty, a spreadsheet, or of no encoding that is known here.
    """
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if not start:
            raise BadFile("The file is empty.")
        if start == _ZIP:
            raise BadFile("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8”.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Encoding("utf-16", "strict", sum(1 for _ in _lines(file)), "UTF-16")
        lines, whole, broken = _counted(file)
    marked = start.startswith(codecs.BOM_UTF8)
    if marked or whole >= broken:
        told = "UTF-8 with a byte order mark" if marked else "UTF-8"
        return Encoding("utf-8-sig" if marked else "utf-8", "surrogateescape", lines, told)
    _check_windows(path)
    return Encoding(
        "cp1252",
        "strict",
        lines,
        "Windows-1252",
        "The file is not UTF-8 and was read as Windows-1252, as Excel writes it. Look at å, ä "
        "and ö in a dry run; to be sure, save the file as “CSV UTF-8”.",
    )


def _counted(file: IO[bytes]) -> tuple[int, int, int]:
    """Return the lines, and how many with other letters than ASCII are UTF-8 and are not."""
    lines = whole = broken = 0
    for line in _lines(file):
        lines += 1
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            broken += 1
        else:
            whole += 1
    return lines, whole, broken


def _check_windows(path: Path) -> None:
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), 1):
            try:
                line.decode("cp1252")
            except UnicodeDecodeError:
                raise BadFile(
                    f"Line {number} is neither UTF-8 nor Windows-1252. Save the file as "
                    "“CSV UTF-8”."
                ) from None


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_LONGEST_LINE):
        yield line
