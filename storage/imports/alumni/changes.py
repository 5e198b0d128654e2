"""What a batch of alumni needs written, and the few statements that write it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from storage.database import Session
from storage.imports.bulk import delete_rows, free_ids, insert_tuples, table, update_rows
from storage.tables import Alumnus, Consent, Employment, Offer, Study
from storage.tables.alumni import offer_field

STUDY = ("alumnus_id", "programme_id", "unit_id", "year")
WORK = ("alumnus_id", "employer", "folded", "title_sv", "title_en", "until")
OFFER = ("id", "alumnus_id", "kind", "languages", "capacity", "pitch_sv", "pitch_en")
CONSENT = ("alumnus_id", "purpose", "given", "at", "source")

_Updates = list[dict[str, Any]]
_New = list[tuple[Any, ...]]


@dataclass(slots=True)
class Changes:
    """Rows to insert (in the order of the columns above), update and delete.

    Updates carry their row's id as `row_id`. new_fields: those of each new offer, in order;
    fields: those that an offer shall have, by its id. ended: employments of today that are over.
    """

    alumni: _Updates = field(default_factory=list)
    new_studies: _New = field(default_factory=list)
    old_studies: list[int] = field(default_factory=list)
    new_works: _New = field(default_factory=list)
    works: _Updates = field(default_factory=list)
    ended: _Updates = field(default_factory=list)
    new_offers: _New = field(default_factory=list)
    offers: _Updates = field(default_factory=list)
    old_offers: list[int] = field(default_factory=list)
    new_fields: list[tuple[int, ...]] = field(default_factory=list)
    fields: dict[int, tuple[int, ...]] = field(default_factory=dict)
    consents: _New = field(default_factory=list)

    async def write(self, session: Session) -> None:
        """Write everything, a statement a table."""
        await update_rows(session, table(Alumnus), self.alumni)
        await delete_rows(session, table(Study), self.old_studies)
        await insert_tuples(session, table(Study), STUDY, self.new_studies)
        await update_rows(session, table(Employment), self.ended)
        await update_rows(session, table(Employment), self.works)
        await insert_tuples(session, table(Employment), WORK, self.new_works)
        await delete_rows(session, table(Offer), self.old_offers)
        await update_rows(session, table(Offer), self.offers)
        await self._write_offers(session)
        await insert_tuples(session, table(Consent), CONSENT, self.consents)

    async def _write_offers(self, session: Session) -> None:
        ids = await free_ids(session, table(Offer), len(self.new_offers))
        rows = [(key, *row) for key, row in zip(ids, self.new_offers, strict=True)]
        await insert_tuples(session, table(Offer), OFFER, rows)
        if self.fields:
            old = offer_field.c.offer_id.in_(self.fields)
            await session.execute(delete(offer_field).where(old))
        wanted = [*zip(ids, self.new_fields, strict=True), *self.fields.items()]
        links = [(offer_id, key) for offer_id, keys in wanted for key in keys]
        await insert_tuples(session, offer_field, ("offer_id", "field_id"), links)
