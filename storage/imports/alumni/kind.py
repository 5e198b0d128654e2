"""A file of alumni, row by row and batch by batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale
from sqlalchemy import select

from storage.database import Session
from storage.folding import fold
from storage.imports.alumni.changes import Changes
from storage.imports.alumni.columns import COLUMNS, CONSENTS, OFFERS
from storage.imports.alumni.comparing import compare
from storage.imports.alumni.row import AlumnusRow, row_of
from storage.imports.alumni.standing import Standing, standing_of
from storage.imports.bulk import insert_rows, table
from storage.imports.cells import (
    Read,
    day,
    email,
    needed,
    one_of,
    or_none,
    pieces,
    remembered,
    whole,
    words,
    yes_or_no,
)
from storage.imports.kind import Kind
from storage.imports.lookups import city_names, field_names, programme_names, unit_names
from storage.imports.names import Names
from storage.imports.outcome import Outcome
from storage.tables import Alumnus, Programme

_FIRST_YEAR = 1900
_DEFAULTS = {"protected": False, "yearly_cap": 4}
_PITCH = 400


class Alumni(Kind[AlumnusRow]):
    """Alumni, by their number in the register."""

    columns = COLUMNS
    told = "alumni"

    async def prepare(self, session: Session) -> None:
        """Load the names of units, programmes, fields and cities."""
        self._unit = await unit_names(session)
        self._programme = await programme_names(session)
        self._field = await field_names(session)
        self._city = await city_names(session)
        rows = await session.execute(select(Programme.id, Programme.unit_id))
        self._units = dict(rows.tuples().all())

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        consent = remembered(or_none(yes_or_no))
        a_day = remembered(or_none(day))
        return {
            "register_id": needed(words(60)),
            "given_name": needed(words(80)),
            "family_name": needed(words(80)),
            "email": or_none(email),
            "city": remembered(or_none(self._city.find)),
            "unit": remembered(or_none(self._unit.find)),
            "programme": remembered(_all_of(self._programme)),
            "year": remembered(self._years),
            "employer": remembered(words(120)),
            "title": remembered(words(120)),
            "title_en": remembered(words(120)),
            "offers": remembered(_each(one_of(OFFERS))),
            "fields": remembered(_all_of(self._field)),
            "languages": remembered(_languages()),
            "capacity": remembered(or_none(whole(0, 100))),
            "pitch_sv": words(_PITCH),
            "pitch_en": words(_PITCH),
            "paused_until": a_day,
            "yearly_cap": remembered(or_none(whole(0, 365))),
            "protected": consent,
            "last_contact": a_day,
            **dict.fromkeys(CONSENTS, consent),
            "consent_date": a_day,
        }

    def row(self, values: dict[str, Any]) -> AlumnusRow:
        """Return an alumnus made of her cells."""
        return row_of(values, self._units, self.errand)

    def key(self, row: AlumnusRow) -> str:
        """Return her number in the register."""
        return row.register_id

    async def settle(self, session: Session, rows: Sequence[AlumnusRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        known = await standing_of(session, [row.register_id for row in rows])
        new = [row for row in rows if row.register_id not in known]
        added = await self._add(session, new) if new and self.errand.write else {}
        changes, outcomes = Changes(), list[Outcome | str]()
        for row in rows:
            standing = known.get(row.register_id)
            if standing is not None:
                changed = compare(row, standing, changes, self.errand)
                outcomes.append(_outcome(row, standing, changed))
                continue
            if self.errand.write:
                compare(row, Standing(added[row.register_id]), changes, self.errand)
            outcomes.append(Outcome("new", None))
        if self.errand.write:
            await changes.write(session)
        return outcomes

    async def _add(self, session: Session, rows: Sequence[AlumnusRow]) -> dict[str, int]:
        alumnus = table(Alumnus)
        for row in rows:
            for column, value in _DEFAULTS.items():
                if row.values[column] is None:
                    row.values[column] = value
        await insert_rows(session, alumnus, [row.values for row in rows])
        found = await session.execute(
            select(alumnus.c.register_id, alumnus.c.id).where(
                alumnus.c.register_id.in_([row.register_id for row in rows])
            )
        )
        return dict(found.tuples().all())

    def _years(self, cell: str) -> tuple[int, ...]:
        read = whole(_FIRST_YEAR, self.errand.today.year + 1)
        # A register may keep the day of the degree; only the year is asked for.
        return tuple(
            read(str(day(piece).year) if "-" in piece else piece) for piece in pieces(cell)
        )


def _outcome(row: AlumnusRow, standing: Standing, changed: tuple[str, ...]) -> Outcome:
    hidden = bool(row.values["protected"]) or standing.values["protected"]
    return Outcome(
        "changed" if changed else "unchanged", None if hidden else row.register_id, changed
    )


def _all_of(names: Names[int]) -> Read:
    return lambda cell: names.find_all(pieces(cell))


def _each(read: Read) -> Read:
    def reading(cell: str) -> tuple[Any, ...]:
        parts = (part.strip() for piece in pieces(cell) for part in piece.split(","))
        return tuple(dict.fromkeys(read(part) for part in parts if part))

    return reading


def _languages() -> Read:
    meanings = {
        fold(name): code
        for locale in ("sv", "en")
        for code, name in Locale(locale).languages.items()
        if len(code) == 2  # noqa: PLR2004 (ISO 639-1)
    }
    codes = {code: code for code in set(meanings.values())}
    read = _each(one_of(meanings | codes, "a language: write its name, or its code such as sv"))
    return lambda cell: list(read(cell)) or None
