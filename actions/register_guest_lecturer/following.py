"""What is promised about an approved lecture: reminders, a thank-you, and that a name is erased."""

from datetime import datetime, time, timedelta

from storage import Session
from storage.queries.schedules import promise
from storage.tables import GuestLecture

_HOUR = time(9)
_STEPS = {
    "lecture.week": timedelta(days=-7),
    "lecture.day": timedelta(days=-1),
    "lecture.thanks": timedelta(days=1),
}


def subject(lecture: GuestLecture) -> str:
    """Return the name under which a lecture's promises are found again."""
    return f"guest_lecture:{lecture.id}"


async def follow(session: Session, lecture: GuestLecture, zone: str, now: datetime) -> None:
    """Promise the steps of a lecture that are still ahead."""
    for kind, offset in _STEPS.items():
        at = datetime.combine(lecture.on_date + offset, _HOUR)
        schedule = await promise(
            session,
            kind=kind,
            owner_id=lecture.registered_by_id,
            payload={"lecture": lecture.id},
            dtstart=at,
            zone=zone,
            now=now,
            subject=subject(lecture),
        )
        if schedule.next_due_utc is not None and schedule.next_due_utc <= now:
            schedule.state, schedule.next_due_utc = "cancelled", None


async def forget_later(session: Session, lecture: GuestLecture, zone: str, now: datetime) -> None:
    """Promise that a bare name is erased, whatever becomes of the lecture."""
    if lecture.keep_name_until is None:
        return
    await promise(
        session,
        kind="lecture.forget",
        owner_id=lecture.registered_by_id,
        payload={"lecture": lecture.id},
        dtstart=datetime.combine(lecture.keep_name_until, _HOUR),
        zone=zone,
        now=now,
    )
