"""Whom a reminder reaches now, and what a creator is told of them."""

from collections.abc import Sequence
from datetime import date, datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from actions.access import Actor, actor_of
from actions.words import Listed, Text, plain
from storage import Session
from storage.queries.outbox import REMINDER_EXPIRY, enqueue
from storage.queries.reminding import network, receiver, set_for, units_below
from storage.tables import Person, ReminderReceiver, Schedule


async def members(session: Session, who: dict[str, Any], creator: Actor, day: date) -> list[Person]:
    """Return whom a reminder is for on a day, as far as its creator's rights reach then.

    A group is without the one who reminds it; those who have left get nothing.
    """
    if "person" in who:
        person = await session.get(Person, who["person"])
        gone = person is None or (person.left_on is not None and person.left_on < day)
        return [] if gone or person is None else [person]
    unit_ids = await units_below(session, who["group"]) if who["group"] else None
    if not creator.central:
        unit_ids = set(creator.unit_ids) if unit_ids is None else unit_ids & creator.unit_ids
    found = await network(session, day, unit_ids=unit_ids, central=who["central"])
    return [person for person in found if person.id != creator.id]


def names_of(people: Sequence[Person]) -> Text:
    """Return names in one line."""
    return plain(Listed(tuple(person.name for person in people)))


def comes_to(standing: ReminderReceiver | None, schedule: Schedule) -> bool:
    """Whether a reminder comes to somebody; one that comes once not when it is done already."""
    if standing is None or standing.state == "refused":
        return False
    return standing.state != "done" or schedule.rrule is not None


async def set_for_now(
    session: Session, person_id: int, now: datetime
) -> list[tuple[Schedule, Person]]:
    """Return what others have set for a person, without the groups that she has left."""
    found = []
    for schedule, owner in await set_for(session, person_id):
        if "group" in schedule.payload.get("to", ()):
            creator = await actor_of(session, owner, now)
            day = now.astimezone(ZoneInfo(schedule.zone)).date()
            people = await members(session, schedule.payload["to"], creator, day)
            if person_id not in {person.id for person in people}:
                continue
        found.append((schedule, owner))
    return found


async def refuse_for(session: Session, schedule: Schedule, person_id: int, now: datetime) -> bool:
    """Let a reminder come to this person no more; its creator is told. False = it never did."""
    standing = await receiver(session, schedule.id, person_id)
    if standing is None:
        return False
    if standing.state != "refused":
        standing.state = "refused"
        await tell_creator(session, schedule, person_id, "refused", now)
    return True


async def tell_creator(
    session: Session, schedule: Schedule, person_id: int, what: str, now: datetime
) -> None:
    """Promise the creator a word about her reminder and somebody; once per kind of news.

    A refusal and its taking back may follow each other more than once, each told.
    """
    again = f":{token_hex(8)}" if what in {"refused", "accepted"} else ""
    await enqueue(
        session,
        person_id=schedule.owner_id,
        kind="reminder.told",
        payload={"schedule": schedule.id, "person": person_id, "what": what},
        cause="reminder",
        dedupe_key=f"reminder.told:{schedule.id}:{person_id}:{what}{again}",
        due=now,
        expires_in=REMINDER_EXPIRY,
    )


async def tell_sender(
    session: Session, sender_id: int, person_id: int, what: str, now: datetime
) -> None:
    """Promise somebody a word about all her reminders to a person: muted, or unmuted."""
    await enqueue(
        session,
        person_id=sender_id,
        kind="reminder.told",
        payload={"person": person_id, "what": what},
        cause="reminder",
        dedupe_key=f"reminder.told:{sender_id}:{person_id}:{what}:{token_hex(8)}",
        due=now,
        expires_in=REMINDER_EXPIRY,
    )
