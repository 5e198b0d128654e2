"""What is promised about an approved lecture: reminders, a thank-you, and that a name is erased."""

from datetime import date, datetime, time, timedelta

from storage import Session
from storage.queries.schedules import promise, promise_again, promised_about, schedules_of
from storage.tables import GuestLecture, Schedule

# How long the name of a lecturer outside the register is kept after the lecture.
NAME_KEPT = timedelta(days=365)

_HOUR = time(9)
_STEPS = {
    "lecture.week": timedelta(days=-7),
    "lecture.day": timedelta(days=-1),
    "lecture.thanks": timedelta(days=1),
}


def subject(lecture: GuestLecture) -> str:
    """Return the name under which a lecture's promises are found again."""
    return f"guest_lecture:{lecture.id}"


def due_day(lecture: GuestLecture, kind: str) -> date:
    """Return the day on which a step of a lecture belongs."""
    return lecture.on_date + _STEPS[kind]


async def follow(session: Session, lecture: GuestLecture, zone: str, now: datetime) -> None:
    """Promise the steps of a lecture that are still ahead; what was promised before moves."""
    for kind in _STEPS:
        at = datetime.combine(due_day(lecture, kind), _HOUR)
        schedule = await promised_about(session, subject(lecture), kind)
        if schedule is None:
            schedule = await _promised(session, lecture, kind, at, zone, now)
        else:
            schedule.dtstart, schedule.zone = at, zone
        if not promise_again(schedule, now):
            schedule.state, schedule.next_due_utc = "cancelled", None


async def _promised(
    session: Session, lecture: GuestLecture, kind: str, at: datetime, zone: str, now: datetime
) -> Schedule:
    return await promise(
        session,
        kind=kind,
        owner_id=lecture.registered_by_id,
        payload={"lecture": lecture.id},
        dtstart=at,
        zone=zone,
        now=now,
        subject=subject(lecture),
    )


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


async def forget_when_moved(session: Session, lecture: GuestLecture, now: datetime) -> None:
    """Let the erasing of a bare name follow the lecture to its new day."""
    if lecture.keep_name_until is None:
        return
    lecture.keep_name_until = lecture.on_date + NAME_KEPT
    for schedule in await schedules_of(session, lecture.registered_by_id, "lecture.forget"):
        if schedule.payload["lecture"] == lecture.id:
            schedule.dtstart = datetime.combine(lecture.keep_name_until, _HOUR)
            promise_again(schedule, now)
