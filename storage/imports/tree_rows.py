"""Settle rows of a tree that have many names each: units, fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.database import Session
from storage.imports.bulk import table, update_rows
from storage.imports.faults import BadRow
from storage.imports.flat import FlatRow, Settled, known_rows, settle_flat
from storage.imports.names import Names
from storage.imports.naming import names_of, write_names
from storage.imports.outcome import Outcome
from storage.imports.tree import broken
from storage.tables import Field, FieldName, Unit, UnitName

Known = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row: its own columns, what it belongs to, its other names.

    parent: any name, empty for none; parent and others are None where the file does not say.
    """

    flat: FlatRow
    parent: str | None
    others: list[str] | None

    @property
    def key(self) -> str:
        """What it is known by."""
        return self.flat.key

    @property
    def official(self) -> list[str]:
        """The names that it always has."""
        return [self.flat.values["name_sv"], self.flat.values["name_en"]]


@dataclass(frozen=True, slots=True)
class Tree:
    """Where a tree is kept, and what a file calls its parents and other names."""

    what: str
    of: type[Unit | Field]
    names: type[UnitName | FieldName]
    owner: str
    parent: str
    parent_column: str
    names_column: str


@dataclass(slots=True)
class _State:
    """The tree as it is, and what becomes of it."""

    known: Known
    names: dict[int, dict[str, int]]
    parents: dict[str, str | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


async def settle_tree(
    session: Session, tree: Tree, rows: Sequence[TreeRow], known: Known, *, write: bool
) -> tuple[Settled, list[Outcome | str]]:
    """Compare rows with the whole tree, write what differs; return what became of each."""
    ids = [row["id"] for row in known.values()]
    state = _State(known, await names_of(session, tree.names, tree.owner, ids))
    _find_parents(tree, rows, state)
    sound = [row for row in rows if row.key not in state.reasons]
    settled = await settle_flat(
        session, table(tree.of), "key", [row.flat for row in sound], known, write=write
    )
    moved = _moved(tree, sound, state, settled)
    renamed = _renamed(tree, sound, state, settled)
    if write:
        await update_rows(session, table(tree.of), moved)
        await write_names(session, tree.names, tree.owner, state.names, renamed)
    return settled, [state.reasons.get(row.key) or settled.outcome(row.key) for row in rows]


async def known_tree(session: Session, tree: Tree) -> Known:
    """Return the tree's rows as they are, by key."""
    return await known_rows(session, table(tree.of), "key")


def _find_parents(tree: Tree, rows: Sequence[TreeRow], state: _State) -> None:
    by_id = {row["id"]: key for key, row in state.known.items()}
    standing = {key: by_id.get(row[tree.parent]) for key, row in state.known.items()}
    keys = {row.key for row in rows} | set(state.known)
    called = [(row.key, name) for row in rows for name in (*row.official, *(row.others or ()))]
    for key, known in state.known.items():
        called += [(key, name) for name in state.names.get(known["id"], ())]
    every = Names(tree.what, [(key, key) for key in keys], called)
    for row in rows:
        try:
            state.parents[row.key] = _parent(row, every, standing)
        except BadRow as fault:
            state.reasons[row.key] = f"{tree.parent_column}: {fault}"
    state.reasons = broken(state.parents, standing, state.reasons)


def _parent(row: TreeRow, every: Names[str], standing: Mapping[str, str | None]) -> str | None:
    if row.parent is None:
        return standing.get(row.key)
    return every.find(row.parent) if row.parent else None


def _moved(
    tree: Tree, rows: Sequence[TreeRow], state: _State, settled: Settled
) -> list[dict[str, Any]]:
    moved = []
    for row in rows:
        parent = state.parents[row.key]
        wanted = None if parent is None else _id_of(parent, state.known, settled)
        if row.key in settled.new:
            moved.append({"row_id": settled.ids.get(row.key), tree.parent: wanted})
        elif wanted != state.known[row.key][tree.parent] or (parent and not wanted):
            moved.append({"row_id": settled.ids[row.key], tree.parent: wanted})
            settled.changed.setdefault(row.key, []).append(tree.parent_column)
    return moved


def _id_of(key: str, known: Known, settled: Settled) -> int | None:
    """Return the id of a row, None when it is new and nothing is written."""
    if key in settled.ids:
        return settled.ids[key]
    return int(known[key]["id"]) if key in known else None


def _renamed(
    tree: Tree, rows: Sequence[TreeRow], state: _State, settled: Settled
) -> dict[int, list[str]]:
    renamed: dict[int, list[str]] = {}
    for row in rows:
        row_id = settled.ids.get(row.key)
        if row_id is None:  # new, and nothing is written
            continue
        before = state.names.get(row_id, {})
        others = list(before) if row.others is None else row.others
        names = list(dict.fromkeys([*row.official, *others]))
        if set(names) != set(before):
            renamed[row_id] = names
            if row.key not in settled.new:
                settled.changed.setdefault(row.key, []).append(tree.names_column)
    return renamed
