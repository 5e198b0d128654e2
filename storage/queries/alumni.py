"""Alumni by name or number, always through the eyes of somebody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from storage.database import Session
from storage.folding import fold
from storage.queries.units import subtree
from storage.queries.visibility import Viewer, consented, own
from storage.tables import Alumnus, ContactRequest, Offer, Study

PURPOSES = ("mentor", "guest_lecturer", "contact")
_YEAR = timedelta(days=365)
_COUNTED = ("sent", "approved", "contacted", "answered")


def known(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the viewer may know `Alumnus`: a consent for any purpose, or her own unit's."""
    return and_(Alumnus.protected.is_(False), or_(*(consented(p) for p in PURPOSES), own(viewer)))


async def alumnus_seen(session: Session, alumnus_id: int, viewer: Viewer) -> Alumnus | None:
    """Return one alumnus if the viewer may know her, with studies, work, city and unit."""
    found: Alumnus | None = await session.scalar(
        select(Alumnus).where(Alumnus.id == alumnus_id, known(viewer)).options(*_described())
    )
    return found


async def alumni_called(
    session: Session, words: str, viewer: Viewer, home_id: int | None, limit: int = 6
) -> list[Alumnus]:
    """Return the alumni that a name or part of one may mean, the asker's own unit's first.

    "Anna S" means a given name beginning with Anna and a family name beginning with S.
    """
    parts = [part for part in _name_forms(words) if part]
    for form in parts:
        rows = await session.scalars(
            select(Alumnus)
            .where(known(viewer), *_begins(form))
            .options(*_described())
            .order_by(_near(home_id), Alumnus.folded, Alumnus.id)
            .limit(limit)
        )
        found = list(rows)
        if found:
            exact = [a for a in found if a.folded == form]
            return exact or found
    return []


async def people_offering(session: Session, offer_ids: list[int]) -> list[tuple[int, str]]:
    """Return (alumnus, folded name) of some offers, in no order."""
    rows = await session.execute(
        select(Alumnus.id, Alumnus.folded)
        .join(Offer, Offer.alumnus_id == Alumnus.id)
        .where(Offer.id.in_(offer_ids))
    )
    return [(row[0], row[1]) for row in rows]


async def names_seen(session: Session, ids: list[int], viewer: Viewer) -> list[tuple[int, str]]:
    """Return (alumnus, name) of those that the viewer may know, by name."""
    rows = await session.scalars(
        select(Alumnus).where(Alumnus.id.in_(ids), known(viewer)).order_by(Alumnus.folded)
    )
    return [(person.id, person.name) for person in rows]


async def requests_this_year(session: Session, alumnus_id: int, now: datetime) -> int:
    """Return how many contact requests an alumnus has had in a year, over all units."""
    counted = await session.scalar(
        select(func.count(ContactRequest.id)).where(
            ContactRequest.alumnus_id == alumnus_id,
            ContactRequest.created_at > now - _YEAR,
            ContactRequest.state.in_(_COUNTED),
        )
    )
    return counted or 0


async def consents_of(session: Session, alumnus_id: int) -> frozenset[str]:
    """Return the purposes that an alumnus consents to now."""
    given = []
    for purpose in PURPOSES:
        row = await session.scalar(
            select(Alumnus.id).where(Alumnus.id == alumnus_id, consented(purpose))
        )
        if row is not None:
            given.append(purpose)
    return frozenset(given)


def _name_forms(words: str) -> Iterable[str]:
    name = fold(words)
    yield name
    if name.endswith("s") and len(name) > 3:  # noqa: PLR2004 (a genitive: "Anna Svenssons")
        yield name[:-1]


def _begins(name: str) -> list[ColumnElement[bool]]:
    first, *rest = name.split()
    conditions: list[ColumnElement[bool]] = [
        or_(
            Alumnus.folded.startswith(first, autoescape=True),
            Alumnus.folded.contains(f" {first}", autoescape=True),
        )
    ]
    conditions.extend(Alumnus.folded.contains(f" {part}", autoescape=True) for part in rest)
    return conditions


def _near(home_id: int | None) -> ColumnElement[int]:
    if home_id is None:
        return case((Alumnus.id > 0, 0), else_=0)
    inside = Alumnus.owner_unit_id.in_(subtree(home_id))
    return case((inside, 0), else_=1)


def _described() -> tuple[ExecutableOption, ...]:
    return (
        joinedload(Alumnus.city),
        joinedload(Alumnus.owner_unit),
        selectinload(Alumnus.employments),
        selectinload(Alumnus.studies).joinedload(Study.programme),
        selectinload(Alumnus.offers),
    )
