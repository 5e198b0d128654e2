"""Everybody who talks with the bot, with her unit and her posts."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from storage.database import Session
from storage.tables import Appointment, Person


async def directory(
    session: Session, day: date, person_id: int | None = None
) -> list[tuple[Person, list[Appointment]]]:
    """Return all who work here on a day, by name, each with the posts in force that day.

    person_id: only this person, if she works here.
    """
    one = () if person_id is None else (Person.id == person_id,)
    hers = () if person_id is None else (Appointment.person_id == person_id,)
    people = await session.scalars(
        select(Person)
        .where(or_(Person.left_on.is_(None), Person.left_on >= day), *one)
        .options(joinedload(Person.unit))
        .order_by(Person.name, Person.id)
    )
    posts = await session.scalars(
        select(Appointment).where(
            Appointment.person_id.is_not(None),
            Appointment.valid_from <= day,
            or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
            *hers,
        )
    )
    held: dict[int | None, list[Appointment]] = {}
    for post in posts:
        held.setdefault(post.person_id, []).append(post)
    return [(person, held.get(person.id, [])) for person in people]
