"""Settle rows that are one row of one table each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Table, select

from storage.database import Session
from storage.imports.bulk import insert_rows, update_rows
from storage.imports.outcome import Outcome


class Keep(Enum):
    """Stands in the place of a value: what the database has is kept."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True)
class FlatRow:
    """What a file says of one row of a table.

    key: what it is known by. values: the columns that the file speaks of, the same in every row.
    defaults: what a new row has where the file is silent or says KEEP.
    """

    key: str
    values: Mapping[str, Any]
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of rows: the ids of all (of the known ones in a dry run), by key."""

    ids: dict[str, int]
    new: frozenset[str]
    changed: dict[str, list[str]]

    def outcome(self, key: str) -> Outcome:
        """Return what became of a row."""
        if key in self.new:
            return Outcome("new", key)
        changed = self.changed.get(key)
        return Outcome("changed", key, tuple(changed)) if changed else Outcome("unchanged", key)


async def known_rows(
    session: Session, of: Table, key: str, keys: Iterable[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Return the rows of a table by their key; keys: only these."""
    query = select(of) if keys is None else select(of).where(of.c[key].in_(list(keys)))
    rows = await session.execute(query)
    return {row[key]: dict(row) for row in rows.mappings()}


async def settle_flat(
    session: Session,
    of: Table,
    key: str,
    rows: Sequence[FlatRow],
    known: Mapping[str, Mapping[str, Any]],
    *,
    write: bool,
) -> Settled:
    """Compare rows with the known ones, and insert and update what differs."""
    new = [row for row in rows if row.key not in known]
    wanted = {row.key: _wanted(row, known[row.key]) for row in rows if row.key in known}
    changed = {
        name: differing
        for name, values in wanted.items()
        if (differing := [c for c, value in values.items() if value != known[name][c]])
    }
    ids = {row.key: int(known[row.key]["id"]) for row in rows if row.key in known}
    if write and new:
        await insert_rows(session, of, [_inserted(row, key) for row in new])
        added = await known_rows(session, of, key, [row.key for row in new])
        ids |= {name: int(row["id"]) for name, row in added.items()}
    if write:
        await update_rows(session, of, [{"row_id": ids[n], **wanted[n]} for n in changed])
    return Settled(ids, frozenset(row.key for row in new), changed)


def _wanted(row: FlatRow, known: Mapping[str, Any]) -> dict[str, Any]:
    return {c: known[c] if value is KEEP else value for c, value in row.values.items()}


def _inserted(row: FlatRow, key: str) -> dict[str, Any]:
    said = {c: value for c, value in row.values.items() if value is not KEEP}
    return {**row.defaults, **said, key: row.key}
