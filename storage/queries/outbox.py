"""The outbox: what shall be sent, claimed by lease, settled by its owner only."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from storage.database import Effect, Session
from storage.imports.bulk import free_ids, insert_rows, table
from storage.insertion import insert_new
from storage.queries.pacing import LONGEST_WAIT
from storage.tables import Outbox

LEASE = timedelta(seconds=30)
REMINDER_EXPIRY = timedelta(hours=24)
REQUEST_EXPIRY = timedelta(days=30)
_MARGIN = timedelta(seconds=5)
_URGENCY = {"digest": 1, "announcement": 2}


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
    edits: int | None = None,
    urgency: int | None = None,
) -> bool:
    """Promise one message to one person; return False if the same promise stands already.

    due: aware; expires_in: how long after it the message still makes sense. edits: the row whose
    message this one shall replace, once that one is sent. urgency: 0 leaves before 1 before 2;
    unless said, a broadcast lets everything else go first and a digest lets reminders.
    """
    row_id = await insert_new(
        session,
        Outbox,
        uid=_uid(dedupe_key),
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
        failures=0,
        edits_id=edits,
        urgency=_URGENCY.get(cause, 0) if urgency is None else urgency,
    )
    if row_id is not None:
        session.effects.append(Effect("outbox", "insert", row_id))
    return row_id is not None


async def enqueue_many(
    session: Session,
    dedupe_keys: dict[int, str],
    *,
    kind: str,
    payload: dict[str, Any],
    due: datetime,
    expires_in: timedelta,
    edits: dict[int, int] | None = None,
) -> dict[int, int]:
    """Promise one message to many in a few statements; return the rows' ids by person.

    dedupe_keys: by person; that none stands already is the caller's to make sure of.
    edits: by person, the row whose message is replaced.
    """
    into = table(Outbox)
    ids = dict(zip(dedupe_keys, await free_ids(session, into, len(dedupe_keys)), strict=True))
    row = {
        "kind": kind,
        "payload": payload,
        "cause": "announcement",
        "urgency": _URGENCY["announcement"],
        "due_utc": due,
        "expires_utc": due + expires_in,
        "state": "pending",
        "attempt": 0,
        "failures": 0,
        "avoids": "",
    }
    rows = [
        {
            **row,
            "id": ids[person],
            "person_id": person,
            "uid": _uid(key),
            "dedupe_key": key,
            "edits_id": (edits or {}).get(person),
        }
        for person, key in dedupe_keys.items()
    ]
    await insert_rows(session, into, rows)
    session.effects.extend(Effect("outbox", "insert", row_id) for row_id in ids.values())
    return ids


def _uid(dedupe_key: str) -> str:
    """Return what tells a message from all others; the same again after a restore."""
    return sha256(dedupe_key.encode()).hexdigest()[:32]


async def claim(
    session: Session,
    owner: str,
    *,
    business_now: datetime,
    clock: datetime,
    kinds: Sequence[str],
    limit: int = 1,
) -> list[Outbox]:
    """Lease the rows that are due and free, oldest first.

    business_now decides what is due; clock (the database's) decides the leases. kinds: what this
    process can render; a newer version beside it may know more.
    """
    due = (
        select(Outbox.id)
        .where(
            Outbox.state == "pending",
            Outbox.due_utc <= business_now,
            Outbox.kind.in_(kinds),
            _passed(Outbox.lease_until, clock, LEASE),
            _passed(Outbox.not_before, clock, LONGEST_WAIT),
        )
        .order_by(Outbox.urgency, Outbox.due_utc, Outbox.id)
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
    return sorted(rows, key=lambda row: (row.urgency, row.due_utc, row.id))


def _passed(moment: Any, clock: datetime, longest: timedelta) -> ColumnElement[bool]:
    # A moment farther ahead than any that is ever set comes from a clock that was set back.
    return or_(moment.is_(None), moment < clock, moment > clock + longest + _MARGIN)


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


async def renew(session: Session, row: Outbox, clock: datetime, channel: str) -> bool:
    """Fence: renew this attempt's lease right before the send; False = somebody else has it.

    From here until it is settled nobody knows whether the message has arrived in the channel, so
    that is noted.
    """
    since = row.uncertain_since or clock
    result = await session.execute(
        update(Outbox)
        .where(
            Outbox.id == row.id,
            Outbox.state == "pending",
            Outbox.lease_owner == row.lease_owner,
            Outbox.attempt == row.attempt,
        )
        .values(lease_until=clock + LEASE, uncertain_since=since, channel=channel)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


async def row_by_id(session: Session, row_id: int) -> Outbox | None:
    """Return a row."""
    return await session.get(Outbox, row_id)


async def edited_before(session: Session, row: Outbox) -> bool:
    """Whether an earlier edit of the same message is still to be made."""
    found = await session.scalar(
        select(Outbox.id)
        .where(
            Outbox.edits_id == row.edits_id,
            Outbox.id < row.id,
            Outbox.state == "pending",
            Outbox.due_utc <= row.due_utc,
        )
        .limit(1)
    )
    return found is not None


async def waiting(session: Session, kinds: Iterable[str]) -> list[Outbox]:
    """Return the rows of some kinds that have not been sent yet."""
    rows = await session.scalars(
        select(Outbox).where(Outbox.state == "pending", Outbox.kind.in_(list(kinds)))
    )
    return list(rows)
