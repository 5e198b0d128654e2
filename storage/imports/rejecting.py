"""The file of rejected rows: as the one that was read, with the reason of each row first."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from storage.imports.columns import REASON, ROW
from storage.imports.faults import BadFile
from storage.imports.identity import Refuses, masked
from storage.imports.records import Record
from storage.imports.source import Source

# What a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LEFT_OUT = "[left out]"


def rejected_path(path: Path) -> Path:
    """Return where the rejected rows of a file go: `alumni.rejected.csv` beside `alumni.csv`."""
    return path.with_name(f"{path.stem}.rejected.csv")


def restored(cell: str) -> str:
    """Return a cell of a file of rejected rows as it was before `'` was put in front of it."""
    return cell[1:] if cell.startswith("'") and _formula(cell[1:]) else cell


class Rejected:
    """Writes rejected rows; the file is made with the first of them, readable by its owner only."""

    def __init__(self, source: Source, refuses: Refuses) -> None:
        self.path = rejected_path(source.path)
        self._source, self._refuses = source, refuses
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, record: Record, reason: str, *, bare: bool) -> None:
        """Write one row. bare: its number and reason only, for a protected identity."""
        if self._writer is None:
            self._begin()
        names = self._source.header.names
        cells = masked(record.text, record.cells, self._refuses)
        kept = [
            _LEFT_OUT if bare and cell else "" if _ignored(names, place) else _harmless(cell)
            for place, cell in enumerate(cells)
        ]
        self._writer.writerow([record.number, reason, *kept[self._own_columns :]])

    def close(self) -> None:
        """Put the file in the place of an earlier one; without rejected rows, take that away."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
        else:
            self._file.close()
            self._unfinished.replace(self.path)

    @property
    def _own_columns(self) -> int:
        """How many columns of the file that was read were put there by an earlier import."""
        return 2 if self._source.header.returned else 0

    @property
    def _unfinished(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part")

    def _begin(self) -> None:
        # The file that is corrected and imported again must not be overwritten while it is read.
        try:
            opened = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise BadFile(f"{self.path} cannot be written: {error.strerror}.") from error
        codec = self._source.encoding.codec
        self._file = os.fdopen(opened, "w", encoding=codec, errors="replace", newline="")
        self._writer = csv.writer(
            self._file, delimiter=self._source.delimiter, lineterminator=self._source.newline
        )
        headings = self._source.header.headings[self._own_columns :]
        self._writer.writerow([ROW, REASON, *map(_harmless, headings)])


@contextmanager
def rejecting(source: Source, refuses: Refuses) -> Iterator[Rejected]:
    """Give the file of rejected rows; it is whole at the end, also when the import was stopped."""
    rejected = Rejected(source, refuses)
    try:
        yield rejected
    finally:
        rejected.close()


def _ignored(names: tuple[str | None, ...], place: int) -> bool:
    return place < len(names) and names[place] is None


def _harmless(cell: str) -> str:
    return f"'{cell}" if _formula(cell) else cell


def _formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
