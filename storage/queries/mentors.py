"""Who can mentor, supervise or host: the search behind "which alumni …?"."""

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, selectinload
from sqlalchemy.sql.base import ExecutableOption

from storage.database import Session
from storage.folding import fold
from storage.queries.leaving_out import (
    NOTHING,
    LeftOut,
    is_none_of,
    lives_outside,
    read_none_of,
    studied_outside,
    works_elsewhere,
)
from storage.queries.units import subtree
from storage.queries.visibility import Viewer, consented, seen_by, visible
from storage.tables import Alumnus, City, ContactRequest, Employment, Offer, Study
from storage.tables.alumni import offer_field

Availability = Literal["open", "limited", "closed"]
_AVAILABLE: tuple[Availability, ...] = ("open", "limited", "closed")
_YEAR = timedelta(days=365)
_NOT = "not_"  # before a filter's name: none of its values
# A request in one of these states has used some of the alumnus' goodwill.
_SPENT = ("approved", "contacted", "answered")
_COUNTED = ("sent", *_SPENT)


@dataclass(frozen=True, slots=True)
class MentorSearch:
    """What is looked for; an empty filter filters nothing.

    kinds: as Offer.kind. unit_id includes the units below. fields: ids, narrower ones included.
    open_only: without those that cannot be asked now. order: fit, name, contact or city.
    left_out: what none of them may have.
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
    left_out: LeftOut = NOTHING


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
    values = {**_values(search, viewer, now), "offset": offset, "limit": limit}
    rows = await session.execute(_page(_shape(search, viewer)), values)
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
    values = {**_values(search, viewer, now), "offer_id": offer_id}
    rows = await session.execute(_one(_shape(search, viewer)), values)
    row = rows.unique().one_or_none()
    if row is None:
        return None
    return MentorHit(row[0], _AVAILABLE[row[1]], bool(row[2]))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What decides a search's statement; the rest are its values. filters: those in use."""

    purpose: str
    everything: bool
    filters: frozenset[str]
    order: str


def _shape(search: MentorSearch, viewer: Viewer) -> _Shape:
    purpose = "guest_lecturer" if search.kinds == ("guest_lecturer",) else "mentor"
    used = (name for name, value in _asked(search).items() if value)
    return _Shape(purpose, viewer.everything, frozenset(used), search.order)


def _asked(search: MentorSearch) -> dict[str, Any]:
    """Return the value of each filter of a search, by its name."""
    chosen = {name: getattr(search, name) for name in _FILTERS if not name.startswith(_NOT)}
    return chosen | {_NOT + f.name: getattr(search.left_out, f.name) for f in fields(LeftOut)}


def _values(search: MentorSearch, viewer: Viewer, now: datetime) -> dict[str, Any]:
    moments = {"year_ago": now.astimezone(UTC) - _YEAR, "today": now.date()}
    language = f'"{search.language}"'
    return {
        **moments,
        **_asked(search),
        **seen_by(viewer),
        "kinds": search.kinds,
        "language": language,
    }


# Few shapes come up, and to put a statement together costs more than to run it.
@cache
def _page(shape: _Shape) -> Select[Any]:
    # The total comes with the page: a second query would do the same work once more.
    query = _filtered(shape, func.count().over()).order_by(*_order(shape.order))
    if shape.order == "city":
        query = query.outerjoin(City, Alumnus.city_id == City.id)
    return query.offset(bindparam("offset")).limit(bindparam("limit"))


@cache
def _one(shape: _Shape) -> Select[Any]:
    return _filtered(shape, literal(1)).where(Offer.id == bindparam("offer_id"))


def _filtered(shape: _Shape, total: ColumnElement[int]) -> Select[Any]:
    columns: list[Any] = [Offer, _RANK, consented(shape.purpose), total]
    return (
        select(*columns)
        .options(*_SHOWN)
        .join(Offer.alumnus)
        .where(
            Offer.kind.in_(_several("kinds")),
            visible(shape.purpose, everything=shape.everything),
            *(_FILTERS[name] for name in sorted(shape.filters)),
        )
    )


def _several(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


def _conditions() -> dict[str, ColumnElement[bool]]:
    """Return what each filter of a search asks for, by its name there."""
    today = and_(Employment.alumnus_id == Alumnus.id, Employment.until.is_(None))
    works = and_(today, Employment.folded.in_(_several("employers")))
    below = Study.unit_id.in_(subtree(bindparam("unit_id")))
    # Not like the unit: SQLite would read all of the programme's studies for each offer.
    of_it = select(Study.alumnus_id).where(Study.programme_id == bindparam("programme_id"))
    return {
        "fields": _in_field("fields"),
        "cities": Alumnus.city_id.in_(_several("cities")),
        "employers": select(Employment.id).where(works).exists(),
        "unit_id": select(Study.id).where(Study.alumnus_id == Alumnus.id, below).exists(),
        "programme_id": Alumnus.id.in_(of_it),
        "language": cast(Offer.languages, String).contains(bindparam("language")),
        "open_only": _availability() < _AVAILABLE.index("closed"),
        "not_fields": ~_in_field("not_fields"),
        "not_cities": lives_outside(_several("not_cities")),
        "not_employers": works_elsewhere(_several("not_employers")),
        "not_units": studied_outside(_several("not_units")),
        "not_programmes": read_none_of(_several("not_programmes")),
        "not_people": is_none_of(_several("not_people")),
    }


def _in_field(name: str) -> ColumnElement[bool]:
    there = and_(offer_field.c.offer_id == Offer.id, offer_field.c.field_id.in_(_several(name)))
    return select(offer_field.c.offer_id).where(there).exists()


def _order(order: str) -> tuple[Any, ...]:
    latest = (Alumnus.last_contact.is_(None).desc(), Alumnus.last_contact, Offer.id)
    match order:
        case "name":
            return Alumnus.folded, Offer.id
        case "contact":
            return Alumnus.last_contact.is_(None), Alumnus.last_contact.desc(), Offer.id
        case "city":
            return City.name_sv.is_(None), City.name_sv, Alumnus.folded, Offer.id
    return _RANK, *latest


def _availability() -> ColumnElement[int]:
    """Rank 0 open, 1 limited (some of the year's capacity is used), 2 closed."""
    year = and_(
        ContactRequest.alumnus_id == Alumnus.id,
        ContactRequest.created_at > bindparam("year_ago"),
    )
    used = _count(year, ContactRequest.state.in_(_SPENT), ContactRequest.kind == Offer.kind)
    asked = _count(year, ContactRequest.state.in_(_COUNTED))
    paused = Alumnus.paused_until >= bindparam("today")
    return case(
        (or_(paused, used >= Offer.capacity, asked >= Alumnus.yearly_cap), 2),
        (used > 0, 1),
        else_=0,
    )


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count(ContactRequest.id)).where(*conditions)
    return counted.correlate(Alumnus, Offer).scalar_subquery()


def _everything_shown() -> tuple[ExecutableOption, ...]:
    person = contains_eager(Offer.alumnus)
    return (
        selectinload(Offer.fields),
        person.joinedload(Alumnus.city),
        person.selectinload(Alumnus.employments),
        person.selectinload(Alumnus.studies).joinedload(Study.programme),
    )


_FILTERS = _conditions()
_RANK = _availability().label("rank")
_SHOWN = _everything_shown()
