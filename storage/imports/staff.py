"""Staff: everybody who may be known by the verified e-mail of the directory."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.database import Session
from storage.imports.bulk import table
from storage.imports.cells import (
    Read,
    day,
    lower_email,
    needed,
    one_of,
    or_none,
    words,
)
from storage.imports.columns import Column
from storage.imports.flat import KEEP, FlatRow, known_rows, settle_flat
from storage.imports.kind import Kind
from storage.imports.lookups import unit_names
from storage.imports.outcome import Outcome
from storage.tables import Person

LANGUAGES = {
    "sv": "sv",
    "svenska": "sv",
    "swedish": "sv",
    "en": "en",
    "engelska": "en",
    "english": "en",
}
_DEFAULTS = {
    "title_sv": "",
    "title_en": "",
    "unit_id": None,
    "locale": None,
    "spoken": None,
    "zone": "Europe/Stockholm",
    "asked_unit": False,
    "left_on": None,
}
_COLUMN = {"unit_id": "unit", "locale": "language"}


class Staff(Kind[FlatRow]):
    """Staff, by e-mail."""

    columns = (
        Column("email", ("e-post", "epost", "e-postadress", "mejl", "mail"), required=True),
        Column("name", ("namn", "fullständigt namn", "full name"), required=True),
        Column("title_sv", ("titel", "befattning", "title")),
        Column("title_en", ("engelsk titel", "titel engelska", "title in English")),
        Column("unit", ("enhet", "institution", "avdelning", "department")),
        Column("language", ("språk",)),
        Column("left_on", ("slutat", "slutdatum", "sista dag", "last day")),
    )
    told = "staff"

    async def prepare(self, session: Session) -> None:
        """Load the names of units."""
        self._unit = await unit_names(session)

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        return {
            "email": needed(lower_email),
            "name": needed(words(120)),
            "title_sv": words(120),
            "title_en": words(120),
            "unit": or_none(self._unit.find),
            "language": or_none(one_of(LANGUAGES)),
            "left_on": or_none(day),
        }

    def row(self, cells: Sequence[Any]) -> FlatRow:
        """Return a member of staff made of her cells; an empty unit or language keeps hers."""
        values = self.named(cells)
        own = ("name", "title_sv", "left_on")
        said: dict[str, Any] = {name: values[name] for name in own if name in values}
        title = values.get("title_sv") or ""
        if "title_en" in values:
            said["title_en"] = values["title_en"] or title
        if "unit" in values:
            said["unit_id"] = KEEP if values["unit"] is None else values["unit"]
        if "language" in values:
            said["locale"] = KEEP if values["language"] is None else values["language"]
        new = {"asked_unit": values.get("unit") is not None, "title_en": title}
        return FlatRow(values["email"], said, _DEFAULTS | new)

    def key(self, row: FlatRow) -> str:
        """Return her e-mail."""
        return row.key

    async def settle(self, session: Session, rows: Sequence[FlatRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        people = table(Person)
        known = await known_rows(session, people, "email", [row.key for row in rows])
        kept = [_own_language_first(row, known.get(row.key)) for row in rows]
        settled = await settle_flat(session, people, "email", kept, known, write=self.errand.write)
        return [settled.outcome(row.key).told_as(_COLUMN) for row in rows]


def _own_language_first(row: FlatRow, known: Mapping[str, Any] | None) -> FlatRow:
    """Let the file name a language only for somebody who has not chosen one herself."""
    if known is None or known["locale"] is None or "locale" not in row.values:
        return row
    return FlatRow(row.key, {**row.values, "locale": KEEP}, row.defaults)
