"""Whom an announcement's audience means on a day, and whom it no longer does."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from storage.database import Session
from storage.queries.units import subtree
from storage.tables import Account, Appointment, Person

_LATELY = timedelta(days=365)  # so long ago a post can have ended and still be missed


async def audience_of(
    session: Session,
    spec: dict[str, Any],
    day: date,
    within: Collection[int] | None,
    *,
    only: int | None = None,
) -> list[Person]:
    """Return the persons that an audience means on a day, by name.

    spec: persons (ids), units (ids, with everything below them), role, least and most (percent).
    within: the units that the sender reaches; None = all of them. only: this person, if meant.
    """
    in_force = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day)
    there = or_(Person.left_on.is_(None), Person.left_on >= day)
    wanted = _meant(spec, _posts(spec, day, within).where(in_force), within).where(there)
    if only is not None:
        wanted = wanted.where(Person.id == only)
    return list(await session.scalars(wanted))


async def left_out(
    session: Session, spec: dict[str, Any], day: date, within: Collection[int] | None
) -> list[Person]:
    """Return whom an audience would mean had they not left, or had their post not ended lately.

    Whoever is named, or holds another post that the audience means, is not among them.
    """
    receiving = {person.id for person in await audience_of(session, spec, day, within)}
    lately = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day - _LATELY)
    wanted = _meant(spec, _posts(spec, day, within).where(lately), within)
    return [person for person in await session.scalars(wanted) if person.id not in receiving]


def _posts(spec: dict[str, Any], day: date, within: Collection[int] | None) -> Select[int | None]:
    asked: list[ColumnElement[bool]] = [
        Appointment.role == spec.get("role", "coordinator"),
        Appointment.valid_from <= day,
    ]
    if within is not None:
        asked.append(Appointment.unit_id.in_(within))
    if spec.get("units"):
        asked.append(or_(*(Appointment.unit_id.in_(subtree(u)) for u in spec["units"])))
    if spec.get("least") is not None:
        asked.append(Appointment.percent >= spec["least"])
    if spec.get("most") is not None:
        asked.append(Appointment.percent <= spec["most"])
    return select(Appointment.person_id).where(*asked)


def _meant(
    spec: dict[str, Any], posts: Select[int | None], within: Collection[int] | None
) -> Select[Person]:
    persons = select(Person).order_by(Person.name, Person.id)
    if spec.get("persons"):
        persons = persons.where(Person.id.in_(spec["persons"]))
    if not spec.get("persons") or within is not None:
        persons = persons.where(Person.id.in_(posts))
    return persons


async def persons_named(session: Session, name: str) -> list[Person]:
    """Return the staff whose name or e-mail somebody wrote."""
    said = name.strip()
    rows = await session.scalars(
        select(Person).where(or_(Person.name.ilike(said), Person.email == said.lower()))
    )
    return list(rows)


async def without_account(session: Session, people: Collection[Person]) -> list[Person]:
    """Return those who have not been seen in any chat yet."""
    seen = set(await session.scalars(select(Account.person_id).distinct()))
    return [person for person in people if person.id not in seen]
