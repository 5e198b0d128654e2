"""An SQLite file looked at without the program's own engine."""

import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

_ALEMBIC = "alembic_version"


def file_of(url: str) -> Path:
    """Return the file of an SQLite address."""
    return Path(make_url(url).database or "")


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables."""
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    )
    return [name for (name,) in rows]


def counts_in(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table: int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608
        for table in tables_of(connection)
    }


def schema_in(connection: sqlite3.Connection) -> str | None:
    """Return the revision, or None when there is no schema."""
    if _ALEMBIC not in tables_of(connection):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def is_empty(counts: dict[str, int]) -> bool:
    """Whether no table holds a row, apart from the note of the schema's revision."""
    return not any(n for table, n in counts.items() if table != _ALEMBIC)
