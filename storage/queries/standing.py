"""How the promises stand: what waits, what could not be delivered, when it was last backed up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import InternalError

from storage.database import Session, Unreachable
from storage.insertion import insert_new
from storage.queries.settings import read_setting, write_setting
from storage.tables import Occurrence, Outbox, Setting

BACKED_UP = "backed_up"
_PROBED = "probed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts without any name.

    oldest_due_s: how long the oldest message that is due has waited, in seconds; 0 when none is.
    dead: by reason, of the days asked for. merged: due times that fell into an outage and were
    told of in a later one. backed_up: None when no backup was ever taken.
    """

    oldest_due_s: float
    pending: int
    dead: dict[str, int]
    merged: int
    backed_up: datetime | None

    @property
    def undelivered(self) -> int:
        """How many messages could not be delivered."""
        return sum(self.dead.values())


async def standing(session: Session, now: datetime, days: int = 7) -> Standing:
    """Return how the promises stand at a moment; dead letters of the last `days` only."""
    waiting = (
        await session.execute(
            select(func.min(Outbox.due_utc), func.count()).where(Outbox.state == "pending")
        )
    ).one()
    dead = await session.execute(
        select(Outbox.error, func.count())
        .where(Outbox.state == "dead", Outbox.settled_at >= now - timedelta(days=days))
        .group_by(Outbox.error)
        .order_by(func.count().desc())
    )
    merged = await session.scalar(
        select(func.count()).select_from(Occurrence).where(Occurrence.merged)
    )
    return Standing(
        oldest_due_s=max(0.0, (now - waiting[0]).total_seconds()) if waiting[0] else 0.0,
        pending=waiting[1],
        dead={error or "unknown": n for error, n in dead},
        merged=merged or 0,
        backed_up=await backed_up(session),
    )


async def backed_up(session: Session) -> datetime | None:
    """Return when the last backup was taken."""
    kept = await read_setting(session, BACKED_UP)
    return datetime.fromisoformat(kept) if kept else None


async def note_backup(session: Session, taken_at: datetime) -> None:
    """Keep when a backup was taken."""
    await write_setting(session, BACKED_UP, taken_at.isoformat())


async def probe(session: Session, clock: datetime) -> None:
    """Write something that does not matter: a database that cannot be written keeps no promise.

    Raises:
        Unreachable: it takes no writes, as a standby of PostgreSQL.
    """
    try:
        changed = await session.execute(
            update(Setting).where(Setting.key == _PROBED).values(value=clock.isoformat())
        )
    except InternalError as error:
        raise Unreachable(str(error.orig)) from error
    if not changed.rowcount:  # type: ignore[attr-defined]
        await insert_new(session, Setting, key=_PROBED, value=clock.isoformat())
