"""A file of alumni, batch by batch."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from storage.database import Session
from storage.imports.alumni.arriving import arrive
from storage.imports.alumni.changes import Changes
from storage.imports.alumni.columns import COLUMNS
from storage.imports.alumni.comparing import compare
from storage.imports.alumni.reading import Known, readers
from storage.imports.alumni.row import OWN, AlumnusRow, row_of
from storage.imports.alumni.standing import Standing, standing_of
from storage.imports.bulk import free_ids, insert_tuples, table
from storage.imports.cells import Read
from storage.imports.kind import Kind
from storage.imports.lookups import city_names, field_names, programme_names, unit_names
from storage.imports.outcome import Outcome
from storage.tables import Alumnus, Programme

_DEFAULT_CAP = 4
_PROTECTED, _PAUSED, _CAP, _CONTACT = range(len(OWN) - 4, len(OWN))  # the last of OWN
_NEW = Outcome("new", None)


class Alumni(Kind[AlumnusRow]):
    """Alumni, by their number in the register."""

    columns = COLUMNS
    told = "alumni"

    async def prepare(self, session: Session) -> None:
        """Load the names of units, programmes, fields and cities."""
        units = await session.execute(select(Programme.id, Programme.unit_id))
        self._known = Known(
            await unit_names(session),
            await programme_names(session),
            await field_names(session),
            await city_names(session),
            dict(units.tuples().all()),
        )

    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""
        return readers(self._known, self.errand)

    def row(self, values: Sequence[Any]) -> AlumnusRow:
        """Return an alumnus made of her cells."""
        return row_of(values, self.errand)

    def key(self, row: AlumnusRow) -> str:
        """Return her number in the register."""
        return row.register_id

    async def settle(self, session: Session, rows: Sequence[AlumnusRow]) -> list[Outcome | str]:
        """Compare with the database, and write what differs."""
        standing = await standing_of(session, [row.register_id for row in rows])
        changes, outcomes = Changes(), list[Outcome | str]()
        new: list[AlumnusRow] = []
        for row in rows:
            known = standing.get(row.register_id)
            if known is None:
                new.append(row)
                outcomes.append(_NEW)
            else:
                changed = compare(row, known, changes, self.errand)
                outcomes.append(_outcome(row, known, changed))
        if self.errand.write:
            await self._add(session, new, changes)
            await changes.write(session)
        return outcomes

    async def _add(self, session: Session, rows: Sequence[AlumnusRow], changes: Changes) -> None:
        if not rows:
            return
        ids = await free_ids(session, table(Alumnus), len(rows))
        today = self.errand.today
        own = [(*_complete(key, row.own), today) for key, row in zip(ids, rows, strict=True)]
        await insert_tuples(session, table(Alumnus), ("id", *OWN, "arrived_on"), own)
        arrive(zip(ids, rows, strict=True), changes, self.errand)


def _complete(key: int, own: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the columns of a new alumnus, with what the file does not say."""
    cap = _DEFAULT_CAP if own[_CAP] is None else own[_CAP]
    return (key, *own[:_PROTECTED], own[_PROTECTED] is True, own[_PAUSED], cap, own[_CONTACT])


def _outcome(row: AlumnusRow, standing: Standing, changed: tuple[str, ...]) -> Outcome:
    hidden = row.protected or standing.values["protected"]
    return Outcome(
        "changed" if changed else "unchanged", None if hidden else row.register_id, changed
    )
