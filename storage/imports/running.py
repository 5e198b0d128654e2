"""Carry a file into the database: a batch at a time, each in a short transaction of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError

from storage.database import Database, Session
from storage.imports.collecting import collect_young, without_collector
from storage.imports.identity import Refuses
from storage.imports.kind import Kind
from storage.imports.outcome import Outcome, Summary
from storage.imports.reading import Entry, Reading
from storage.imports.records import Record
from storage.imports.rejecting import Rejected, rejecting
from storage.imports.seen import Seen
from storage.imports.source import Source

# Long enough to be fast, short enough that the bot, which waits meanwhile, is not noticed waiting.
_BATCH, _PART = 5_000, 500
_CACHE_KIB, _LOG_PAGES = 16 * 1024, 10_000
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
            await _room_to_work(session)
            await self._kind.prepare(session)
        with ExitStack() as stack:
            rejected = stack.enter_context(rejecting(self._source, self._refuses))
            seen = stack.enter_context(Seen())
            records = stack.enter_context(self._source.records())
            stack.enter_context(without_collector())
            for batch in self._batches(records):
                reached = batch[-1].record.number
                await self._settle(batch, seen, rejected)
                batch.clear()
                collect_young()
                progress(reached)
        if self.summary.counts["rejected"]:
            self.summary.rejected_path = rejected.path

    def _batches(self, records: Iterator[Record]) -> Iterator[list[Entry]]:
        reading = Reading(self._kind, self._source.header, self._refuses)
        batch: list[Entry] = []
        while part := list(islice(records, _PART)):
            batch += reading.entries(part)
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
        outcomes = await self._settled([entry.row for entry in fresh])
        self.summary.add(outcome for outcome in outcomes if isinstance(outcome, Outcome))
        reasons = {
            entry.record.number: outcome
            for entry, outcome in zip(fresh, outcomes, strict=True)
            if isinstance(outcome, str)
        }
        for number, first in repeated.items():
            reasons[number] = f"the same one stands in row {first} already"
        for entry in batch:
            reason = entry.reason or reasons.get(entry.record.number)
            if reason is not None:
                self.summary.reject(entry.record.number, reason)
                rejected.add(entry.record, reason, bare=entry.bare)

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


async def _room_to_work(session: Session) -> None:
    """Let SQLite hold the indexes in memory, and move its log into the file less often.

    Every batch touches all of an index; with the usual 2 MB it would be read again each time.
    """
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text(f"PRAGMA cache_size = -{_CACHE_KIB}"))
        await session.execute(text(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}"))


async def _alone(session: Session) -> None:
    """Let one import at a time compare and write, as SQLite's own lock does."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
