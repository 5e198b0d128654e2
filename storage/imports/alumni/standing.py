"""What the database says of the alumni in a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from storage.database import Session
from storage.imports.bulk import table
from storage.tables import Alumnus, Consent, Employment, Offer, Study
from storage.tables.alumni import offer_field


class Offered(NamedTuple):
    """An offer: its id, its terms by column, its fields."""

    id: int
    terms: dict[str, Any]
    fields: set[int]


class Said(NamedTuple):
    """The newest consent for a purpose."""

    given: bool
    at: datetime
    source: str


@dataclass(slots=True)
class Standing:
    """One alumnus as she is; a new one has an id and nothing else.

    values: columns of her own table. studies: id, programme, unit, year. works: id, employer,
    title_sv, title_en of today's employments.
    """

    id: int
    values: dict[str, Any] = field(default_factory=dict)
    studies: list[tuple[int, int | None, int, int | None]] = field(default_factory=list)
    works: list[tuple[int, str, str, str]] = field(default_factory=list)
    offers: dict[str, Offered] = field(default_factory=dict)
    consents: dict[str, Said] = field(default_factory=dict)


async def standing_of(session: Session, register_ids: Sequence[str]) -> dict[str, Standing]:
    """Return those who exist, by register id, with all that an import may change."""
    alumnus = table(Alumnus)
    rows = await session.execute(select(alumnus).where(alumnus.c.register_id.in_(register_ids)))
    known = {row["register_id"]: Standing(row["id"], dict(row)) for row in rows.mappings()}
    by_id = {one.id: one for one in known.values()}
    if by_id:
        await _studies(session, by_id)
        await _works(session, by_id)
        await _offers(session, by_id)
        await _consents(session, by_id)
    return known


async def _studies(session: Session, by_id: dict[int, Standing]) -> None:
    rows = await session.execute(
        select(Study.alumnus_id, Study.id, Study.programme_id, Study.unit_id, Study.year)
        .where(Study.alumnus_id.in_(by_id))
        .order_by(Study.id)
    )
    for alumnus_id, key, programme_id, unit_id, year in rows.tuples():
        by_id[alumnus_id].studies.append((key, programme_id, unit_id, year))


async def _works(session: Session, by_id: dict[int, Standing]) -> None:
    job = Employment
    rows = await session.execute(
        select(job.alumnus_id, job.id, job.employer, job.title_sv, job.title_en)
        .where(job.alumnus_id.in_(by_id), job.until.is_(None))
        .order_by(job.id)
    )
    for alumnus_id, key, employer, title_sv, title_en in rows.tuples():
        by_id[alumnus_id].works.append((key, employer, title_sv, title_en))


async def _offers(session: Session, by_id: dict[int, Standing]) -> None:
    offer = table(Offer)
    rows = await session.execute(
        select(offer).where(offer.c.alumnus_id.in_(by_id)).order_by(offer.c.id)
    )
    offers: dict[int, Offered] = {}
    for row in rows.mappings():
        found = Offered(row["id"], dict(row), set())
        offers[found.id] = by_id[row["alumnus_id"]].offers.setdefault(row["kind"], found)
    if offers:
        links = await session.execute(select(offer_field).where(offer_field.c.offer_id.in_(offers)))
        for offer_id, field_id in links:
            offers[offer_id].fields.add(field_id)


async def _consents(session: Session, by_id: dict[int, Standing]) -> None:
    said = Consent
    rows = await session.execute(
        select(said.alumnus_id, said.purpose, said.given, said.at, said.source)
        .where(said.alumnus_id.in_(by_id))
        .order_by(said.at, said.id)
    )
    for alumnus_id, purpose, given, at, source in rows.tuples():
        by_id[alumnus_id].consents[purpose] = Said(given, at, source)
