"""What a database is like: whole, at the program's schema, and what stands aside of it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from storage import schema
from storage.backups.sqlite_file import file_of
from storage.backups.taking import ASIDE, tables_in

_MOST = 5  # findings named


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found.

    schema, wanted: revisions, None when there is none. damage: what the database says of itself,
    rows that point nowhere included. drifted: tables differ from the program's. counts: rows by
    table. aside: what earlier restores left.
    """

    schema: str | None
    wanted: str | None
    damage: list[str]
    drifted: bool
    counts: dict[str, int]
    aside: list[str]


def examine(url: str) -> Checkup:
    """Look a database over, beside a bot that works. Blocks; reads all of an SQLite file.

    Raises:
        Unreachable: the database does not answer.
    """
    sqlite = make_url(url).get_backend_name() == "sqlite"
    with schema.connected(url) as connection:
        try:
            damage = _damage_in_file(connection) if sqlite else _damage_in_server(connection)
            stands = schema.revision_of(connection)
            counts = _counts(connection, sqlite=sqlite)
        except DatabaseError as error:
            return Checkup(
                None,
                schema.newest(),
                [str(error.orig).splitlines()[0]],
                drifted=False,
                counts={},
                aside=[],
            )
        aside = _files_aside(file_of(url)) if sqlite else _schemas_aside(connection)
    fits = stands == schema.newest()
    drifted = fits and schema.drifted(url)
    return Checkup(stands, schema.newest(), damage, drifted, counts, aside)


def _damage_in_file(connection: Connection) -> list[str]:
    told = [str(line) for line in connection.scalars(text("PRAGMA integrity_check"))]
    lost = list(connection.execute(text("PRAGMA foreign_key_check")))
    tables = sorted({f"{row[0]} → {row[2]}" for row in lost})
    return [
        *(line for line in told[:_MOST] if line != "ok"),
        *(f"rows point to nothing: {pair}" for pair in tables[:_MOST]),
    ]


def _damage_in_server(connection: Connection) -> list[str]:
    """The server checks its own pages and keys; what it was told not to check is found here."""
    keys = connection.scalars(
        text(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated "
            "AND connamespace = current_schema()::regnamespace"
        )
    )
    indexes = connection.scalars(
        text(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON oid = indexrelid "
            "WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
        )
    )
    return [
        *(f"a foreign key was never checked: {name}" for name in list(keys)[:_MOST]),
        *(f"an index is not valid: {name}" for name in list(indexes)[:_MOST]),
    ]


def _counts(connection: Connection, *, sqlite: bool) -> dict[str, int]:
    listing = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = list(connection.scalars(text(listing))) if sqlite else tables_in(connection)
    return {
        table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0  # noqa: S608
        for table in sorted(tables)
    }


def _files_aside(file: Path) -> list[str]:
    return sorted(str(path) for path in file.parent.glob(f"{file.name}.before-*"))


def _schemas_aside(connection: Connection) -> list[str]:
    return list(
        connection.scalars(
            text("SELECT nspname FROM pg_namespace WHERE nspname LIKE :like ORDER BY 1"),
            {"like": f"{ASIDE}%"},
        )
    )
