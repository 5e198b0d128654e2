"""The whole network through the central unit's eyes: what waits, who is quiet, what is vacant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from storage.database import Session
from storage.queries.contacts import told_apart_by
from storage.queries.digests import COUNTED_TO
from storage.tables import (
    Alumnus,
    Appointment,
    ContactRequest,
    ContactStep,
    GuestLecture,
    Outbox,
    Unit,
)

# What a unit does with a request; that it came, or was taken back, is the asker's doing.
_WORK = ("approved", "declined", "contacted", "answered")


@dataclass(frozen=True, slots=True)
class Quiet:
    """A coordinator's post where nothing has happened lately.

    last: when something happened there last (UTC); None: never. waiting: undecided requests.
    """

    post: Appointment
    last: datetime | None
    waiting: int


async def requests_waiting_long(
    session: Session, before: datetime, but: int
) -> list[ContactRequest]:
    """Return the requests undecided since before a moment, oldest first, but those of a handler."""
    rows = await session.scalars(
        select(ContactRequest)
        .join(Alumnus, Alumnus.id == ContactRequest.alumnus_id)
        .where(
            ContactRequest.state == "sent",
            ContactRequest.created_at < before,
            ContactRequest.handler_id != but,
            Alumnus.protected.is_(False),
        )
        .options(
            joinedload(ContactRequest.asker),
            joinedload(ContactRequest.handler),
            *told_apart_by(ContactRequest.alumnus),
        )
        .order_by(ContactRequest.created_at)
        .limit(COUNTED_TO)
    )
    return list(rows)


async def quiet_posts(session: Session, day: date, since: datetime) -> list[Quiet]:
    """Return the posts held since before a moment in whose units nothing has happened after it.

    Requests decided, contacts made and lectures registered count, in the unit and below it. Those
    with requests that nobody has answered stand first, then those that were quiet the longest.
    """
    posts = await session.scalars(
        select(Appointment)
        .where(
            Appointment.person_id.is_not(None),
            Appointment.role == "coordinator",
            Appointment.valid_from <= since.date(),
            or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
        )
        .options(joinedload(Appointment.unit), joinedload(Appointment.person))
        .order_by(Appointment.unit_id, Appointment.id)
    )
    tree = await session.execute(select(Unit.id, Unit.parent_id))
    parents = {row.id: row.parent_id for row in tree}
    last = await _last_work(session, parents)
    waiting = await _undecided(session, parents)
    found = [Quiet(p, last.get(p.unit_id), waiting.get(p.unit_id, 0)) for p in posts]
    quiet = [one for one in found if one.last is None or one.last < since]
    return sorted(quiet, key=lambda q: (-q.waiting, q.last is not None, q.last or since))


async def nudged(session: Session, kind: str, about: str, since: datetime) -> dict[int, datetime]:
    """Return when the central unit last asked about each thing since a moment, by its number.

    kind: of the message. about: the name of the number in its payload.
    """
    rows = await session.execute(
        select(Outbox.payload, Outbox.due_utc)
        .where(Outbox.kind == kind, Outbox.due_utc >= since)
        .order_by(Outbox.due_utc)
    )
    return {payload[about]: due for payload, due in rows}


async def post_by_id(session: Session, post_id: int) -> Appointment | None:
    """Return a post with its unit and whoever holds it."""
    found: Appointment | None = await session.scalar(
        select(Appointment)
        .where(Appointment.id == post_id)
        .options(joinedload(Appointment.unit), joinedload(Appointment.person))
    )
    return found


async def _last_work(session: Session, parents: Mapping[int, int | None]) -> dict[int, datetime]:
    decided = await session.execute(
        select(ContactRequest.unit_id, func.max(ContactStep.at))
        .join(ContactStep, ContactStep.request_id == ContactRequest.id)
        .where(ContactStep.state.in_(_WORK))
        .group_by(ContactRequest.unit_id)
    )
    lectures = await session.execute(
        select(GuestLecture.unit_id, func.max(GuestLecture.created_at)).group_by(
            GuestLecture.unit_id
        )
    )
    last: dict[int, datetime] = {}
    for unit_id, at in (*decided, *lectures):
        for above in _upwards(unit_id, parents):
            last[above] = max(at, last.get(above, at))
    return last


async def _undecided(session: Session, parents: Mapping[int, int | None]) -> dict[int, int]:
    rows = await session.execute(
        select(ContactRequest.unit_id, func.count(ContactRequest.id))
        .join(Alumnus, Alumnus.id == ContactRequest.alumnus_id)
        .where(ContactRequest.state == "sent", Alumnus.protected.is_(False))
        .group_by(ContactRequest.unit_id)
    )
    counted: dict[int, int] = {}
    for unit_id, n in rows:
        for above in _upwards(unit_id, parents):
            counted[above] = counted.get(above, 0) + n
    return counted


def _upwards(unit_id: int, parents: Mapping[int, int | None]) -> Iterable[int]:
    at: int | None = unit_id
    while at is not None:
        yield at
        at = parents.get(at)


async def vacancies(session: Session, day: date) -> list[Appointment]:
    """Return the coordinators' posts that nobody holds on a day, with their units."""
    rows = await session.scalars(
        select(Appointment)
        .where(
            Appointment.person_id.is_(None),
            Appointment.role == "coordinator",
            Appointment.valid_from <= day,
            or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
        )
        .options(joinedload(Appointment.unit))
        .order_by(Appointment.unit_id)
        .limit(COUNTED_TO)
    )
    return list(rows)
