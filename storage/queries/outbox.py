"""The outbox: what shall be sent, claimed by lease, settled by its owner only."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from storage.database import Effect, Session
from storage.insertion import insert_new
from storage.tables import Outbox

LEASE = timedelta(seconds=30)
REMINDER_EXPIRY = timedelta(hours=24)
REQUEST_EXPIRY = timedelta(days=30)


async def enqueue(  # noqa: PLR0913 (one row, all of it named)
    session: Session,
    *,
    person_id: int,
    kind: str,
    payload: dict[str, Any],
    cause: str,
    dedupe_key: str,
    due: datetime,
    expires_in: timedelta = REQUEST_EXPIRY,
    occurrence_id: int | None = None,
) -> bool:
    """Promise one message to one person; return False if the same promise stands already."""
    row_id = await insert_new(
        session,
        Outbox,
        uid=secrets.token_hex(16),
        dedupe_key=dedupe_key,
        occurrence_id=occurrence_id,
        person_id=person_id,
        kind=kind,
        payload=payload,
        cause=cause,
        due_utc=due,
        expires_utc=due + expires_in,
        state="pending",
        attempt=0,
    )
    if row_id is not None:
        session.effects.append(Effect("outbox", "insert", row_id))
    return row_id is not None


async def claim(
    session: Session, owner: str, *, business_now: datetime, clock: datetime, limit: int = 10
) -> list[Outbox]:
    """Lease the rows that are due and free, oldest first.

    business_now decides what is due; clock (the database's) decides the leases.
    """
    free = or_(Outbox.lease_until.is_(None), Outbox.lease_until < clock)
    ready = or_(Outbox.not_before.is_(None), Outbox.not_before <= clock)
    due = (
        select(Outbox.id)
        .where(Outbox.state == "pending", Outbox.due_utc <= business_now, free, ready)
        .order_by(Outbox.due_utc, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await session.scalars(
        update(Outbox)
        .where(Outbox.id.in_(due))
        .values(lease_owner=owner, lease_until=clock + LEASE, attempt=Outbox.attempt + 1)
        .returning(Outbox)
        .execution_options(synchronize_session=False)
    )
    return sorted(rows, key=lambda row: (row.due_utc, row.id))


async def settle(session: Session, row: Outbox, **values: Any) -> bool:
    """Write how a send ended, only while the lease is still this attempt's; release it."""
    result = await session.execute(
        update(Outbox)
        .where(
            Outbox.id == row.id,
            Outbox.lease_owner == row.lease_owner,
            Outbox.attempt == row.attempt,
        )
        .values(lease_owner=None, lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def renew(session: Session, row: Outbox, clock: datetime) -> bool:
    """Fence: renew this attempt's lease right before the send; False = somebody else has it."""
    result = await session.execute(
        update(Outbox)
        .where(
            Outbox.id == row.id,
            Outbox.state == "pending",
            Outbox.lease_owner == row.lease_owner,
            Outbox.attempt == row.attempt,
        )
        .values(lease_until=clock + LEASE)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def waiting(session: Session, kinds: Iterable[str]) -> list[Outbox]:
    """Return the rows of some kinds that have not been sent yet."""
    rows = await session.scalars(
        select(Outbox).where(Outbox.state == "pending", Outbox.kind.in_(list(kinds)))
    )
    return list(rows)
