"""Units: the university as a tree, settled as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from storage.database import Session
from storage.imports.bulk import table, update_rows
from storage.imports.cells import Read, day, list_of, needed, one_of, or_none, words
from storage.imports.columns import Column
from storage.imports.faults import BadRow
from storage.imports.flat import FlatRow
from storage.imports.kind import Kind
from storage.imports.outcome import Outcome
from storage.imports.tree_rows import Known, Tree, TreeRow, known_tree, settle_tree
from storage.tables import Unit, UnitName

PROVISIONAL = "central"  # the key of the central unit that `admin add` makes in an empty database
_KINDS = {
    "university": "university",
    "universitet": "university",
    "hogskola": "university",
    "larosate": "university",
    "central": "central",
    "centralt": "central",
    "gemensam": "central",
    "faculty": "faculty",
    "fakultet": "faculty",
    "department": "department",
    "institution": "department",
    "avdelning": "department",
}
_TREE = Tree("unit", Unit, UnitName, "unit_id", "parent_id", "parent", "short")
_DEFAULTS = {"parent_id": None, "valid_from": None, "valid_to": None}


class Units(Kind[TreeRow]):
    """Units, by key."""

    columns = (
        Column("key", ("nyckel", "enhetskod", "kod", "code"), required=True),
        Column("parent", ("överordnad", "tillhör", "belongs to"), required=True),
        Column("kind", ("typ", "slag", "type"), required=True),
        Column("name_sv", ("namn", "svenskt namn", "name", "Swedish name"), required=True),
        Column("name_en", ("engelskt namn", "English name"), required=True),
        Column("short", ("kortnamn", "andra namn", "kallas", "short names", "other names")),
        Column("valid_from", ("gäller från", "från", "from")),
        Column("valid_to", ("gäller till", "till", "to")),
    )
    told = "units"
    at_once = True

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        return {
            "key": needed(words(40)),
            "parent": words(120),
            "kind": needed(one_of(_KINDS)),
            "name_sv": needed(words(120)),
            "name_en": needed(words(120)),
            "short": list_of(120),
            "valid_from": or_none(day),
            "valid_to": or_none(day),
        }

    def row(self, cells: Sequence[Any]) -> TreeRow:
        """Return a unit made of its cells; only the university belongs to nothing."""
        values = self.named(cells)
        if (values["kind"] == "university") != (not values["parent"]):
            raise BadRow("parent: the university has none, everything else has one")
        since, until = values.get("valid_from") or date.min, values.get("valid_to") or date.max
        if until < since:
            raise BadRow("valid_to: lies before valid_from")
        own = ("kind", "name_sv", "name_en", "valid_from", "valid_to")
        said = {name: values[name] for name in own if name in values}
        flat = FlatRow(values["key"], said, _DEFAULTS)
        return TreeRow(flat, values["parent"], values.get("short"))

    def key(self, row: TreeRow) -> str:
        """Return the unit's key."""
        return row.key

    async def settle(self, session: Session, rows: Sequence[TreeRow]) -> list[Outcome | str]:
        """Compare the whole tree with the database, and write what differs."""
        known = await known_tree(session, _TREE)
        adopted = _adopted(rows, known)
        settled, outcomes = await settle_tree(session, _TREE, rows, known, write=self.errand.write)
        if adopted in settled.ids and self.errand.write:
            change = {"row_id": settled.ids[adopted], "key": adopted}
            await update_rows(session, table(Unit), [change])
        return outcomes


def _adopted(rows: Sequence[TreeRow], known: Known) -> str:
    """Let the file's central unit be the provisional one, so that there are never two."""
    central = [row.key for row in rows if row.flat.values["kind"] == "central"]
    if len(central) != 1 or central[0] in known or PROVISIONAL not in known:
        return ""
    known[central[0]] = known.pop(PROVISIONAL)
    return central[0]
