"""A second copy of a database, whole even while others write to the first."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url


class NotCopied(Exception):
    """Only an SQLite file can be copied; another database is dumped with its own tools."""


def copy_database(url: str, target: Path) -> str:
    """Copy an SQLite database into a new file; return the copy's address.

    Blocks for as long as the disk needs. A plain copy of the file would miss what its
    write-ahead log still holds.

    Raises:
        NotCopied: the database is not an SQLite file.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise NotCopied(parsed.get_backend_name())
    with (
        closing(sqlite3.connect(parsed.database)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return f"sqlite:///{target}"
