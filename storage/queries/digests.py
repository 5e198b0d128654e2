"""The promises of weekly digests, and what they are made of; no query grows with the alumni."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import selectinload

from storage.database import Session
from storage.queries.visibility import Viewer, own
from storage.tables import (
    Alumnus,
    Appointment,
    ContactRequest,
    ContactStep,
    Employment,
    GuestLecture,
    Offer,
    Outbox,
    Person,
    Study,
)

KIND = "digest.weekly"
COUNTED_TO = 100
_ROLES = ("coordinator", "central")
_DECIDED = ("approved", "declined")


@dataclass(frozen=True, slots=True)
class Lately:
    """How many contact requests came and were decided, lectures were held, reminders came."""

    requests: int
    decided: int
    lectures: int
    reminders: int


DESCRIBED = (
    selectinload(Alumnus.employments.and_(Employment.until.is_(None))),
    selectinload(Alumnus.studies).joinedload(Study.programme),
)


async def receivers(session: Session, day: date) -> list[Person]:
    """Return who may get a digest: the coordinators, the central unit and their deputies.

    Whether a deputy stands in for somebody is known first when hers is written.
    """
    held = select(Appointment.person_id).where(
        Appointment.role.in_(_ROLES),
        Appointment.valid_from <= day,
        or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
    )
    deputies = select(Appointment.deputy_id).where(
        Appointment.role.in_(_ROLES),
        Appointment.person_id.is_not(None),
        Appointment.valid_from <= day,
    )
    here = or_(Person.left_on.is_(None), Person.left_on >= day)
    rows = await session.scalars(
        select(Person).where(or_(Person.id.in_(held), Person.id.in_(deputies)), here)
    )
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
        select(Alumnus).where(Alumnus.id.in_(ids[:limit])).options(*DESCRIBED)
    )
    return sorted(rows, key=lambda one: ids.index(one.id)), len(ids)


async def lately(
    session: Session, viewer: Viewer, person_id: int, since: datetime, days: tuple[date, date]
) -> Lately:
    """Return what has happened in one's units, and to oneself, since a moment.

    days: the first whose guest lectures count, and the first whose do not.
    """
    everything = viewer.everything
    asked = true() if everything else ContactRequest.unit_id.in_(viewer.unit_ids)
    held = true() if everything else GuestLecture.unit_id.in_(viewer.unit_ids)
    decided = (
        select(func.count(ContactStep.request_id.distinct()))
        .join(ContactRequest, ContactRequest.id == ContactStep.request_id)
        .where(asked, ContactStep.state.in_(_DECIDED), ContactStep.at >= since)
    )
    rows = await session.execute(
        select(
            select(func.count(ContactRequest.id))
            .where(asked, ContactRequest.created_at >= since)
            .scalar_subquery(),
            decided.scalar_subquery(),
            select(func.count(GuestLecture.id))
            .where(
                held,
                GuestLecture.state == "approved",
                GuestLecture.on_date >= days[0],
                GuestLecture.on_date < days[1],
            )
            .scalar_subquery(),
            select(func.count(Outbox.id))
            .where(
                Outbox.person_id == person_id,
                Outbox.kind == "reminder.due",
                Outbox.state == "sent",
                Outbox.due_utc >= since,
            )
            .scalar_subquery(),
        )
    )
    return Lately(*rows.one())
