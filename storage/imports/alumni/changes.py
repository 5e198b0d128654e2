"""What a batch of alumni needs written, and the few statements that write it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from storage.database import Session
from storage.imports.bulk import delete_rows, insert_rows, table, update_rows
from storage.tables import Alumnus, Consent, Employment, Offer, Study
from storage.tables.alumni import offer_field

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Changes:
    """Rows to insert, update and delete; updates carry their row's id as `row_id`.

    offer_fields: the fields that an offer shall have, by (alumnus id, kind). ended: ids of
    employments of today that are over.
    """

    alumni: Rows = field(default_factory=list)
    new_studies: Rows = field(default_factory=list)
    old_studies: list[int] = field(default_factory=list)
    new_works: Rows = field(default_factory=list)
    works: Rows = field(default_factory=list)
    ended: Rows = field(default_factory=list)
    new_offers: Rows = field(default_factory=list)
    offers: Rows = field(default_factory=list)
    old_offers: list[int] = field(default_factory=list)
    offer_fields: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    consents: Rows = field(default_factory=list)

    async def write(self, session: Session) -> None:
        """Write everything, a statement a table."""
        await update_rows(session, table(Alumnus), self.alumni)
        await delete_rows(session, table(Study), self.old_studies)
        await insert_rows(session, table(Study), self.new_studies)
        await update_rows(session, table(Employment), self.ended)
        await update_rows(session, table(Employment), self.works)
        await insert_rows(session, table(Employment), self.new_works)
        await delete_rows(session, table(Offer), self.old_offers)
        await update_rows(session, table(Offer), self.offers)
        await insert_rows(session, table(Offer), self.new_offers)
        await _link(session, self.offer_fields)
        await insert_rows(session, table(Consent), self.consents)


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
    links = [
        {"offer_id": offer_id, "field_id": field_id}
        for offer_id, field_ids in fields.items()
        for field_id in field_ids
    ]
    await insert_rows(session, offer_field, links)
