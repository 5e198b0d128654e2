"""Look a name up in a table of names: by index first, misspelt only when that finds nothing."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from storage.database import Session
from storage.folding import fold
from storage.matching import forms, matches
from storage.tables import Base

Row = TypeVar("Row", bound=Base)


async def rows_called(
    session: Session,
    words: str,
    table: type[Row],
    key: InstrumentedAttribute[int],
    folded: InstrumentedAttribute[str],
) -> list[Row]:
    """Return the rows whose names `words` means, best kind of match only.

    key and folded: the columns of table's table of names, folded ones indexed.
    """
    for wanted in forms(fold(words)):
        named = select(key).where(folded.in_(wanted))
        found = await session.scalars(select(table).where(table.id.in_(named)).order_by(table.id))
        rows = list(found)
        if rows:
            return rows
    every = await session.execute(select(key, folded))
    return await rows_by_id(session, table, matches(words, ((row[0], row[1]) for row in every)))


async def rows_by_id(session: Session, table: type[Row], ids: list[int]) -> list[Row]:
    """Return the rows with these keys, in their order."""
    if not ids:
        return []
    rows = {row.id: row for row in await session.scalars(select(table).where(table.id.in_(ids)))}
    return [rows[i] for i in ids]
