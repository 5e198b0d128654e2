"""Events from the chats: stored before they are acknowledged, each with one effect."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, null, or_, select, true, update

from storage.database import Session
from storage.insertion import insert_new
from storage.tables import Base, Inbound

_ROWS = Base.metadata.tables[Inbound.__tablename__]
# The row is not read first: its words would travel for nothing.
_EVENT = update(_ROWS).where(_ROWS.c.id == bindparam("event")).returning(_ROWS.c.id)
_DONE = _EVENT.values(state="done", reply=bindparam("said"))
_ANSWERED = _EVENT.values(state="answered", payload=null(), reply=null())


EVENT_LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one process to work on something until a moment of the database's clock."""

    owner: str
    until: datetime


async def receive(
    session: Session,
    *,
    channel: str,
    event_id: str,
    sender: str,
    payload: dict[str, Any],
    now: datetime,
    lease: Lease | None = None,
) -> int | None:
    """Store an event as received; return its row's id, or None when this event came before.

    lease: held by the process that works on it, so that no other takes it up meanwhile.
    """
    return await insert_new(
        session,
        Inbound,
        channel=channel,
        event_id=event_id,
        sender=sender,
        payload=payload,
        state="received",
        received_at=now,
        lease_owner=lease.owner if lease else None,
        lease_until=lease.until if lease else None,
    )


async def unanswered(session: Session, channel: str) -> list[Inbound]:
    """Return a channel's events that still need work, oldest first."""
    rows = await session.scalars(
        select(Inbound)
        .where(Inbound.channel == channel, Inbound.state != "answered")
        .order_by(Inbound.id)
    )
    return list(rows)


async def take_over(
    session: Session, channel: str, lease: Lease, clock: datetime, *, alone: bool = False
) -> list[Inbound]:
    """Lease a channel's open events that nobody works on any longer, oldest first.

    clock: the database's. alone: no other process can be at work, so that no lease counts.
    """
    abandoned = or_(
        Inbound.lease_until.is_(None),
        Inbound.lease_until < clock,
        Inbound.lease_until > clock + EVENT_LEASE * 2,  # from a clock that was set back
    )
    free = (
        select(Inbound.id)
        .where(
            Inbound.channel == channel, Inbound.state != "answered", true() if alone else abandoned
        )
        .with_for_update(skip_locked=True)
    )
    rows = await session.scalars(
        update(Inbound)
        .where(Inbound.id.in_(free))
        .values(lease_owner=lease.owner, lease_until=lease.until)
        .returning(Inbound)
        .execution_options(synchronize_session=False)
    )
    return sorted(rows, key=lambda row: row.id)


async def keep_leases(session: Session, lease: Lease, events: Collection[int]) -> None:
    """Prolong the leases of the events that a process is still working on."""
    await session.execute(
        update(Inbound)
        .where(Inbound.id.in_(events), Inbound.lease_owner == lease.owner)
        .values(lease_until=lease.until)
        .execution_options(synchronize_session=False)
    )


async def mark_done(session: Session, event_id: int, reply: dict[str, Any]) -> None:
    """Note in the effect's own transaction that it happened, with the reply to be sent."""
    await _one(session, _DONE, {"event": event_id, "said": reply})


async def mark_answered(session: Session, event_id: int) -> None:
    """Note that the reply has arrived, and forget every word of the event."""
    await _one(session, _ANSWERED, {"event": event_id})


async def _one(session: Session, change: Executable, values: dict[str, Any]) -> None:
    if await session.scalar(change, values) is None:
        raise LookupError(f"no event {values['event']}")
