"""Events from the chats: stored before they are acknowledged, each with one effect."""

from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, null, select, update

from storage.database import Session
from storage.insertion import insert_new
from storage.tables import Base, Inbound

_ROWS = Base.metadata.tables[Inbound.__tablename__]
# The row is not read first: its words would travel for nothing.
_EVENT = update(_ROWS).where(_ROWS.c.id == bindparam("event")).returning(_ROWS.c.id)
_DONE = _EVENT.values(state="done", reply=bindparam("said"))
_ANSWERED = _EVENT.values(state="answered", payload=null(), reply=null())


async def receive(
    session: Session,
    *,
    channel: str,
    event_id: str,
    sender: str,
    payload: dict[str, Any],
    now: datetime,
) -> int | None:
    """Store an event as received; return its row's id, or None when this event came before."""
    return await insert_new(
        session,
        Inbound,
        channel=channel,
        event_id=event_id,
        sender=sender,
        payload=payload,
        state="received",
        received_at=now,
    )


async def unanswered(session: Session, channel: str) -> list[Inbound]:
    """Return a channel's events that still need work, oldest first: after a crash, all of them."""
    rows = await session.scalars(
        select(Inbound)
        .where(Inbound.channel == channel, Inbound.state != "answered")
        .order_by(Inbound.id)
    )
    return list(rows)


async def mark_done(session: Session, event_id: int, reply: dict[str, Any]) -> None:
    """Note in the effect's own transaction that it happened, with the reply to be sent."""
    await _one(session, _DONE, {"event": event_id, "said": reply})


async def mark_answered(session: Session, event_id: int) -> None:
    """Note that the reply has arrived, and forget every word of the event."""
    await _one(session, _ANSWERED, {"event": event_id})


async def _one(session: Session, change: Executable, values: dict[str, Any]) -> None:
    if await session.scalar(change, values) is None:
        raise LookupError(f"no event {values['event']}")
