"""Insert a row unless its unique key is taken, decided by the database and not by a look before."""

from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Session
from storage.tables import Base


async def insert_new(session: Session, table: type[Base], **values: Any) -> int | None:
    """Return the new row's id, or None when one with the same unique key stands already."""
    statement = _insert(table, session.get_bind().dialect.name)
    row_id: int | None = await session.scalar(statement, values)
    return row_id


@cache
def _insert(table: type[Base], dialect: str) -> Executable:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    rows = Base.metadata.tables[table.__tablename__]
    return insert(rows).on_conflict_do_nothing().returning(rows.c.id)
