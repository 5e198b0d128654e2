"""Reminders between persons: found by name, by group, refused, muted."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from storage.database import Session
from storage.folding import fold
from storage.insertion import insert_new
from storage.matching import matches
from storage.queries.units import subtree
from storage.tables import Appointment, Outbox, Person, ReminderMute, ReminderReceiver, Schedule

_LATELY = timedelta(days=2)
_NETWORK = ("coordinator", "central")


async def people_called(session: Session, words: str, day: date) -> list[Person]:
    """Return those who work here on a day and whose whole, first or last name `words` means."""
    rows = list(
        await session.scalars(
            select(Person)
            .where(or_(Person.left_on.is_(None), Person.left_on >= day))
            .order_by(Person.name, Person.id)
        )
    )
    names: list[tuple[int, str]] = []
    for person in rows:
        folded = fold(person.name)
        names.extend((person.id, name) for name in {folded, *folded.split()})
    found = set(matches(words, names))
    return [person for person in rows if person.id in found]


async def network(
    session: Session, day: date, *, unit_ids: set[int] | None, central: bool
) -> list[Person]:
    """Return the coordinators in force on a day, by name.

    unit_ids: of these units only, or of all. central: the central unit belongs to them too.
    """
    where = [Appointment.role.in_(_NETWORK if central else _NETWORK[:1])]
    if unit_ids is not None:
        where.append(Appointment.unit_id.in_(unit_ids))
    held = select(Appointment.person_id).where(
        *where,
        Appointment.valid_from <= day,
        or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
    )
    rows = await session.scalars(
        select(Person)
        .where(Person.id.in_(held), or_(Person.left_on.is_(None), Person.left_on >= day))
        .order_by(Person.name, Person.id)
    )
    return list(rows)


async def units_below(session: Session, unit_id: int) -> set[int]:
    """Return a unit's id with those of everything below it."""
    return set(await session.scalars(subtree(unit_id)))


async def receive(session: Session, schedule_id: int, person_ids: list[int]) -> None:
    """Note whom a reminder is for; who stands there already keeps her state."""
    for person_id in person_ids:
        await insert_new(
            session,
            ReminderReceiver,
            schedule_id=schedule_id,
            person_id=person_id,
            state="on",
        )


async def receivers(session: Session, schedule_id: int) -> list[tuple[Person, ReminderReceiver]]:
    """Return those whom a reminder is for, with what each said of it, by name."""
    rows = await session.execute(
        select(Person, ReminderReceiver)
        .join(ReminderReceiver, ReminderReceiver.person_id == Person.id)
        .where(ReminderReceiver.schedule_id == schedule_id)
        .order_by(Person.name, Person.id)
    )
    return [(row[0], row[1]) for row in rows]


async def receiver(session: Session, schedule_id: int, person_id: int) -> ReminderReceiver | None:
    """Return how a reminder of somebody else's stands with a person, if it is for her."""
    found: ReminderReceiver | None = await session.scalar(
        select(ReminderReceiver).where(
            ReminderReceiver.schedule_id == schedule_id,
            ReminderReceiver.person_id == person_id,
        )
    )
    return found


async def set_for(session: Session, person_id: int) -> list[tuple[Schedule, Person]]:
    """Return the active reminders that others have set for a person, with who set them."""
    muted = select(ReminderMute.from_id).where(ReminderMute.person_id == person_id)
    rows = await session.execute(
        select(Schedule, Person)
        .join(ReminderReceiver, ReminderReceiver.schedule_id == Schedule.id)
        .join(Person, Person.id == Schedule.owner_id)
        .where(
            ReminderReceiver.person_id == person_id,
            ReminderReceiver.state != "refused",
            or_(ReminderReceiver.state != "done", Schedule.rrule.is_not(None)),
            Schedule.state == "active",
            Schedule.owner_id.not_in(muted),
        )
        .order_by(Schedule.next_due_utc, Schedule.id)
    )
    return [(row[0], row[1]) for row in rows]


async def refused_by(session: Session, person_id: int) -> list[tuple[Schedule, Person]]:
    """Return the active reminders of others that somebody has refused, with who set them."""
    rows = await session.execute(
        select(Schedule, Person)
        .join(ReminderReceiver, ReminderReceiver.schedule_id == Schedule.id)
        .join(Person, Person.id == Schedule.owner_id)
        .where(
            ReminderReceiver.person_id == person_id,
            ReminderReceiver.state == "refused",
            Schedule.state == "active",
        )
        .order_by(Schedule.next_due_utc, Schedule.id)
    )
    return [(row[0], row[1]) for row in rows]


async def muted_by(session: Session, person_id: int) -> list[Person]:
    """Return from whom somebody takes no reminders, by name."""
    rows = await session.scalars(
        select(Person)
        .join(ReminderMute, ReminderMute.from_id == Person.id)
        .where(ReminderMute.person_id == person_id)
        .order_by(Person.name, Person.id)
    )
    return list(rows)


async def mute(session: Session, person_id: int, from_id: int, now: datetime) -> bool:
    """Take no more reminders from somebody; False = that was so already."""
    added = await insert_new(session, ReminderMute, person_id=person_id, from_id=from_id, since=now)
    return added is not None


async def unmute(session: Session, person_id: int, from_id: int) -> bool:
    """Take reminders from somebody again; False = they came already."""
    found = await session.scalar(
        select(ReminderMute).where(
            ReminderMute.person_id == person_id, ReminderMute.from_id == from_id
        )
    )
    if found is None:
        return False
    await session.delete(found)
    await session.flush()
    return True


async def muting(session: Session, from_id: int) -> set[int]:
    """Return the ids of those who take no reminders from somebody."""
    rows = await session.scalars(
        select(ReminderMute.person_id).where(ReminderMute.from_id == from_id)
    )
    return set(rows)


async def not_reached(session: Session, occurrence_id: int, kind: str) -> list[Person]:
    """Return whom the messages of an occurrence could not reach, by name."""
    dead = select(Outbox.person_id).where(
        Outbox.occurrence_id == occurrence_id, Outbox.kind == kind, Outbox.state == "dead"
    )
    rows = await session.scalars(
        select(Person).where(Person.id.in_(dead)).order_by(Person.name, Person.id)
    )
    return list(rows)


async def came_last(session: Session, person_id: int, now: datetime) -> Schedule | None:
    """Return the reminder that came to a person last, if that was today or yesterday."""
    rows = await session.scalars(
        select(Outbox)
        .where(
            Outbox.person_id == person_id,
            Outbox.kind == "reminder.due",
            Outbox.state == "sent",
            Outbox.due_utc > now - _LATELY,
        )
        .order_by(Outbox.due_utc.desc(), Outbox.id.desc())
        .limit(1)
    )
    last = rows.first()
    return None if last is None else await session.get(Schedule, last.payload["schedule"])
