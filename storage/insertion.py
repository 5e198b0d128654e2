"""Insert a row unless its unique key is taken, decided by the database and not by a look before."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Session
from storage.tables import Base


async def insert_new(session: Session, table: type[Base], **values: Any) -> int | None:
    """Return the new row's id, or None when one with the same unique key stands already."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return await session.scalar(
        insert(table).values(**values).on_conflict_do_nothing().returning(table.id)
    )
