"""Before and after a lecture: reminders, a thank-you, and the erasing of a bare name."""

from datetime import timedelta

from actions.access import Actor
from actions.lecture_words import lecture_card, lecturer_of
from actions.register_guest_lecturer.following import due_day
from actions.register_guest_lecturer.registering import action
from actions.reply import Reply
from actions.words import _, lines
from storage import Session
from storage.queries.lectures import lecture_by_id
from storage.queries.outbox import enqueue
from storage.tables import GuestLecture, Occurrence, Outbox, Schedule

_EXPIRES = timedelta(hours=24)


async def _fire(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    await enqueue(
        session,
        person_id=schedule.owner_id,
        kind=schedule.kind,
        payload=schedule.payload,
        cause="reminder",
        dedupe_key=f"{schedule.kind}:{schedule.id}:{occurrence.due_utc.date()}",
        due=occurrence.due_utc,
        expires_in=_EXPIRES,
        occurrence_id=occurrence.id,
    )


for _kind in ("lecture.week", "lecture.day", "lecture.thanks"):
    action.fired(_kind)(_fire)


@action.fired("lecture.forget")
async def forget(schedule: Schedule, _occurrence: Occurrence, session: Session) -> None:
    """Erase the name of a lecturer who was never in the register."""
    lecture = await lecture_by_id(session, schedule.payload["lecture"])
    if lecture is not None:
        lecture.lecturer, lecture.keep_name_until = None, None


@action.due("lecture.week")
async def in_a_week(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Remind the registrar a week before."""
    lecture = await _standing(row, session)
    if lecture is None:
        return None
    text = lines(
        _("In a week: guest lecture with {name}.", name=lecturer_of(lecture)),
        _("Have you sent directions, parking and the syllabus? Is a thank-you gift arranged?"),
    )
    return Reply(text, (lecture_card(lecture),))


@action.due("lecture.day")
async def tomorrow(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Remind the registrar the day before."""
    lecture = await _standing(row, session)
    if lecture is None:
        return None
    # The day is named: after an outage this may come in the morning of the day itself.
    text = _(
        "Reminder: guest lecture with {name} on {day}.",
        name=lecturer_of(lecture),
        day=lecture.on_date,
    )
    return Reply(text, (lecture_card(lecture),))


@action.due("lecture.thanks")
async def thanks(row: Outbox, _receiver: Actor, session: Session) -> Reply | None:
    """Remind the registrar of the thank-you the day after, with words to use."""
    lecture = await _standing(row, session)
    if lecture is None:
        return None
    text = lines(
        _(
            "How was the lecture with {name}? A thank-you today is remembered.",
            name=lecturer_of(lecture),
        ),
        _(
            "Words to use: “Thank you for coming and sharing your experience with our students. "
            "It meant a lot to them, and you are always welcome back.”"
        ),
    )
    return Reply(text, (lecture_card(lecture),))


async def _standing(row: Outbox, session: Session) -> GuestLecture | None:
    lecture = await lecture_by_id(session, row.payload["lecture"])
    if lecture is None or lecture.state != "approved":
        return None
    if row.due_utc.date() != due_day(lecture, row.kind):  # it has moved since
        return None
    protected = lecture.alumnus is not None and lecture.alumnus.protected
    return None if protected else lecture
