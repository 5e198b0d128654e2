"""What the nightly round forgets."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from storage.database import Session
from storage.tables import Draft, Inbound, LinkCode, Outbox, UnsureMessage

# Platforms redeliver for hours at most; the keys of answered events are kept much longer.
_KEYS_KEPT = timedelta(days=30)
_UNSURE_KEPT = timedelta(days=90)


async def forget_what_is_over(session: Session, now: datetime) -> None:
    """Delete expired drafts and codes, keys of events answered long ago, old unsure messages."""
    await session.execute(delete(Draft).where(Draft.expires_at < now))
    await session.execute(delete(LinkCode).where(LinkCode.expires_at < now))
    await session.execute(
        delete(Inbound).where(Inbound.state == "answered", Inbound.received_at < now - _KEYS_KEPT)
    )
    await session.execute(
        delete(UnsureMessage).where(UnsureMessage.collected_at < now - _UNSURE_KEPT)
    )


async def overdue(session: Session, now: datetime) -> int:
    """Return how many messages have waited for more than a minute."""
    counted = await session.scalar(
        select(func.count(Outbox.id)).where(
            Outbox.state == "pending", Outbox.due_utc < now - timedelta(minutes=1)
        )
    )
    return counted or 0
