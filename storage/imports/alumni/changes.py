"""What a batch of alumni needs written, and the few statements that write it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from storage.database import Session
from storage.imports.bulk import delete_rows, insert_tuples, table, update_rows
from storage.tables import Alumnus, Consent, Employment, Offer, Study
from storage.tables.alumni import offer_field

STUDY = ("alumnus_id", "programme_id", "unit_id", "year")
WORK = ("alumnus_id", "employer", "folded", "title_sv", "title_en", "until")
OFFER = ("alumnus_id", "kind", "languages", "capacity", "pitch_sv", "pitch_en")
CONSENT = ("alumnus_id", "purpose", "given", "at", "source")

_Updates = list[dict[str, Any]]
_New = list[tuple[Any, ...]]


@dataclass(slots=True)
class Changes:
    """Rows to insert (in the order of the columns above), update and delete.

    Updates carry their row's id as `row_id`. offer_fields: the fields that an offer shall have,
    by (alumnus id, kind). ended: employments of today that are over.
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
    offer_fields: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
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
        await insert_tuples(session, table(Offer), OFFER, self.new_offers)
        await _link(session, self.offer_fields)
        await insert_tuples(session, table(Consent), CONSENT, self.consents)


async def _link(session: Session, wanted: dict[tuple[int, str], tuple[int, ...]]) -> None:
    if not wanted:
        return
    alumnus_ids = {alumnus_id for alumnus_id, _kind in wanted}
    rows = await session.execute(
        select(Offer.id, Offer.alumnus_id, Offer.kind).where(Offer.alumnus_id.in_(alumnus_ids))
    )
    fields = {
        offer_id: wanted[alumnus_id, kind]
        for offer_id, alumnus_id, kind in rows
        if (alumnus_id, kind) in wanted
    }
    await session.execute(delete(offer_field).where(offer_field.c.offer_id.in_(fields)))
    links = [(offer_id, key) for offer_id, field_ids in fields.items() for key in field_ids]
    await insert_tuples(session, offer_field, ("offer_id", "field_id"), links)
