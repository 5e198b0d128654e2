"""Staff and their assignments: who somebody is and what she may."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased, selectinload

from storage.database import Session
from storage.queries.units import subtree
from storage.tables import Appointment, Person, Preference, Unit


def _in_force(day: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    return (
        Appointment.valid_from <= day,
        or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
    )


_HERS = select(Appointment).where(
    Appointment.person_id == bindparam("person"), *_in_force(bindparam("day", type_=Date()))
)


async def person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with this e-mail, however it is capitalised."""
    found: Person | None = await session.scalar(
        select(Person).where(Person.email == email.strip().lower())
    )
    return found


async def person_by_id(session: Session, person_id: int, *, turn: bool = False) -> Person:
    """Return a person that is known to exist.

    turn: whoever asks so for the same person waits until this transaction has ended.
    """
    held = {"key_share": True} if turn else None  # FOR NO KEY UPDATE: rows may still refer to her
    return await session.get_one(Person, person_id, with_for_update=held)


async def appointments_of(session: Session, person_id: int, day: date) -> list[Appointment]:
    """Return a person's assignments in force on a day."""
    return list(await session.scalars(_HERS, {"person": person_id, "day": day}))


async def units_answered_for(session: Session, appointments: Iterable[Appointment]) -> set[int]:
    """Return the ids of the units that coordinators' assignments reach, subtrees included."""
    units: set[int] = set()
    for appointment in appointments:
        if appointment.role == "coordinator":
            units.update(await session.scalars(subtree(appointment.unit_id)))
    return units


async def posts_of(session: Session, unit_id: int, role: str, day: date) -> list[Appointment]:
    """Return a unit's own posts of a role in force on a day, vacant ones too, filled ones first."""
    rows = await session.scalars(
        select(Appointment)
        .where(Appointment.unit_id == unit_id, Appointment.role == role, *_in_force(day))
        .options(
            selectinload(Appointment.person),
            selectinload(Appointment.deputy),
            selectinload(Appointment.unit),
        )
        .order_by(Appointment.person_id.is_(None), Appointment.percent.desc(), Appointment.id)
    )
    return list(rows)


async def central_posts(session: Session, day: date) -> list[Appointment]:
    """Return the central unit's posts in force on a day, the largest share of time first."""
    unit_ids = select(Unit.id).where(Unit.kind == "central")
    found: list[Appointment] = []
    for unit_id in await session.scalars(unit_ids):
        found.extend(await posts_of(session, unit_id, "central", day))
    return found


async def note_language(session: Session, person: Person, language: str) -> None:
    """Remember the language that somebody wrote last; it is no change of hers."""
    if person.spoken != language:
        await session.execute(update(Person).where(Person.id == person.id).values(spoken=language))


async def posts_stood_in_for(session: Session, deputy_id: int, day: date) -> list[Appointment]:
    """Return the posts that somebody stands in for on a day.

    Whoever holds one has paused or left, or it has ended and nobody has come after.
    """
    posts = list(await session.scalars(_DEPUTISED, {"deputy": deputy_id, "day": day}))
    return [post for post in posts if post.person_id != deputy_id]


def _deputised() -> Select[Appointment]:
    day = bindparam("day", type_=Date())
    after = aliased(Appointment)
    followed = (
        select(after.id)
        .where(
            after.unit_id == Appointment.unit_id,
            after.role == Appointment.role,
            after.person_id.is_not(None),
            after.valid_from <= day,
            or_(after.valid_to.is_(None), after.valid_to >= day),
        )
        .exists()
    )
    away = or_(
        select(Preference.id)
        .where(Preference.person_id == Appointment.person_id, Preference.paused_until > day)
        .exists(),
        select(Person.id).where(Person.id == Appointment.person_id, Person.left_on < day).exists(),
    )
    return select(Appointment).where(
        Appointment.deputy_id == bindparam("deputy"),
        Appointment.person_id.is_not(None),
        Appointment.role.in_(("coordinator", "central")),
        Appointment.valid_from <= day,
        or_(
            and_(Appointment.valid_to < day, ~followed),
            and_(or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day), away),
        ),
    )


_DEPUTISED = _deputised()
