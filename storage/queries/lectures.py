"""Guest lectures: past, coming, waiting for approval, clashing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from storage.database import Session
from storage.queries.leaving_out import (
    NOTHING,
    LeftOut,
    is_none_of,
    lives_outside,
    read_none_of,
    works_elsewhere,
)
from storage.queries.units import subtree
from storage.queries.visibility import Viewer, consented, own
from storage.tables import Alumnus, Employment, Field, FieldName, GuestLecture, Offer, Study
from storage.tables.alumni import offer_field

_OPEN = ("proposed", "approved")


@dataclass(frozen=True, slots=True)
class LectureSearch:
    """What is looked for; an empty filter filters nothing.

    since and until: days, inclusive. topics: folded words of which one must be in the topic, or
    field ids that the lecturer offers. cities, employers, programme_id:
    of the lecturer. unit_id: with those below it; units: these and no others. left_out: what no
    lecture or lecturer may have; left_out_words: as words, of the fields that are left out.
    """

    since: date | None = None
    until: date | None = None
    unit_id: int | None = None
    fields: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    cities: tuple[int, ...] = ()
    employers: tuple[str, ...] = ()
    programme_id: int | None = None
    units: frozenset[int] = frozenset()
    left_out: LeftOut = NOTHING
    left_out_words: tuple[str, ...] = ()


async def lectures_matching(
    session: Session,
    search: LectureSearch,
    viewer: Viewer,
    *,
    newest_first: bool,
    limit: int = 10,
    offset: int = 0,
) -> list[GuestLecture]:
    """Return approved lectures whose lecturer the viewer may see, by date."""
    order = GuestLecture.on_date.desc() if newest_first else GuestLecture.on_date
    query = (
        select(GuestLecture)
        .outerjoin(Alumnus, GuestLecture.alumnus_id == Alumnus.id)
        .where(GuestLecture.state == "approved", _seen(viewer), *_conditions(search))
        .options(joinedload(GuestLecture.unit), *_lecturer())
        .order_by(order, GuestLecture.id)
        .offset(offset)
        .limit(limit)
    )
    return list(await session.scalars(query))


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a lecture may be told: its lecturer is a bare name, or one the viewer may see."""
    shown = and_(Alumnus.protected.is_(False), or_(consented("guest_lecturer"), own(viewer)))
    return or_(GuestLecture.alumnus_id.is_(None), shown)


def _conditions(search: LectureSearch) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.since is not None:
        conditions.append(GuestLecture.on_date >= search.since)
    if search.until is not None:
        conditions.append(GuestLecture.on_date <= search.until)
    if search.unit_id is not None:
        conditions.append(GuestLecture.unit_id.in_(subtree(search.unit_id)))
    if search.units:
        conditions.append(GuestLecture.unit_id.in_(search.units))
    about = _about(search.words, search.fields)
    if about:
        conditions.append(or_(*about))
    return [*conditions, *_of_lecturer(search), *_outside(search)]


def _about(words: Sequence[str], field_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    """Return what tells that a lecture is about some fields: its topic, or its lecturer's offer."""
    about: list[ColumnElement[bool]] = [
        func.lower(GuestLecture.topic).contains(word.lower(), autoescape=True) for word in words
    ]
    if field_ids:
        offered = select(offer_field.c.field_id).join(Offer, Offer.id == offer_field.c.offer_id)
        hers = Offer.alumnus_id == GuestLecture.alumnus_id
        about.append(offered.where(hers, offer_field.c.field_id.in_(field_ids)).exists())
    return about


def _outside(search: LectureSearch) -> list[ColumnElement[bool]]:
    left = search.left_out
    conditions = [not_(about) for about in _about(search.left_out_words, left.fields)]
    if left.units:
        conditions.append(GuestLecture.unit_id.not_in(left.units))
    for values, outside in (
        (left.cities, lives_outside),
        (left.employers, works_elsewhere),
        (left.programmes, read_none_of),
        (left.people, is_none_of),
    ):
        if values:
            conditions.append(outside(values))
    return conditions


def _of_lecturer(search: LectureSearch) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.cities:
        conditions.append(Alumnus.city_id.in_(search.cities))
    if search.employers:
        today = and_(Employment.alumnus_id == Alumnus.id, Employment.until.is_(None))
        conditions.append(
            select(Employment.id).where(today, Employment.folded.in_(search.employers)).exists()
        )
    if search.programme_id is not None:
        read = and_(Study.alumnus_id == Alumnus.id, Study.programme_id == search.programme_id)
        conditions.append(select(Study.id).where(read).exists())
    return conditions


async def topic_words(session: Session, field_ids: list[int]) -> tuple[str, ...]:
    """Return every word for some fields, to look for in topics; short ones would hit anything."""
    names = await session.scalars(select(FieldName.name).where(FieldName.field_id.in_(field_ids)))
    own_names = await session.execute(
        select(Field.name_sv, Field.name_en).where(Field.id.in_(field_ids))
    )
    every = {*names, *(name for row in own_names for name in row)}
    return tuple(sorted(name for name in every if len(name) > 3))  # noqa: PLR2004


async def lecture_by_id(session: Session, lecture_id: int) -> GuestLecture | None:
    """Return one lecture with its unit, people and lecturer."""
    found: GuestLecture | None = await session.scalar(
        select(GuestLecture)
        .where(GuestLecture.id == lecture_id)
        .options(
            joinedload(GuestLecture.unit), joinedload(GuestLecture.registered_by), *_lecturer()
        )
    )
    return found


async def same_lecture(
    session: Session, alumnus_id: int | None, name: str | None, on_date: date
) -> GuestLecture | None:
    """Return a lecture of the same lecturer on the same day, if there is one already."""
    who = (
        GuestLecture.alumnus_id == alumnus_id
        if alumnus_id is not None
        else func.lower(GuestLecture.lecturer) == (name or "").lower()
    )
    found: GuestLecture | None = await session.scalar(
        select(GuestLecture)
        .where(who, GuestLecture.on_date == on_date, GuestLecture.state.in_(_OPEN))
        .options(joinedload(GuestLecture.unit))
        .limit(1)
    )
    return found


async def clashing(
    session: Session, course: str, on_date: date, starts: time | None, ends: time | None
) -> list[GuestLecture]:
    """Return lectures in the same course at the same hours; without hours the day decides."""
    code = course.split(maxsplit=1)[0].lower()
    rows = await session.scalars(
        select(GuestLecture).where(
            func.lower(GuestLecture.course).startswith(code, autoescape=True),
            GuestLecture.on_date == on_date,
            GuestLecture.state.in_(_OPEN),
        )
    )
    return [row for row in rows if _overlap(row, starts, ends)]


def _overlap(row: GuestLecture, starts: time | None, ends: time | None) -> bool:
    if starts is None or row.starts is None:
        return True
    return row.starts < (ends or time.max) and starts < (row.ends or time.max)


async def latest_by(session: Session, person_id: int) -> GuestLecture | None:
    """Return the lecture that somebody registered last."""
    found: GuestLecture | None = await session.scalar(
        select(GuestLecture)
        .where(GuestLecture.registered_by_id == person_id)
        .order_by(GuestLecture.created_at.desc(), GuestLecture.id.desc())
        .limit(1)
    )
    return found


async def coming_of(session: Session, person_id: int, today: date) -> list[GuestLecture]:
    """Return the coming lectures that somebody registered, the next first."""
    return await coming_for(session, person_id, frozenset(), today)


async def coming_for(
    session: Session, person_id: int, unit_ids: frozenset[int] | None, today: date
) -> list[GuestLecture]:
    """Return the coming lectures that somebody registered or whose units are hers, by date.

    unit_ids: None = of every unit.
    """
    hers: ColumnElement[bool] = GuestLecture.registered_by_id == person_id
    where = [] if unit_ids is None else [or_(hers, GuestLecture.unit_id.in_(unit_ids))]
    rows = await session.scalars(
        select(GuestLecture)
        .where(*where, GuestLecture.on_date >= today, GuestLecture.state.in_(_OPEN))
        .options(
            joinedload(GuestLecture.unit), joinedload(GuestLecture.registered_by), *_lecturer()
        )
        .order_by(GuestLecture.on_date, GuestLecture.id)
    )
    return list(rows)


async def to_approve(
    session: Session, unit_ids: frozenset[int], *, everything: bool
) -> list[GuestLecture]:
    """Return the lectures that wait for approval in some units, or in all."""
    conditions = [GuestLecture.state == "proposed"]
    if not everything:
        conditions.append(GuestLecture.unit_id.in_(unit_ids))
    rows = await session.scalars(
        select(GuestLecture)
        .where(*conditions)
        .options(
            joinedload(GuestLecture.unit), joinedload(GuestLecture.registered_by), *_lecturer()
        )
        .order_by(GuestLecture.on_date, GuestLecture.id)
    )
    return list(rows)


def _lecturer() -> tuple[ExecutableOption, ...]:
    person = joinedload(GuestLecture.alumnus)
    return (
        person.joinedload(Alumnus.city),
        person.selectinload(Alumnus.employments.and_(Employment.until.is_(None))),
    )
