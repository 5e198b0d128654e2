"""Fill an empty database with Nordhamns universitet."""

import random
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from storage.database import Session
from storage.demo.alumni import Place, add_alumni
from storage.demo.fixed import add_fixed
from storage.demo.lectures import add_lectures, add_statements
from storage.demo.offers import MENTORS, add_offers
from storage.demo.organisation import add_cities, add_fields, add_programmes, add_units
from storage.demo.people import add_people
from storage.queries.settings import DEMO, write_setting
from storage.tables import Alumnus, Base, GuestLecture, Offer, Person, Programme, Unit


class NotEmpty(Exception):
    """The database holds people already; a demo never mixes with them."""


async def fill(session: Session, seed: int, today: date) -> dict[str, int]:
    """Add the whole demo university; return how many of what.

    The same seed gives the same university; what is past or coming lies around `today`.

    Raises:
        NotEmpty: there are people in the database.
    """
    if await session.scalar(select(func.count(Person.id))):
        raise NotEmpty
    units = await add_units(session)
    place = Place(
        chance=random.Random(seed),
        today=today,
        units=units,
        programmes=await add_programmes(session, units),
        fields=await add_fields(session),
        cities=await add_cities(session),
    )
    people = await add_people(session, place)
    fixed = await add_fixed(session, place, people)
    alumni = await add_alumni(session, place)
    mentors = sum(offer.kind == "mentor" for alumnus in fixed for offer in alumnus.offers)
    await add_offers(session, place, alumni, MENTORS - mentors)
    await add_lectures(session, place, people, await _lecturers(session))
    await add_statements(session, place)
    await write_setting(session, DEMO, str(seed))
    return await _counts(session)


async def _lecturers(session: Session) -> list[tuple[Offer, Alumnus]]:
    rows = await session.execute(
        select(Offer, Alumnus)
        .join(Alumnus, Offer.alumnus_id == Alumnus.id)
        .where(Offer.kind == "guest_lecturer", Alumnus.protected.is_(False))
        .options(selectinload(Offer.fields))
        .order_by(Offer.id)
    )
    return [(offer, alumnus) for offer, alumnus in rows]


async def _counts(session: Session) -> dict[str, int]:
    tables: dict[str, type[Base]] = {
        "units": Unit,
        "programmes": Programme,
        "staff": Person,
        "alumni": Alumnus,
        "offers": Offer,
        "guest lectures": GuestLecture,
    }
    return {
        name: await session.scalar(select(func.count(table.id))) or 0
        for name, table in tables.items()
    }
