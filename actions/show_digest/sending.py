"""Promise each receiver one digest a week, and write it when it is sent."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS, DECIDING, Actor, authorize
from actions.reply import Reply
from actions.show_digest.composing import action, compose
from actions.weekly_times import due_in_week, key, monday_of
from storage import Session
from storage.queries.digests import KIND, promised, receivers
from storage.queries.outbox import enqueue
from storage.queries.preferences import Choices, choices_of, every_choice
from storage.queries.settings import read_setting, write_setting
from storage.tables import Outbox, Person

_EXPIRY = timedelta(hours=72)
_SWEPT = "digest.swept"


@action.swept
async def promise_all(now: datetime, session: Session) -> None:
    """Promise the digests of this week and the next to all who are to have one.

    Promised ahead, a digest survives that the bot is away at its hour. What fell due between two
    sweeps is caught up with; before the first one nothing was promised.
    """
    kept = await read_setting(session, _SWEPT)
    since = min(datetime.fromisoformat(kept), now) if kept else now
    known = await promised(session, now - timedelta(days=15))
    choices = await every_choice(session)
    for person in await receivers(session, now.date()):
        await _promise(person, choices.get(person.id, Choices()), since, now, known, session)
    await write_setting(session, _SWEPT, now.isoformat())


async def _promise(
    person: Person,
    chosen: Choices,
    since: datetime,
    now: datetime,
    known: set[str],
    session: Session,
) -> None:
    today = now.astimezone(ZoneInfo(person.zone)).date()
    for monday in (monday_of(today), monday_of(today) + timedelta(weeks=1)):
        name = key(person.id, monday)
        due = due_in_week(monday, chosen.digest_weekday, chosen.digest_time, person.zone)
        if name in known or due < since or due + _EXPIRY < now:
            continue
        await enqueue(
            session,
            person_id=person.id,
            kind=KIND,
            payload={"monday": monday.isoformat()},
            cause="digest",
            dedupe_key=name,
            due=due,
            expires_in=_EXPIRY,
        )


@action.due(KIND)
async def render(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Write a digest from what is true now, unless it is paused or no longer hers.

    Whoever stands in for somebody away gets what waits for both.
    """
    if not authorize(receiver, DECIDING):
        return None
    chosen = await choices_of(session, receiver.id)
    day: date = row.due_utc.astimezone(ZoneInfo(receiver.zone)).date()
    if chosen.paused_until is not None and day < chosen.paused_until:
        return None
    written = await compose(receiver, session.info.get("now", row.due_utc), session)
    # A deputy is told what waits; that nothing does is no news to her.
    return written if written.elements or authorize(receiver, COORDINATORS) else None
