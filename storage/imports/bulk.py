"""Statements over many rows at once, on plain tables: the object layer would take row by row."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Dialect,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.database import Session

Rows = Sequence[dict[str, Any]]
_Bind = Callable[[Any], Any]
_AT_ONCE = (2_500, 250)  # rows; SQLite takes 32,766 values in a statement


def table(of: type[Any]) -> Table:
    """Return the plain table of a class."""
    found: Table = of.__table__
    return found


async def free_ids(session: Session, of: Table, count: int) -> range | list[int]:
    """Return ids for new rows, so that rows of other tables can refer to them at once.

    On SQLite nobody else inserts before this transaction ends; PostgreSQL hands them out.
    """
    if session.get_bind().dialect.name == "sqlite":
        last = await session.scalar(select(func.max(of.c.id))) or 0
        return range(last + 1, last + 1 + count)
    sequence = func.nextval(func.pg_get_serial_sequence(of.name, "id"))
    rows = await session.scalars(select(sequence).select_from(func.generate_series(1, count)))
    return list(rows)


async def insert_tuples(
    session: Session, into: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose values stand in the order of `columns`.

    On SQLite they go to the driver, many in one statement: to bind a hundred thousand rows by
    name, one by one, takes longer than to write them. Statements are of three sizes only, since
    the driver keeps a hundred of them and a large one takes a megabyte.
    """
    if not rows:
        return
    dialect = session.get_bind().dialect
    if dialect.name != "sqlite":
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        await session.execute(insert(into), named)
        return
    connection = await session.connection()
    bound = _bound(rows, _binders(into, columns, dialect))
    start = 0
    for size in _AT_ONCE:
        statement = _insert(into, columns, dialect, size)
        while len(bound) - start >= size:
            values = tuple(chain.from_iterable(bound[start : start + size]))
            await connection.exec_driver_sql(statement, values)
            start += size
    if start < len(bound):
        await connection.exec_driver_sql(_insert(into, columns, dialect, 1), list(bound[start:]))


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


def _bound(rows: Sequence[tuple[Any, ...]], binders: dict[int, _Bind]) -> Sequence[tuple[Any, ...]]:
    """Return rows with days, moments and lists as SQLite keeps them."""
    if not binders:
        return rows
    by_column: list[Any] = list(zip(*rows, strict=True))
    for place, bind in binders.items():
        by_column[place] = map(bind, by_column[place])
    return list(zip(*by_column, strict=True))


@lru_cache(maxsize=50)
def _binders(into: Table, columns: tuple[str, ...], dialect: Dialect) -> dict[int, _Bind]:
    binders: dict[int, _Bind] = {}
    for place, name in enumerate(columns):
        kind = into.c[name].type
        bind = kind.dialect_impl(dialect).bind_processor(dialect)
        if isinstance(kind, Boolean):
            binders[place] = _number  # what is not exactly an int takes the driver's long way
        elif bind is not None:
            # Days repeat; lists, which JSON columns hold, cannot be remembered.
            binders[place] = bind if isinstance(kind, JSON) else lru_cache(20_000)(bind)
    return binders


def _number(value: bool | None) -> int | None:  # noqa: FBT001 (a cell of a table)
    return None if value is None else int(value)


@lru_cache(maxsize=50)
def _insert(into: Table, columns: tuple[str, ...], dialect: Dialect, rows: int) -> str:
    names = dialect.identifier_preparer
    listed = ", ".join(names.quote(column) for column in columns)
    mark = f"({', '.join('?' * len(columns))})"
    marks = ", ".join([mark] * rows)
    return f"INSERT INTO {names.format_table(into)} ({listed}) VALUES {marks}"  # noqa: S608 (names of our own)
