"""Schedules: promises for a time, and the claim that lets each occurrence happen once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.database import Session
from storage.recurrence import next_due
from storage.tables import Occurrence, Schedule


async def promise(  # noqa: PLR0913 (one row, all of it named)
    session: Session,
    *,
    kind: str,
    owner_id: int,
    payload: dict[str, Any],
    dtstart: datetime,
    zone: str,
    now: datetime,
    rrule: str | None = None,
    subject: str | None = None,
) -> Schedule:
    """Store a schedule; dtstart is naive wall time in zone."""
    schedule = Schedule(
        kind=kind,
        owner_id=owner_id,
        payload=payload,
        dtstart=dtstart,
        zone=zone,
        rrule=rrule,
        next_due_utc=next_due(dtstart, rrule, zone, None),
        state="active",
        subject=subject,
        created_at=now,
    )
    session.add(schedule)
    await session.flush()
    return schedule


async def due_schedules(
    session: Session, now: datetime, kinds: Sequence[str], limit: int = 100
) -> list[int]:
    """Return the ids of the active schedules that are due, oldest first.

    kinds: what this process can fire; a newer version beside it may know more.
    """
    rows = await session.scalars(
        select(Schedule.id)
        .where(Schedule.state == "active", Schedule.next_due_utc <= now, Schedule.kind.in_(kinds))
        .order_by(Schedule.next_due_utc, Schedule.id)
        .limit(limit)
    )
    return list(rows)


async def claim_occurrence(
    session: Session, schedule_id: int, now: datetime, clock: datetime
) -> tuple[Schedule, Occurrence] | None:
    """Claim what is due of a schedule and move its cursor on, in this transaction.

    Where several due times have passed, the latest stands for all and tells how many it missed.
    Return None when somebody else has it, or it is due no longer.
    """
    schedule = await session.scalar(
        select(Schedule)
        .where(Schedule.id == schedule_id, Schedule.state == "active", Schedule.next_due_utc <= now)
        .with_for_update(skip_locked=True)
    )
    if schedule is None or schedule.next_due_utc is None:
        return None
    due: datetime = schedule.next_due_utc
    following = _following(schedule, due)
    missed = 0
    while following is not None and following <= now:
        session.add(Occurrence(schedule_id=schedule.id, due_utc=due, claimed_at=clock, merged=True))
        missed += 1
        due, following = following, _following(schedule, following)
    occurrence = Occurrence(
        schedule_id=schedule.id, due_utc=due, claimed_at=clock, missed=missed, merged=False
    )
    session.add(occurrence)
    schedule.next_due_utc = following
    if following is None:
        schedule.state = "done"
    await session.flush()
    return schedule, occurrence


def _following(schedule: Schedule, due: datetime) -> datetime | None:
    return next_due(schedule.dtstart, schedule.rrule, schedule.zone, due)


async def schedules_of(session: Session, owner_id: int, kind: str) -> list[Schedule]:
    """Return a person's active schedules of a kind, the next due first."""
    rows = await session.scalars(
        select(Schedule)
        .where(Schedule.owner_id == owner_id, Schedule.kind == kind, Schedule.state == "active")
        .order_by(Schedule.next_due_utc, Schedule.id)
    )
    return list(rows)


async def active_about(session: Session, subject: str) -> list[Schedule]:
    """Return what is still promised about something."""
    rows = await session.scalars(
        select(Schedule)
        .where(Schedule.subject == subject, Schedule.state == "active")
        .order_by(Schedule.id)
    )
    return list(rows)


async def promised_about(session: Session, subject: str, kind: str) -> Schedule | None:
    """Return the newest schedule of a kind about something, whatever has become of it."""
    rows = await session.scalars(
        select(Schedule)
        .where(Schedule.subject == subject, Schedule.kind == kind)
        .order_by(Schedule.id.desc())
        .limit(1)
    )
    return rows.first()


async def cancel_about(session: Session, subject: str) -> None:
    """Cancel what was promised about something that will not happen."""
    for schedule in await active_about(session, subject):
        schedule.state = "cancelled"
        schedule.next_due_utc = None


async def schedule_of(session: Session, schedule_id: int) -> Schedule | None:
    """Return a schedule by its id."""
    return await session.get(Schedule, schedule_id)


def skip_next(schedule: Schedule) -> None:
    """Let the next due time not come; what has none after it is done."""
    due = schedule.next_due_utc
    schedule.next_due_utc = None if due is None else _following(schedule, due)
    if schedule.next_due_utc is None:
        schedule.state = "done"


def promise_again(schedule: Schedule, now: datetime) -> bool:
    """Make a cancelled or moved schedule due again; False when its time has passed."""
    due = next_due(schedule.dtstart, schedule.rrule, schedule.zone, now)
    if due is None:
        return False
    schedule.state, schedule.next_due_utc = "active", due
    return True
