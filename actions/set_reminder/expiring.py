"""A reminder to oneself that expired while the bot was away: said late, not dropped."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.reply import Button, Reply
from actions.set_reminder.setting import action
from actions.words import _
from storage import Session
from storage.queries.outbox import REQUEST_EXPIRY, enqueue
from storage.queries.schedules import schedule_of
from storage.tables import Outbox


async def own_expired(session: Session, row: Outbox, now: datetime) -> None:
    """Promise the owner a word about what she should have been reminded of.

    row: the message that was given up; now: aware, UTC.
    """
    if row.error != "expired":
        return  # nothing reaches her
    await enqueue(
        session,
        person_id=row.person_id,
        kind="reminder.expired",
        payload={**row.payload, "due": row.due_utc.isoformat()},
        cause="reminder",
        dedupe_key=f"reminder.expired:{row.id}",
        due=now,
        expires_in=REQUEST_EXPIRY,
    )


@action.due("reminder.expired")
async def expired(row: Outbox, hers: Actor, session: Session) -> Reply | None:
    """Tell what somebody should have been reminded of more than a day ago."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None or schedule.state == "cancelled":
        return None
    due = datetime.fromisoformat(row.payload["due"]).astimezone(ZoneInfo(hers.zone))
    value = str(schedule.id)
    return Reply(
        _(
            "I was away and missed a reminder that you were to get on {day}: {task}",
            day=due.replace(tzinfo=None),
            task=schedule.payload["task"],
        ),
        (
            Button(_("Done"), "reminder.done", value, "primary"),
            Button(_("In an hour"), "reminder.hour", value),
            Button(_("Another time"), "reminder.later", value),
        ),
    )
