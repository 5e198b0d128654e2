"""Carry a file into the database: a batch at a time, each in a short transaction of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError

from storage.database import Database, Session
from storage.imports.cells import says_yes
from storage.imports.faults import BadRow
from storage.imports.identity import Refuses
from storage.imports.kind import Kind
from storage.imports.outcome import Outcome, Summary
from storage.imports.records import Record
from storage.imports.rejecting import Rejected, rejecting, restored
from storage.imports.seen import Seen
from storage.imports.source import Source

_BATCH = 1_000
_LOCK = 0x5370696E  # PostgreSQL's advisory lock for imports: any number that is ours
_IDENTITY = "it holds a personal identity number; nothing of the row was read"
_REFUSED = "the database refuses it"
_PROTECTED = "protected"

Progress = Callable[[int], None]


class _Entry(NamedTuple):
    """A row on its way: either read, or with the reason why it could not be."""

    record: Record
    row: Any
    reason: str | None = None
    bare: bool = False


class Import:
    """One import of one file.

    refuses: whether a text holds a personal identity number. summary: grows with each batch that
    is written, and so stays true when the import is stopped.
    """

    def __init__(
        self,
        database: Database,
        kind: Kind[Any],
        source: Source,
        refuses: Refuses,
        summary: Summary,
    ) -> None:
        self.summary = summary
        self._database, self._kind = database, kind
        self._source, self._refuses = source, refuses

    async def run(self, progress: Progress) -> None:
        """Import every row; progress is told the number of the row that was reached.

        Raises:
            BadFile: the file of rejected rows cannot be written.
            Unreachable: the database is locked or gone; what came before is kept.
        """
        async with self._database.begin() as session:
            await self._kind.prepare(session)
        with ExitStack() as stack:
            rejected = stack.enter_context(rejecting(self._source, self._refuses))
            seen = stack.enter_context(Seen())
            records = stack.enter_context(self._source.records())
            for batch in self._batches(records):
                await self._settle(batch, seen, rejected)
                progress(batch[-1].record.number)
        if self.summary.counts["rejected"]:
            self.summary.rejected_path = rejected.path

    def _batches(self, records: Iterator[Record]) -> Iterator[list[_Entry]]:
        reading = self._reading()
        batch: list[_Entry] = []
        for record in records:
            batch.append(self._entry(record, reading))
            if len(batch) >= _BATCH and not self._kind.at_once:
                yield batch
                batch = []
        if batch:
            yield batch

    def _reading(self) -> list[tuple[int, str, Any]]:
        readers = self._kind.readers()
        names = self._source.header.names
        return [(place, name, readers[name]) for place, name in enumerate(names) if name]

    def _entry(self, record: Record, reading: list[tuple[int, str, Any]]) -> _Entry:
        if self._refuses(record.text):
            return _Entry(record, None, _IDENTITY, bare=self._maybe_protected(record))
        if record.fault is not None:
            return _Entry(record, None, record.fault, bare=self._maybe_protected(record))
        cells = record.cells
        if self._source.header.returned:
            cells = [restored(cell) for cell in cells]
        values: dict[str, Any] = {}
        faults: list[str] = []
        for place, name, read in reading:
            try:
                values[name] = read(cells[place].strip())
            except BadRow as fault:
                faults.append(f"{self._source.header.headings[place]}: {fault}")
        try:
            row = None if faults else self._kind.row(values)
        except BadRow as fault:
            row, faults = None, [str(fault)]
        bare = _PROTECTED in self._source.header.names and values.get(_PROTECTED, True) is True
        return _Entry(record, row, "; ".join(faults) or None, bare)

    def _maybe_protected(self, record: Record) -> bool:
        """Whether a row that was not read may be of a protected identity."""
        return _PROTECTED in self._source.header.names and any(map(says_yes, record.cells))

    async def _settle(self, batch: list[_Entry], seen: Seen, rejected: Rejected) -> None:
        read = [entry for entry in batch if entry.reason is None]
        keys = [(self._kind.key(entry.row), entry.record.number) for entry in read]
        repeated = seen.repeated(keys)
        fresh = [entry for entry in read if entry.record.number not in repeated]
        settled = await self._settled([entry.row for entry in fresh])
        outcomes = {
            entry.record.number: outcome for entry, outcome in zip(fresh, settled, strict=True)
        }
        for entry in batch:
            number = entry.record.number
            outcome: Outcome | str = entry.reason or (
                f"the same one stands in row {repeated[number]} already"
                if number in repeated
                else outcomes[number]
            )
            if isinstance(outcome, Outcome):
                self.summary.add(outcome)
            else:
                self.summary.reject(number, outcome)
                rejected.add(entry.record, outcome, bare=entry.bare)

    async def _settled(self, rows: Sequence[Any]) -> list[Outcome | str]:
        """Settle rows in one transaction; if the database refuses one, each in its own."""
        if not rows:
            return []
        try:
            async with self._database.begin() as session:
                await _alone(session)
                return await self._kind.settle(session, rows)
        except (IntegrityError, DataError):
            if len(rows) == 1:
                return [_REFUSED]
        return [outcome for row in rows for outcome in await self._settled([row])]


async def _alone(session: Session) -> None:
    """Let one import at a time compare and write, as SQLite's own lock does."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
