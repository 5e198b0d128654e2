"""The many names of a unit or a field, kept in a table of their own."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from storage.database import Session
from storage.folding import fold
from storage.imports.bulk import delete_rows, insert_rows, table
from storage.tables import FieldName, UnitName


async def names_of(
    session: Session, of: type[UnitName | FieldName], owner: str, ids: Iterable[int]
) -> dict[int, dict[str, int]]:
    """Return the names that some owners have: owner's id → name → row id."""
    names = table(of)
    rows = await session.execute(
        select(names.c[owner], names.c.name, names.c.id)
        .where(names.c[owner].in_(list(ids)))
        .order_by(names.c.id)
    )
    found: dict[int, dict[str, int]] = {}
    for owner_id, name, key in rows:
        found.setdefault(owner_id, {})[name] = key
    return found


async def write_names(
    session: Session,
    of: type[UnitName | FieldName],
    owner: str,
    had: Mapping[int, Mapping[str, int]],
    wanted: Mapping[int, Iterable[str]],
) -> None:
    """Give each owner exactly the names wanted."""
    gone, new = list[int](), list[dict[str, Any]]()
    for owner_id, names in wanted.items():
        before = had.get(owner_id, {})
        kept = dict.fromkeys(names)
        gone.extend(key for name, key in before.items() if name not in kept)
        new.extend(
            {owner: owner_id, "name": name, "folded": fold(name)}
            for name in kept
            if name not in before
        )
    await delete_rows(session, table(of), gone)
    await insert_rows(session, table(of), new)
