"""What a reminder can hang on: a lecture (later an event), found by those who keep it.

Whoever keeps such things registers a finder, and tells here when one moves or is called off.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from dateutil.relativedelta import relativedelta

from actions.request import Request
from storage import Session
from storage.queries.outbox import REMINDER_EXPIRY, enqueue
from storage.queries.schedules import active_about, cancel_about, promise_again
from storage.tables import Schedule

_START_OF_DAY = time(9)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something with a time of its own.

    subject: its name in schedules, "guest_lecture:17". starts: naive wall time; midnight when the
    hour is not known. title: how it is called in the asker's language.
    """

    subject: str
    starts: datetime
    title: str


Finder = Callable[[Request, Session], Awaitable[list[Anchor]]]
_FINDERS: list[Finder] = []


def finds_anchors(finder: Finder) -> Finder:
    """Register who finds what a message may hang on, the likeliest only."""
    _FINDERS.append(finder)
    return finder


async def anchors_meant(request: Request, session: Session) -> list[Anchor]:
    """Return what a message may mean by "the lecture with Anna" or "the day before"."""
    return [anchor for finder in _FINDERS for anchor in await finder(request, session)]


def offset_of(shift: relativedelta, hour: time | None = None) -> dict[str, Any]:
    """Return how far from its anchor something is, as a schedule keeps it.

    A distance in days means an hour of that day (nine o'clock unless said).
    """
    kept = {name: getattr(shift, name) for name in ("months", "days", "hours", "minutes")}
    kept["months"] += shift.years * 12
    by_day = not shift.hours and not shift.minutes
    return {**kept, "at": (hour or _START_OF_DAY).isoformat("minutes") if by_day else None}


def moment_at(starts: datetime, offset: dict[str, Any]) -> datetime:
    """Return the wall time that lies so far from something that starts then."""
    parts = {name: offset[name] for name in ("months", "days", "hours", "minutes")}
    found = starts + relativedelta(**parts)
    if offset["at"] is None:
        return found
    return datetime.combine(found.date(), time.fromisoformat(offset["at"]))


async def moved(session: Session, subject: str, starts: datetime, now: datetime) -> None:
    """Let what hangs on something follow it to its new time; what has passed is due at once."""
    for schedule in await active_about(session, subject):
        offset = schedule.payload.get("offset")
        if offset is None:
            continue
        schedule.dtstart = moment_at(starts, offset)
        if not promise_again(schedule, now):
            schedule.next_due_utc = now


async def called_off(session: Session, subject: str, now: datetime, by: int) -> None:
    """Cancel what hangs on something and tell whoever set a reminder, unless she did it."""
    hanging = [s for s in await active_about(session, subject) if s.kind == "reminder"]
    await cancel_about(session, subject)
    for schedule in hanging:
        if schedule.owner_id != by:
            await _tell(session, schedule, now)


async def _tell(session: Session, schedule: Schedule, now: datetime) -> None:
    await enqueue(
        session,
        person_id=schedule.owner_id,
        kind="reminder.off",
        payload={"schedule": schedule.id},
        cause="reminder",
        dedupe_key=f"reminder.off:{schedule.id}",
        due=now,
        expires_in=REMINDER_EXPIRY,
    )
