"""The words that alumni refer to: programmes, fields and cities."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.database import Session
from storage.imports.bulk import table
from storage.imports.cells import Read, list_of, needed, words
from storage.imports.columns import Column
from storage.imports.flat import FlatRow, known_rows, settle_flat
from storage.imports.kind import Kind
from storage.imports.lookups import unit_names
from storage.imports.outcome import Outcome
from storage.imports.tree_rows import Tree, TreeRow, known_tree, settle_tree
from storage.tables import City, Field, FieldName, Programme

_NAMES = (
    Column("name_sv", ("namn", "svenskt namn", "name", "Swedish name"), required=True),
    Column("name_en", ("engelskt namn", "English name"), required=True),
)
_FIELDS = Tree("field", Field, FieldName, "field_id", "broader_id", "broader", "names")


class Programmes(Kind[FlatRow]):
    """Degree programmes, by code."""

    columns = (
        Column("code", ("kod", "programkod", "programme code"), required=True),
        *_NAMES,
        Column("short", ("kortnamn", "andra namn", "kallas", "short names", "other names")),
        Column("unit", ("enhet", "institution", "department"), required=True),
    )
    told = "programmes"

    async def prepare(self, session: Session) -> None:
        """Load the names of units."""
        self._unit = await unit_names(session)

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        return {
            "code": needed(words(20)),
            "name_sv": needed(words(160)),
            "name_en": needed(words(160)),
            "short": list_of(160),
            "unit": needed(self._unit.find),
        }

    def row(self, cells: Sequence[Any]) -> FlatRow:
        """Return a programme made of its cells."""
        values = self.named(cells)
        said = {"unit_id" if c == "unit" else c: v for c, v in values.items() if c != "code"}
        return FlatRow(values["code"], said, {"short": []})

    def key(self, row: FlatRow) -> str:
        """Return the programme's code."""
        return row.key

    async def settle(self, session: Session, rows: Sequence[FlatRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        known = await known_rows(session, table(Programme), "code", [row.key for row in rows])
        settled = await settle_flat(
            session, table(Programme), "code", rows, known, write=self.errand.write
        )
        return [settled.outcome(row.key).told_as({"unit_id": "unit"}) for row in rows]


class Cities(Kind[FlatRow]):
    """Cities, by Swedish name."""

    columns = (
        *_NAMES,
        Column("region_sv", ("län", "region", "landskap"), required=True),
        Column("region_en", ("region in English", "county"), required=True),
        Column("aliases", ("andra namn", "other names")),
        Column("areas", ("områden",)),
    )
    told = "cities"

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        names = dict.fromkeys(("name_sv", "name_en", "region_sv", "region_en"), needed(words(80)))
        return {**names, "aliases": list_of(80), "areas": list_of(80)}

    def row(self, cells: Sequence[Any]) -> FlatRow:
        """Return a city made of its cells; its region is always one of its areas."""
        values = self.named(cells)
        region = [values["region_sv"], values["region_en"]]
        said = {column: value for column, value in values.items() if column != "name_sv"}
        if "areas" in said:
            said["areas"] = list(dict.fromkeys([*region, *said["areas"]]))
        areas = list(dict.fromkeys(region))
        return FlatRow(values["name_sv"], said, {"aliases": [], "areas": areas})

    def key(self, row: FlatRow) -> str:
        """Return the city's Swedish name."""
        return row.key

    async def settle(self, session: Session, rows: Sequence[FlatRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        known = await known_rows(session, table(City), "name_sv", [row.key for row in rows])
        settled = await settle_flat(
            session, table(City), "name_sv", rows, known, write=self.errand.write
        )
        return [settled.outcome(row.key) for row in rows]


class Fields(Kind[TreeRow]):
    """The thesaurus of subjects, industries and competences, by key."""

    columns = (
        Column("key", ("nyckel",), required=True),
        *_NAMES,
        Column("names", ("andra ord", "synonymer", "other words", "synonyms")),
        Column("broader", ("överordnat", "vidare område", "broader field")),
    )
    told = "fields"
    at_once = True

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        return {
            "key": needed(words(60)),
            "name_sv": needed(words(120)),
            "name_en": needed(words(120)),
            "names": list_of(120),
            "broader": words(120),
        }

    def row(self, cells: Sequence[Any]) -> TreeRow:
        """Return a field made of its cells."""
        values = self.named(cells)
        said = {name: values[name] for name in ("name_sv", "name_en")}
        flat = FlatRow(values["key"], said, {"broader_id": None})
        return TreeRow(flat, values.get("broader"), values.get("names"))

    def key(self, row: TreeRow) -> str:
        """Return the field's key."""
        return row.key

    async def settle(self, session: Session, rows: Sequence[TreeRow]) -> list[Outcome | str]:
        """Compare the whole thesaurus with the database, and write what differs."""
        known = await known_tree(session, _FIELDS)
        _settled, outcomes = await settle_tree(
            session, _FIELDS, rows, known, write=self.errand.write
        )
        return outcomes
