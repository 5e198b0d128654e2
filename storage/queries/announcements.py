"""Announcements: who they reach, what became of every copy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update

from storage.database import Effect, Session
from storage.imports.bulk import insert_rows, table
from storage.insertion import insert_new
from storage.queries.outbox import enqueue_many
from storage.tables import (
    Announcement,
    AnnouncementReceiver,
    Outbox,
    Person,
    Unit,
)

_EXPIRY = timedelta(hours=72)


def _expires_in(due: datetime, valid_to: date | None, zone: str) -> timedelta:
    """Return how long a copy may be late: what is no longer valid is not worth delivering."""
    if valid_to is None:
        return _EXPIRY
    end = datetime.combine(valid_to + timedelta(days=1), time(), ZoneInfo(zone))
    return max(timedelta(), min(_EXPIRY, end - due))


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receiver and where her copy stands; exactly one of the five states.

    state: read, delivered, waiting, withdrawn or failed (then error says why). unit: her own.
    at: when it came to stand so, None while it waits. due: when it is to be sent.
    """

    person_id: int
    name: str
    unit: Unit | None
    outbox_id: int
    state: str
    error: str | None
    leased: bool
    receiver: AnnouncementReceiver
    at: datetime | None
    due: datetime


async def announce(session: Session, people: Collection[Person], **values: Any) -> int | None:
    """Store an announcement with one promised copy each; None = this draft is sent already."""
    number = await insert_new(session, Announcement, state="sent", version=1, **values)
    if number is None:
        return None
    session.effects.append(Effect("announcement", "insert", number))
    sender = await session.get_one(Person, values["sender_id"])
    ids = await enqueue_many(
        session,
        {person.id: f"announcement:{number}:{person.id}:1" for person in people},
        kind="announcement.copy",
        payload={"announcement": number},
        due=values["due_utc"],
        expires_in=_expires_in(values["due_utc"], values.get("valid_to"), sender.zone),
    )
    rows = [
        {"announcement_id": number, "person_id": person, "outbox_id": row, "copies": 1}
        for person, row in ids.items()
    ]
    await insert_rows(session, table(AnnouncementReceiver), rows)
    return number


async def announcement_by_id(
    session: Session, number: int, *, lock: bool = False
) -> Announcement | None:
    """Return an announcement; lock: nobody else changes it until this transaction ends."""
    wanted = select(Announcement).where(Announcement.id == number)
    if lock:
        wanted = wanted.with_for_update(of=Announcement).execution_options(populate_existing=True)
    found: Announcement | None = await session.scalar(wanted)
    return found


async def announcements_of(
    session: Session, sender_id: int | None, limit: int = 10
) -> list[Announcement]:
    """Return the newest announcements of one sender, or of everybody."""
    wanted = select(Announcement).order_by(Announcement.id.desc()).limit(limit)
    if sender_id is not None:
        wanted = wanted.where(Announcement.sender_id == sender_id)
    return list(await session.scalars(wanted))


async def receiver_of(session: Session, number: int, person_id: int) -> AnnouncementReceiver | None:
    """Return one person's part in an announcement."""
    found: AnnouncementReceiver | None = await session.scalar(
        select(AnnouncementReceiver).where(
            AnnouncementReceiver.announcement_id == number,
            AnnouncementReceiver.person_id == person_id,
        )
    )
    return found


async def receipts(session: Session, number: int) -> list[Receipt]:
    """Return every receiver with the state of her copy, by name: nobody is left out."""
    rows = await session.execute(
        select(
            AnnouncementReceiver,
            Person.name,
            Unit,
            Outbox.state,
            Outbox.error,
            Outbox.lease_owner,
            Outbox.settled_at,
            Outbox.due_utc,
        )
        .join(Person, Person.id == AnnouncementReceiver.person_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .join(Outbox, Outbox.id == AnnouncementReceiver.outbox_id)
        .where(AnnouncementReceiver.announcement_id == number)
        .order_by(Person.name, Person.id)
    )
    states = {"sent": "delivered", "pending": "waiting", "void": "withdrawn"}
    return [
        Receipt(
            hers.person_id,
            name,
            unit,
            hers.outbox_id,
            "read" if hers.read_at is not None else states.get(state, "failed"),
            error,
            owner is not None,
            hers,
            hers.read_at or settled_at,
            due,
        )
        for hers, name, unit, state, error, owner, settled_at, due in rows
    ]


async def withdraw_waiting(session: Session, number: int, now: datetime) -> None:
    """Void the copies that are not on their way; one that is gets its edit afterwards."""
    mine = select(AnnouncementReceiver.outbox_id).where(
        AnnouncementReceiver.announcement_id == number
    )
    await session.execute(
        update(Outbox)
        .where(Outbox.id.in_(mine), Outbox.state == "pending", Outbox.lease_owner.is_(None))
        .values(state="void", settled_at=now)
        .execution_options(synchronize_session=False)
    )


async def edit_copies(session: Session, announcement: Announcement, now: datetime) -> int:
    """Promise that every copy that is sent, or on its way, is replaced; return how many."""
    copies = [
        r
        for r in await receipts(session, announcement.id)
        if r.state in {"read", "delivered"} or (r.state == "waiting" and r.leased)
    ]
    key = f"announcement.edit:{announcement.id}:{announcement.version}"
    await enqueue_many(
        session,
        {r.person_id: f"{key}:{r.person_id}" for r in copies},
        kind="announcement.edit",
        payload={"announcement": announcement.id},
        due=now,
        expires_in=_EXPIRY,
        edits={r.person_id: r.outbox_id for r in copies},
    )
    return len(copies)


async def _left(session: Session, number: int, now: datetime) -> timedelta:
    announcement = await session.get_one(Announcement, number)
    return _expires_in(now, announcement.valid_to, announcement.sender.zone)


async def unread_of(
    session: Session, person_id: int, day: date
) -> list[tuple[Announcement, AnnouncementReceiver]]:
    """Return the standing announcements that a person has and has not read, the oldest first."""
    rows = await session.execute(
        select(Announcement, AnnouncementReceiver)
        .join(AnnouncementReceiver, AnnouncementReceiver.announcement_id == Announcement.id)
        .join(Outbox, Outbox.id == AnnouncementReceiver.outbox_id)
        .where(
            AnnouncementReceiver.person_id == person_id,
            AnnouncementReceiver.read_at.is_(None),
            Announcement.state == "sent",
            Outbox.state == "sent",
            or_(Announcement.valid_to.is_(None), Announcement.valid_to >= day),
        )
        .order_by(Announcement.id)
    )
    return [(announcement, hers) for announcement, hers in rows]


async def remind_unread(session: Session, number: int, now: datetime, day: date, by: int) -> int:
    """Promise a reminder to each who has her copy and has not read it, once a day at most.

    by: the person in whose name they are sent.
    """
    left = await _left(session, number, now)
    if not left:
        return 0
    unread = [
        r
        for r in await receipts(session, number)
        if r.state == "delivered" and r.receiver.reminded_on != day
    ]
    await enqueue_many(
        session,
        {r.person_id: f"announcement.remind:{number}:{day}:{r.person_id}" for r in unread},
        kind="announcement.remind",
        payload={"announcement": number, "by": by},
        due=now,
        expires_in=left,
    )
    for receipt in unread:
        receipt.receiver.reminded_on = day
    return len(unread)


async def resend_failed(session: Session, number: int, now: datetime, by: int) -> int:
    """Promise a new copy, in this person's name, to each whose copy failed; return how many."""
    left = await _left(session, number, now)
    if not left:
        return 0
    failed = [r for r in await receipts(session, number) if r.state == "failed"]
    keys = {
        r.person_id: f"announcement:{number}:{r.person_id}:{r.receiver.copies + 1}" for r in failed
    }
    ids = await enqueue_many(
        session,
        keys,
        kind="announcement.copy",
        payload={"announcement": number, "by": by},
        due=now,
        expires_in=left,
    )
    for receipt in failed:
        receipt.receiver.copies += 1
        receipt.receiver.outbox_id = ids[receipt.person_id]
    return len(failed)
