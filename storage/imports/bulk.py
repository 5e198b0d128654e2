"""Statements over many rows at once, on plain tables: the object layer would take row by row."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Dialect, Table, bindparam, delete, insert, update

from storage.database import Session

Rows = Sequence[dict[str, Any]]
_Bind = Callable[[Any], Any]


def table(of: type[Any]) -> Table:
    """Return the plain table of a class."""
    found: Table = of.__table__
    return found


async def insert_tuples(
    session: Session, into: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose values stand in the order of `columns`.

    On SQLite they go straight to the driver: binding a hundred thousand rows by name costs more
    than writing them.
    """
    if not rows:
        return
    dialect = session.get_bind().dialect
    if dialect.name != "sqlite":
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        await session.execute(insert(into), named)
        return
    statement, order = _statement(into, columns, dialect)
    by_column = list(zip(*rows, strict=True))
    bound = [
        by_column[place] if bind is None else map(bind, by_column[place]) for place, bind in order
    ]
    connection = await session.connection()
    await connection.exec_driver_sql(statement, list(zip(*bound, strict=True)))


@lru_cache(maxsize=100)
def _statement(
    into: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[int, _Bind | None]]]:
    """Return an INSERT, and for each of its marks the place of the column and how it is bound."""
    compiled: Any = insert(into).compile(dialect=dialect, column_keys=list(columns))
    order = []
    for name in compiled.positiontup:
        kind = into.c[name].type
        bind = kind.dialect_impl(dialect).bind_processor(dialect)
        # Days repeat; lists, which JSON columns hold, cannot be remembered.
        repeats = bind is not None and not isinstance(kind, JSON)
        order.append((columns.index(name), lru_cache(maxsize=20_000)(bind) if repeats else bind))
    return str(compiled), order


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
