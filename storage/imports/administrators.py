"""The central people: the first is named on the command line, the others by her."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from storage.database import Session
from storage.folding import fold
from storage.imports.units import PROVISIONAL
from storage.queries.people import central_posts, person_by_email
from storage.tables import Appointment, Person, Unit, UnitName

_NAME_SV, _NAME_EN = "Centrala alumnienheten", "Central alumni unit"


class NotAppointed(Exception):
    """Somebody cannot be appointed or dismissed; the message says why."""


@dataclass(frozen=True, slots=True)
class Central:
    """One central person: address, name, unit, first day."""

    email: str
    name: str
    unit: str
    since: date


async def central_people(session: Session, day: date) -> list[Central]:
    """Return the central people on a day."""
    return [
        Central(post.person.email, post.person.name, post.unit.name_en, post.valid_from)
        for post in await central_posts(session, day)
        if post.person is not None
    ]


async def appoint_central(session: Session, email: str, name: str | None, day: date) -> bool:
    """Appoint somebody to the central unit from a day on; False when she is there already.

    Somebody unknown is added to the staff. In a database without a central unit a provisional
    one is made, which the first import of units takes over.

    Raises:
        NotAppointed: she has left.
    """
    person = await person_by_email(session, email)
    if person is not None and any(
        one.email == person.email for one in await central_people(session, day)
    ):
        return False
    if person is None:
        person = Person(email=email, name=name or _name_in(email), zone="Europe/Stockholm")
        session.add(person)
    elif person.left_on is not None and person.left_on < day:
        raise NotAppointed(f"{email} left on {person.left_on}. Import the staff first.")
    unit = await _central_unit(session)
    person.unit_id = person.unit_id or unit.id
    person.asked_unit = True
    await session.flush()
    session.add(Appointment(person_id=person.id, unit_id=unit.id, role="central", valid_from=day))
    await session.flush()
    return True


async def dismiss_central(session: Session, email: str, day: date) -> None:
    """End somebody's central posts, so that from this day on she has none.

    Raises:
        NotAppointed: she has none, or nobody central would be left.
    """
    posts = [post for post in await central_posts(session, day) if post.person is not None]
    hers = [post for post in posts if post.person and post.person.email == email.lower()]
    if not hers:
        raise NotAppointed(f"{email} is not a central person.")
    if len(hers) == len(posts):
        raise NotAppointed(f"{email} is the only central person. Add another one first.")
    for post in hers:
        if post.valid_from >= day:
            await session.delete(post)
        else:
            post.valid_to = day - timedelta(days=1)
    await session.flush()


async def _central_unit(session: Session) -> Unit:
    found: Unit | None = await session.scalar(
        select(Unit).where(Unit.kind == "central").order_by(Unit.id).limit(1)
    )
    if found is None:
        names = [UnitName(name=name, folded=fold(name)) for name in (_NAME_SV, _NAME_EN)]
        found = Unit(
            key=PROVISIONAL, kind="central", name_sv=_NAME_SV, name_en=_NAME_EN, names=names
        )
        session.add(found)
        await session.flush()
    return found


def _name_in(email: str) -> str:
    """Return the name that an address spells: "karin.lind@…" is Karin Lind."""
    local = email.split("@", 1)[0]
    return " ".join(part.capitalize() for part in local.replace("_", ".").split(".") if part)
