"""A reminder comes: for oneself or for others, late ones say so, and what fails is told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import Actor, actor_of
from actions.reminder_receivers import comes_to, members, tell_creator
from actions.reply import Button, Element, Fact, Reply
from actions.set_reminder.expiring import own_expired
from actions.set_reminder.setting import action
from actions.words import Text, _, lines, ngettext, plain
from storage import Session
from storage.queries.contacts import handlers_for
from storage.queries.outbox import REMINDER_EXPIRY, enqueue
from storage.queries.people import person_by_id
from storage.queries.reminding import muting, receive, receiver
from storage.queries.schedules import schedule_of
from storage.tables import Occurrence, Outbox, Person, Schedule

_LATE = timedelta(minutes=5)
_GATHERED = timedelta(minutes=1)  # so that one message tells of all in a group


@action.fired("reminder")
async def fire(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    """Promise the messages of one occurrence; a group is whoever belongs to it now."""
    payload = {"schedule": schedule.id}
    if occurrence.missed:
        payload["missed"] = occurrence.missed
    if "to" not in schedule.payload:
        await _promise(session, schedule, occurrence, schedule.owner_id, payload)
        return
    owner = await person_by_id(session, schedule.owner_id)
    now = occurrence.due_utc
    creator = await actor_of(session, owner, now)
    if not creator.roles:  # she has left: what she asked others for has no sender any more
        schedule.state, schedule.next_due_utc = "cancelled", None
        if "group" in schedule.payload["to"]:
            await _tell_who_remains(session, schedule, owner, now)
        return
    people = await members(session, schedule.payload["to"], creator, _day(now, schedule.zone))
    await receive(session, schedule.id, [person.id for person in people])
    refusing = await muting(session, owner.id)
    for person in people:
        standing = await receiver(session, schedule.id, person.id)
        if person.id not in refusing and comes_to(standing, schedule):
            await _promise(session, schedule, occurrence, person.id, payload)
    if not people and "person" in schedule.payload["to"]:
        await tell_creator(session, schedule, schedule.payload["to"]["person"], "left", now)


async def _tell_who_remains(
    session: Session, schedule: Schedule, owner: Person, now: datetime
) -> None:
    """Tell whoever answers for her unit that what she asked a group for has ended with her."""
    chain = await handlers_for(session, owner.unit_id or 0, _day(now, schedule.zone))
    remaining = [person for person in chain if person.id != owner.id]
    if remaining:
        await enqueue(
            session,
            person_id=remaining[0].id,
            kind="reminder.ended",
            payload={"schedule": schedule.id},
            cause="reminder",
            dedupe_key=f"reminder.ended:{schedule.id}",
            due=now,
            expires_in=REMINDER_EXPIRY,
        )


async def _promise(
    session: Session,
    schedule: Schedule,
    occurrence: Occurrence,
    person_id: int,
    payload: dict[str, int],
) -> None:
    own = person_id == schedule.owner_id
    key = f"reminder:{schedule.id}:{occurrence.due_utc.isoformat()}"
    await enqueue(
        session,
        person_id=person_id,
        kind="reminder.due",
        payload=payload,
        cause="reminder",
        dedupe_key=key if own else f"{key}:{person_id}",
        due=occurrence.due_utc,
        expires_in=REMINDER_EXPIRY,
        occurrence_id=occurrence.id,
    )


@action.due("reminder.due")
async def remind(row: Outbox, hers: Actor, session: Session) -> Reply | None:
    """Render a reminder when it is sent; a cancelled, refused or muted one is not."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None or schedule.state == "cancelled":
        return None
    task, value = schedule.payload["task"], str(schedule.id)
    buttons: list[Element] = [
        Fact(_("Due"), plain(row.due_utc.astimezone(ZoneInfo(hers.zone)).replace(tzinfo=None))),
        Button(_("Done"), "reminder.done", value, "primary"),
        Button(_("In an hour"), "reminder.hour", value),
        Button(_("Tomorrow at 8"), "reminder.tomorrow", value),
        Button(_("Next Monday"), "reminder.monday", value),
        Button(_("Another time"), "reminder.later", value),
    ]
    text = _("Reminder: {task}", task=task)
    if hers.id != schedule.owner_id:
        standing = await receiver(session, schedule.id, hers.id)
        if not comes_to(standing, schedule):
            return None
        if hers.id in await muting(session, schedule.owner_id):
            return None
        owner = await person_by_id(session, schedule.owner_id)
        text = _("Reminder from {name}: {task}", name=owner.name, task=task)
        buttons += [
            Button(_("Don't remind me of this"), "reminder.refuse", value),
            Button(_("Take no more from {name}", name=owner.name), "reminder.mute", value),
        ]
    return Reply(lines(text, _late(row, session, hers.zone), _missed(row)), tuple(buttons))


def _late(row: Outbox, session: Session, zone: str) -> Text | None:
    now: datetime = session.info.get("now", row.due_utc)
    if now - row.due_utc < _LATE:
        return None
    due = row.due_utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if due.date() == _day(now, zone):
        return _("It should have come at {time}.", time=due.time())
    return _("It should have come on {day}.", day=due)


def _missed(row: Outbox) -> Text | None:
    n = row.payload.get("missed", 0)
    if not n:
        return None
    return ngettext(
        "And 1 earlier one while I was away.", "And {n} earlier ones while I was away.", n
    )


def _day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


@action.undelivered("reminder.due")
async def unreached(row: Outbox, now: datetime, session: Session) -> None:
    """Tell whoever set a reminder that it did not reach its receiver, herself included."""
    schedule = await schedule_of(session, row.payload["schedule"])
    if schedule is None:
        return
    if row.person_id == schedule.owner_id:
        await own_expired(session, row, now)
        return
    if "group" in schedule.payload.get("to", ()):
        await enqueue(
            session,
            person_id=schedule.owner_id,
            kind="reminder.unreached",
            payload={"schedule": schedule.id, "occurrence": row.occurrence_id},
            cause="reminder",
            dedupe_key=f"reminder.unreached:{row.occurrence_id}",
            due=now + _GATHERED,
            expires_in=REMINDER_EXPIRY,
        )
    else:
        what = "left" if row.error == "left" else "undelivered"
        await tell_creator(session, schedule, row.person_id, what, now)
