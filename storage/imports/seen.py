"""Which keys a file has had so far, kept on disk: a large file must not fill the memory."""

import sqlite3
from collections.abc import Sequence
from types import TracebackType
from typing import Self


class Seen:
    """The keys of one file with the row where each stood first."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)  # a temporary file of SQLite's own
        self._kept.execute("PRAGMA journal_mode = OFF")
        self._kept.execute("PRAGMA synchronous = OFF")
        self._kept.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, number INT) WITHOUT ROWID")
        self._kept.execute("BEGIN")

    def __enter__(self) -> Self:
        """Begin without any."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget all."""
        self._kept.close()

    def repeated(self, keys: Sequence[tuple[str, int]]) -> dict[int, int]:
        """Note some (key, row number); return the rows whose key stood before, and where."""
        before = self._kept.total_changes
        self._kept.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", keys)
        if self._kept.total_changes - before == len(keys):
            return {}
        firsts = {
            number: self._kept.execute("SELECT number FROM seen WHERE key = ?", (key,)).fetchone()
            for key, number in keys
        }
        return {number: first for number, (first,) in firsts.items() if first != number}
