"""What a batch of alumni needs written, and the few statements that write it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from storage.database import Session
from storage.imports.alumni.standing import table
from storage.tables import Alumnus, Consent, Employment, Offer, Study
from storage.tables.alumni import offer_field

Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Changes:
    """Rows to insert, update and delete; updates carry their row's id as `key`.

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
        await _update(session, table(Alumnus), self.alumni)
        await _delete(session, table(Study), self.old_studies)
        await _insert(session, table(Study), self.new_studies)
        await _update(session, table(Employment), self.ended)
        await _update(session, table(Employment), self.works)
        await _insert(session, table(Employment), self.new_works)
        await _delete(session, table(Offer), self.old_offers)
        await _update(session, table(Offer), self.offers)
        await _insert(session, table(Offer), self.new_offers)
        await _link(session, self.offer_fields)
        await _insert(session, table(Consent), self.consents)


async def _insert(session: Session, into: Table, rows: Rows) -> None:
    if rows:
        await session.execute(insert(into), rows)


async def _update(session: Session, of: Table, rows: Rows) -> None:
    """Update rows by their key; all of them change the same columns."""
    if rows:
        await session.execute(update(of).where(of.c.id == bindparam("key")), rows)


async def _delete(session: Session, of: Table, ids: list[int]) -> None:
    if ids:
        await session.execute(delete(of).where(of.c.id.in_(ids)))


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
    await _insert(session, offer_field, links)
