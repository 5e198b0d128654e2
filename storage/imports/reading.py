"""Turn the cells of a row into what they mean, or into the reason why they mean nothing."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from storage.imports.cells import Read, remembered, says_no, says_yes
from storage.imports.columns import Column, Header
from storage.imports.faults import BadRow
from storage.imports.identity import SHORTEST, Refuses
from storage.imports.kind import Kind
from storage.imports.records import Record
from storage.imports.rejecting import restored

_IDENTITY = "it holds a personal identity number; nothing of the row was kept"
_PROTECTED = "protected"
_FAULT = attrgetter("fault")


class Entry(NamedTuple):
    """A row on its way: read, or with the reason why it was not.

    bare: it is, or may be, of a protected identity, and is not repeated when it is rejected.
    """

    record: Record
    row: Any
    reason: str | None = None
    bare: bool = False


class Reading:
    """Reads the rows of a file of one kind, cells in the order of the kind's columns.

    A column that the file lacks reads as None. Every cell, also of a column that is left out, is
    looked at for an identity number; where texts repeat, once for each text.
    """

    def __init__(self, kind: Kind[Any], header: Header, refuses: Refuses) -> None:
        self._kind, self._header, self._refuses = kind, header, refuses
        # A column that the file lacks takes the cell that is put behind the others.
        places = [
            header.names.index(c.name) if c.name in header.given else len(header.names)
            for c in kind.columns
        ]
        self._in_order = itemgetter(*places)
        readers = kind.readers()
        self._readers = [self._reader(column, readers[column.name]) for column in kind.columns]
        # Where no text repeats, whole columns are looked at instead of cells.
        self._unrepeated = [
            place
            for place, column in enumerate(kind.columns)
            if column.name in header.given and not column.repeats
        ]
        self._fast = [
            readers[column.name] if place in self._unrepeated else self._readers[place]
            for place, column in enumerate(kind.columns)
        ]
        self._left_out = [place for place, name in enumerate(header.names) if name is None]
        names = [column.name for column in kind.columns]
        self._protected = names.index(_PROTECTED) if _PROTECTED in header.given else None

    def entries(self, records: Sequence[Record]) -> list[Entry]:
        """Return rows as they are read: column by column, or row by row if one is at fault."""
        noted = Counter(self._kind.errand.notes)
        alike = not (self._left_out or self._header.returned)
        if alike and not any(map(_FAULT, records)):
            try:
                return self._by_column(records)
            except BadRow:
                self._kind.errand.notes.clear()
                self._kind.errand.notes.update(noted)
        return [self._entry(record) for record in records]

    def _by_column(self, records: Sequence[Record]) -> list[Entry]:
        nothing = [""] * len(records)
        columns = self._in_order((*zip(*(r.cells for r in records), strict=True), nothing))
        for place in self._unrepeated:
            if self._refuses("\n".join(columns[place])):
                raise BadRow(_IDENTITY)
        values = [list(map(read, c)) for read, c in zip(self._fast, columns, strict=True)]
        rows = map(self._kind.row, zip(*values, strict=True))
        bare = nothing if self._protected is None else values[self._protected]
        every = zip(records, rows, bare, strict=True)
        return [Entry(record, row, None, hidden is True) for record, row, hidden in every]

    def _entry(self, record: Record) -> Entry:
        if record.fault is not None:
            return self._broken(record)
        cells = self._in_order((*self._own_cells(record), ""))
        try:
            values = [read(cell) for read, cell in zip(self._readers, cells, strict=True)]
            row = self._kind.row(values)
        except BadRow as fault:
            return self._faulty(record, cells, fault)
        if self._left_out and self._refuses(record.text):
            return self._faulty(record, cells, BadRow(_IDENTITY))
        bare = self._protected is not None and values[self._protected] is True
        return Entry(record, row, None, bare)

    def _own_cells(self, record: Record) -> Sequence[str]:
        return [restored(cell) for cell in record.cells] if self._header.returned else record.cells

    def _reader(self, column: Column, read: Read) -> Read:
        if column.name not in self._header.given:
            return _absent

        refuses = self._refuses

        def reading(cell: str) -> Any:
            if len(cell) >= SHORTEST and refuses(cell):
                raise BadRow(_IDENTITY)
            return read(cell)

        return remembered(reading) if column.repeats else reading

    def _broken(self, record: Record) -> Entry:
        reason = _IDENTITY if self._refuses(record.text) else record.fault
        bare = self._protected is not None and any(map(says_yes, record.cells))
        return Entry(record, None, reason, bare)

    def _faulty(self, record: Record, cells: Sequence[str], fault: BadRow) -> Entry:
        """Return a row that cannot be read with every reason why."""
        bare = self._protected is not None and not says_no(cells[self._protected])
        if self._refuses(record.text):
            return Entry(record, None, _IDENTITY, bare)
        faults = []
        for column, read, cell in zip(self._kind.columns, self._readers, cells, strict=True):
            try:
                read(cell)
            except BadRow as one:
                faults.append(f"{self._header.heading(column.name)}: {one}")
        return Entry(record, None, "; ".join(faults) or str(fault), bare)


def _absent(_cell: str) -> None:
    return None
