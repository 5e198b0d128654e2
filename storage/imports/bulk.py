"""Statements over many rows at once, on plain tables: the object layer would take row by row."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update

from storage.database import Session

Rows = Sequence[dict[str, Any]]


def table(of: type[Any]) -> Table:
    """Return the plain table of a class."""
    found: Table = of.__table__
    return found


async def insert_rows(session: Session, into: Table, rows: Rows) -> None:
    """Insert rows that all name the same columns."""
    if rows:
        await session.execute(insert(into), rows)


async def update_rows(session: Session, of: Table, rows: Rows) -> None:
    """Update rows by their id, given as `row_id`; all of them name the same columns."""
    if rows:
        await session.execute(update(of).where(of.c.id == bindparam("row_id")), rows)


async def delete_rows(session: Session, of: Table, ids: Collection[int]) -> None:
    """Delete rows by their id."""
    if ids:
        await session.execute(delete(of).where(of.c.id.in_(ids)))
