"""Events from the chats: stored before they are acknowledged, each with one effect."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.database import Session
from storage.insertion import insert_new
from storage.tables import Inbound


async def receive(
    session: Session,
    *,
    channel: str,
    event_id: str,
    sender: str,
    payload: dict[str, Any],
    now: datetime,
) -> Inbound | None:
    """Store an event as received; None when this event came before."""
    row_id = await insert_new(
        session,
        Inbound,
        channel=channel,
        event_id=event_id,
        sender=sender,
        payload=payload,
        state="received",
        received_at=now,
    )
    return None if row_id is None else await session.get_one(Inbound, row_id)


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
    event = await session.get_one(Inbound, event_id)
    event.state, event.reply = "done", reply


async def mark_answered(session: Session, event_id: int) -> None:
    """Note that the reply has arrived, and forget every word of the event."""
    event = await session.get_one(Inbound, event_id)
    event.state, event.payload, event.reply = "answered", None, None
