"""The promises of weekly digests, and what they are made of; no query grows with the alumni."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from storage.database import Session
from storage.queries.contacts import told_apart_by
from storage.queries.visibility import Viewer, own
from storage.tables import (
    Alumnus,
    Appointment,
    ContactRequest,
    Employment,
    Offer,
    Outbox,
    Person,
    Study,
    Unit,
)

KIND = "digest.weekly"
COUNTED_TO = 100
_ROLES = ("coordinator", "central")
_DESCRIBED = (
    selectinload(Alumnus.employments.and_(Employment.until.is_(None))),
    selectinload(Alumnus.studies).joinedload(Study.programme),
)


async def receivers(session: Session, day: date) -> list[Person]:
    """Return who gets a digest: the coordinators and the central unit of a day."""
    held = select(Appointment.person_id).where(
        Appointment.role.in_(_ROLES),
        Appointment.valid_from <= day,
        or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
    )
    gone = or_(Person.left_on.is_(None), Person.left_on >= day)
    rows = await session.scalars(select(Person).where(Person.id.in_(held), gone))
    return list(rows)


async def promised(session: Session, since: datetime) -> set[str]:
    """Return the keys of the digests that are promised already, due since a moment."""
    rows = await session.scalars(
        select(Outbox.dedupe_key).where(Outbox.kind == KIND, Outbox.due_utc >= since)
    )
    return set(rows)


async def waiting_digests(session: Session, person_id: int, now: datetime) -> list[Outbox]:
    """Return a person's digests that are not due yet."""
    rows = await session.scalars(
        select(Outbox)
        .where(
            Outbox.person_id == person_id,
            Outbox.kind == KIND,
            Outbox.state == "pending",
            Outbox.due_utc > now,
        )
        .with_for_update()
    )
    return list(rows)


async def mentors_left_alone(
    session: Session, viewer: Viewer, before: date, limit: int
) -> tuple[list[Alumnus], int]:
    """Return mentors of one's own whom nobody has talked to since a day, and how many (to 100).

    Those whom nobody ever talked to stand first.
    """
    offers = select(Offer.alumnus_id).where(Offer.kind == "mentor")
    # In a unit its alumni are few and known by the index; in the whole network the mentors are.
    mentor = (
        Alumnus.id.in_(offers)
        if viewer.everything
        else offers.where(Offer.alumnus_id == Alumnus.id).exists()
    )
    found = await session.scalars(
        select(Alumnus.id)
        .where(
            Alumnus.protected.is_(False),
            own(viewer),
            or_(Alumnus.last_contact.is_(None), Alumnus.last_contact < before),
            mentor,
        )
        .order_by(Alumnus.last_contact.is_not(None), Alumnus.last_contact, Alumnus.id)
        .limit(COUNTED_TO + 1)
    )
    ids = list(found)
    rows = await session.scalars(
        select(Alumnus).where(Alumnus.id.in_(ids[:limit])).options(*_DESCRIBED)
    )
    return sorted(rows, key=lambda one: ids.index(one.id)), len(ids)


async def new_alumni(session: Session, viewer: Viewer, since: date) -> list[tuple[Unit, int]]:
    """Return how many alumni came to each of one's units since a day, the most first."""
    n = func.count(Alumnus.id)
    rows = await session.execute(
        select(Unit, n)
        .join(Alumnus, Alumnus.owner_unit_id == Unit.id)
        .where(Alumnus.arrived_on >= since, Alumnus.protected.is_(False), own(viewer))
        .group_by(Unit.id)
        .order_by(n.desc(), Unit.id)
    )
    return [(unit, count) for unit, count in rows]


async def requests_by_week(
    session: Session, viewer: Viewer, mondays: Sequence[datetime]
) -> list[int]:
    """Return how many contact requests came in each week that begins at one of these moments."""
    hers = true() if viewer.everything else ContactRequest.unit_id.in_(viewer.unit_ids)
    rows = await session.scalars(
        select(ContactRequest.created_at).where(
            hers,
            ContactRequest.created_at >= mondays[0],
            ContactRequest.created_at < mondays[-1] + timedelta(days=7),
        )
    )
    counted = [0] * len(mondays)
    for at in rows:
        counted[max(i for i, monday in enumerate(mondays) if monday <= at)] += 1
    return counted


async def requests_waiting_long(
    session: Session, before: datetime, but: int
) -> list[ContactRequest]:
    """Return the requests undecided since before a moment, oldest first, but those of a handler."""
    rows = await session.scalars(
        select(ContactRequest)
        .join(Alumnus, Alumnus.id == ContactRequest.alumnus_id)
        .where(
            ContactRequest.state == "sent",
            ContactRequest.created_at < before,
            ContactRequest.handler_id != but,
            Alumnus.protected.is_(False),
        )
        .options(
            joinedload(ContactRequest.asker),
            joinedload(ContactRequest.handler),
            *told_apart_by(ContactRequest.alumnus),
        )
        .order_by(ContactRequest.created_at)
        .limit(COUNTED_TO)
    )
    return list(rows)


async def vacancies(session: Session, day: date) -> list[Appointment]:
    """Return the coordinators' posts that nobody holds on a day, with their units."""
    rows = await session.scalars(
        select(Appointment)
        .where(
            Appointment.person_id.is_(None),
            Appointment.role == "coordinator",
            Appointment.valid_from <= day,
            or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
        )
        .options(joinedload(Appointment.unit))
        .order_by(Appointment.unit_id)
        .limit(COUNTED_TO)
    )
    return list(rows)
