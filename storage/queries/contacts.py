"""Contact requests: who handles them, what waits, and every step they took."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import QueryableAttribute, joinedload
from sqlalchemy.sql.base import ExecutableOption

from storage.database import Session
from storage.queries.people import central_posts, posts_of
from storage.queries.units import line_of
from storage.tables import (
    Alumnus,
    Appointment,
    ContactRequest,
    ContactStep,
    Employment,
    Person,
    Study,
)

# In these states the coordinator has a next step: decide, make contact, tell the answer.
_HANDLED = ("sent", "approved", "contacted")


async def handlers_for(session: Session, unit_id: int, day: date) -> list[Person]:
    """Return who handles a unit's requests, in the order they are asked.

    The coordinator (of the unit, or the nearest one above it), her deputy, then the central unit.
    """
    chain: list[Person] = []
    for unit in await line_of(session, unit_id):
        posts = [p for p in await posts_of(session, unit.id, "coordinator", day) if p.person]
        if posts:
            chain.extend(_with_deputies(posts[:1]))
            break
    chain.extend(_with_deputies(await central_posts(session, day)))
    return list({person.id: person for person in chain}.values())


def _with_deputies(posts: list[Appointment]) -> list[Person]:
    return [p for post in posts for p in (post.person, post.deputy) if p is not None]


async def contact_request(session: Session, request_id: int) -> ContactRequest | None:
    """Return one request with its people and the alumnus described."""
    alumnus = joinedload(ContactRequest.alumnus)
    found: ContactRequest | None = await session.scalar(
        select(ContactRequest)
        .where(ContactRequest.id == request_id)
        .options(
            joinedload(ContactRequest.asker).joinedload(Person.unit),
            joinedload(ContactRequest.handler),
            alumnus.joinedload(Alumnus.city),
            alumnus.joinedload(Alumnus.owner_unit),
            alumnus.selectinload(Alumnus.employments.and_(Employment.until.is_(None))),
        )
    )
    return found


def told_apart_by(alumnus: QueryableAttribute[Alumnus]) -> tuple[ExecutableOption, ...]:
    """Return what loads an alumnus with her work of today and her studies."""
    person = joinedload(alumnus)
    return (
        person.selectinload(Alumnus.employments.and_(Employment.until.is_(None))),
        person.selectinload(Alumnus.studies).joinedload(Study.programme),
    )


async def waiting_for(session: Session, handler_id: int) -> list[ContactRequest]:
    """Return the requests whose next step is somebody's as their coordinator, oldest first."""
    rows = await session.scalars(
        select(ContactRequest)
        .where(ContactRequest.handler_id == handler_id, ContactRequest.state.in_(_HANDLED))
        .options(joinedload(ContactRequest.asker), *told_apart_by(ContactRequest.alumnus))
        .order_by(ContactRequest.created_at)
    )
    return list(rows)


def add_step(
    session: Session,
    request: ContactRequest,
    state: str,
    now: datetime,
    person_id: int | None,
    note: str = "",
) -> None:
    """Move a request to a state and keep who did it."""
    request.state = state
    session.add(
        ContactStep(request_id=request.id, state=state, person_id=person_id, note=note, at=now)
    )


async def last_note(session: Session, request_id: int) -> str:
    """Return what was written at the newest step."""
    note: str | None = await session.scalar(
        select(ContactStep.note)
        .where(ContactStep.request_id == request_id)
        .order_by(ContactStep.id.desc())
        .limit(1)
    )
    return note or ""


async def asked_by(session: Session, person_id: int, limit: int) -> list[ContactRequest]:
    """Return the requests that somebody has made, the newest first."""
    rows = await session.scalars(
        select(ContactRequest)
        .where(ContactRequest.asker_id == person_id)
        .options(joinedload(ContactRequest.alumnus))
        .order_by(ContactRequest.created_at.desc(), ContactRequest.id.desc())
        .limit(limit)
    )
    return list(rows)


async def latest_asked_by(session: Session, person_id: int) -> ContactRequest | None:
    """Return the request that somebody made last."""
    found: ContactRequest | None = await session.scalar(
        select(ContactRequest)
        .where(ContactRequest.asker_id == person_id)
        .order_by(ContactRequest.created_at.desc(), ContactRequest.id.desc())
        .limit(1)
    )
    return found
