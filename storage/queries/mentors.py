"""Who can mentor, supervise or host: the search behind "which alumni …?"."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from storage.database import Session
from storage.folding import fold
from storage.queries.units import subtree
from storage.queries.visibility import Viewer, consented, visible
from storage.tables import Alumnus, City, ContactRequest, Employment, Offer, Study
from storage.tables.alumni import offer_field

Availability = Literal["open", "limited", "closed"]
_AVAILABLE: tuple[Availability, ...] = ("open", "limited", "closed")
_YEAR = timedelta(days=365)
# A request in one of these states has used some of the alumnus' goodwill.
_SPENT = ("approved", "contacted", "answered")
_COUNTED = ("sent", *_SPENT)


@dataclass(frozen=True, slots=True)
class MentorSearch:
    """What is looked for; an empty filter filters nothing.

    kinds: as Offer.kind. unit_id includes the units below. fields: ids, narrower ones included.
    open_only: without those that cannot be asked now. order: fit, name, contact or city.
    """

    kinds: tuple[str, ...] = ("mentor",)
    unit_id: int | None = None
    fields: tuple[int, ...] = ()
    cities: tuple[int, ...] = ()
    employers: tuple[str, ...] = ()
    programme_id: int | None = None
    language: str | None = None
    open_only: bool = False
    order: str = "fit"


@dataclass(frozen=True, slots=True)
class MentorHit:
    """One offer with what decides whether it can be asked for now."""

    offer: Offer
    availability: Availability
    consent: bool


@dataclass(frozen=True, slots=True)
class MentorPage:
    """One page of hits and how many there are in all."""

    total: int
    hits: list[MentorHit] = field(default_factory=list)


async def mentors_matching(
    session: Session,
    search: MentorSearch,
    viewer: Viewer,
    now: datetime,
    *,
    offset: int = 0,
    limit: int = 5,
) -> MentorPage:
    """Return a page of offers, those that can be asked for first, then the least worn."""
    described = _described(search, _availability(now), func.count().over())
    wanted = _filtered(described, search, viewer)
    if search.open_only:
        wanted = wanted.where(_availability(now) < _AVAILABLE.index("closed"))
    if search.order == "city":
        wanted = wanted.outerjoin(City, Alumnus.city_id == City.id)
    rows = await session.execute(
        wanted.options(*_everything_shown())
        .order_by(*_order(search.order))
        .offset(offset)
        .limit(limit)
    )
    hits, total = [], 0
    for offer, rank, consent, counted in rows.unique():
        hits.append(MentorHit(offer, _AVAILABLE[rank], bool(consent)))
        total = counted
    if not hits and offset:
        first = await mentors_matching(session, search, viewer, now, limit=1)
        total = first.total
    return MentorPage(total, hits)


async def offers_called(session: Session, offer_ids: list[int], name: str) -> list[int]:
    """Return those of some offers whose alumnus has a name, or a part of it, that is said."""
    said = set(fold(name).split())
    rows = await session.execute(
        select(Offer.id, Alumnus.folded)
        .join(Alumnus, Offer.alumnus_id == Alumnus.id)
        .where(Offer.id.in_(offer_ids))
    )
    known = [(row[0], len(said & set(row[1].split()))) for row in rows]
    most = max((n for _id, n in known), default=0)
    return [offer_id for offer_id, n in known if n == most and most]


async def mentor_hit(
    session: Session, offer_id: int, viewer: Viewer, now: datetime
) -> MentorHit | None:
    """Return one offer if the viewer may see it."""
    offer = await session.get(Offer, offer_id)
    if offer is None:
        return None
    search = MentorSearch(kinds=(offer.kind,))
    rows = await session.execute(
        _filtered(_described(search, _availability(now), literal(1)), search, viewer)
        .where(Offer.id == offer_id)
        .options(*_everything_shown())
    )
    row = rows.unique().one_or_none()
    if row is None:
        return None
    return MentorHit(row[0], _AVAILABLE[row[1]], bool(row[2]))


def _order(order: str) -> tuple[Any, ...]:
    latest = (Alumnus.last_contact.is_(None).desc(), Alumnus.last_contact, Offer.id)
    match order:
        case "name":
            return Alumnus.folded, Offer.id
        case "contact":
            return Alumnus.last_contact.is_(None), Alumnus.last_contact.desc(), Offer.id
        case "city":
            return City.name_sv.is_(None), City.name_sv, Alumnus.folded, Offer.id
    return "rank", *latest


def _described(
    search: MentorSearch, rank: ColumnElement[int], total: ColumnElement[int]
) -> Select[Any]:
    # The total comes with the page: a second query would do the same work once more.
    columns: list[Any] = [Offer, rank.label("rank"), consented(_purpose(search)), total]
    return select(*columns)


def _purpose(search: MentorSearch) -> str:
    return "guest_lecturer" if search.kinds == ("guest_lecturer",) else "mentor"


def _filtered(query: Select[Any], search: MentorSearch, viewer: Viewer) -> Select[Any]:
    return query.join(Alumnus, Offer.alumnus_id == Alumnus.id).where(
        Offer.kind.in_(search.kinds), visible(viewer, _purpose(search)), *_conditions(search)
    )


def _conditions(search: MentorSearch) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.fields:
        conditions.append(
            select(offer_field.c.offer_id)
            .where(offer_field.c.offer_id == Offer.id, offer_field.c.field_id.in_(search.fields))
            .exists()
        )
    if search.cities:
        conditions.append(Alumnus.city_id.in_(search.cities))
    if search.employers:
        today = and_(Employment.alumnus_id == Alumnus.id, Employment.until.is_(None))
        conditions.append(
            select(Employment.id).where(today, Employment.folded.in_(search.employers)).exists()
        )
    if search.unit_id is not None:
        conditions.append(_studied(Study.unit_id.in_(subtree(search.unit_id))))
    if search.programme_id is not None:
        conditions.append(_studied(Study.programme_id == search.programme_id))
    if search.language:
        conditions.append(cast(Offer.languages, String).contains(f'"{search.language}"'))
    return conditions


def _studied(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Study.id).where(Study.alumnus_id == Alumnus.id, condition).exists()


def _availability(now: datetime) -> ColumnElement[int]:
    """Rank 0 open, 1 limited (some of the year's capacity is used), 2 closed."""
    year = and_(
        ContactRequest.alumnus_id == Alumnus.id,
        ContactRequest.created_at > now.astimezone(UTC) - _YEAR,
    )
    used = _count(year, ContactRequest.state.in_(_SPENT), ContactRequest.kind == Offer.kind)
    asked = _count(year, ContactRequest.state.in_(_COUNTED))
    paused = Alumnus.paused_until >= now.date()
    return case(
        (or_(paused, used >= Offer.capacity, asked >= Alumnus.yearly_cap), 2),
        (used > 0, 1),
        else_=0,
    )


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count(ContactRequest.id)).where(*conditions)
    return counted.correlate(Alumnus, Offer).scalar_subquery()


def _everything_shown() -> tuple[ExecutableOption, ...]:
    person = joinedload(Offer.alumnus)
    return (
        selectinload(Offer.fields),
        person.joinedload(Alumnus.city),
        person.joinedload(Alumnus.owner_unit),
        person.selectinload(Alumnus.employments),
        person.selectinload(Alumnus.studies).joinedload(Study.programme),
    )
