"""Carry a file into the database: a batch at a time, each in a short transaction of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError

from storage.database import Database, Session
from storage.imports.identity import Refuses
from storage.imports.kind import Kind
from storage.imports.outcome import Outcome, Summary
from storage.imports.reading import Entry, Reading
from storage.imports.records import Record
from storage.imports.rejecting import Rejected, rejecting
from storage.imports.seen import Seen
from storage.imports.source import Source

# Long enough to be fast, short enough that the bot, which waits meanwhile, is not noticed waiting.
_BATCH = 2_000
_LOCK = 0x5370696E  # PostgreSQL's advisory lock for imports: any number that is ours
_REFUSED = "the database refuses it"

Progress = Callable[[int], None]


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

    def _batches(self, records: Iterator[Record]) -> Iterator[list[Entry]]:
        reading = Reading(self._kind, self._source.header, self._refuses)
        batch: list[Entry] = []
        for record in records:
            batch.append(reading.entry(record))
            if len(batch) >= _BATCH and not self._kind.at_once:
                yield batch
                batch = []
        if batch:
            yield batch

    async def _settle(self, batch: list[Entry], seen: Seen, rejected: Rejected) -> None:
        read = [entry for entry in batch if entry.reason is None]
        keys = [(self._kind.key(entry.row), entry.record.number) for entry in read]
        repeated = seen.repeated(keys)
        fresh = [entry for entry in read if entry.record.number not in repeated]
        outcomes = iter(await self._settled([entry.row for entry in fresh]))
        for entry in batch:
            first = repeated.get(entry.record.number)
            if entry.reason is not None:
                outcome: Outcome | str = entry.reason
            elif first is not None:
                outcome = f"the same one stands in row {first} already"
            else:
                outcome = next(outcomes)
            if isinstance(outcome, Outcome):
                self.summary.add(outcome)
            else:
                self.summary.reject(entry.record.number, outcome)
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
