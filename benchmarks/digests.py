"""Seconds and queries of three hundred digests, with 5,000 and with 200,000 alumni.

`python -m benchmarks.digests [COORDINATORS]` fills two SQLite databases with the organisation, as
many alumni as named and 300 coordinators that each answer for one unit, a contact request for
every third of them; then it has every digest rendered as delivery does, each in a transaction of
its own, and prints both sides side by side. A query is one statement that reaches the database.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.engine import Engine

from actions.access import actor_of
from actions.digest_rows import PARTS
from actions.show_digest.sending import render
from bot.capabilities import capabilities
from storage import Database, Session, schema
from storage.demo.organisation import add_cities, add_fields, add_programmes, add_units
from storage.queries.people import person_by_id
from storage.tables import (
    Alumnus,
    Appointment,
    Base,
    ContactRequest,
    Employment,
    GuestLecture,
    Offer,
    Outbox,
    Person,
    Programme,
    Schedule,
    Study,
)

_SIZES = (5_000, 200_000)
_NOW = datetime(2026, 11, 30, 7, tzinfo=UTC)
_BATCH = 20_000
_PARTS = [part for action in capabilities() for part in action.digest_parts]


@dataclass(frozen=True)
class Measured:
    """Seconds in all, the slowest digest, the most queries of one, and of all together."""

    seconds: float
    slowest: float
    most: int
    queries: int
    rows: int


async def main() -> None:
    """Measure both sizes and print them side by side."""
    coordinators = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    measured = []
    with tempfile.TemporaryDirectory(prefix="spindel-digests-") as folder:
        for size in _SIZES:
            url = f"sqlite:///{Path(folder) / f'{size}.db'}"
            schema.upgrade(url)
            measured.append(await _measured(Database(url), size, coordinators))
    print(f"{coordinators} digests" + "".join(f"{size:>12,} alumni" for size in _SIZES))
    for name, told in _LINES.items():
        print(f"{name:<24}" + "".join(f"{told(one):>19}" for one in measured))


_LINES: dict[str, Callable[[Measured], str]] = {
    "seconds in all": lambda one: f"{one.seconds:.2f}",
    "ms the slowest": lambda one: f"{one.slowest * 1000:.1f}",
    "queries in all": lambda one: f"{one.queries:,}",
    "queries of one, most": lambda one: str(one.most),
    "elements in all": lambda one: f"{one.rows:,}",
}


async def _measured(database: Database, size: int, coordinators: int) -> Measured:
    async with database.begin() as session:
        units = await _organised(session)
        people = await _staffed(session, units, coordinators)
        await _filled(session, units, size)
        await _worked(session, units, people)
    with _counted() as queries:
        each, rows = [], 0
        for person_id in people:
            before, begun = len(queries), time.perf_counter()
            async with database.begin() as session:
                rows += await _digest(session, person_id)
            each.append((time.perf_counter() - begun, len(queries) - before))
    await database.close()
    return Measured(
        seconds=sum(seconds for seconds, _n in each),
        slowest=max(seconds for seconds, _n in each),
        most=max(n for _seconds, n in each),
        queries=len(queries),
        rows=rows,
    )


@contextmanager
def _counted() -> Iterator[list[str]]:
    queries: list[str] = []

    def note(*said: object) -> None:
        queries.append(str(said[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield queries
    event.remove(Engine, "before_cursor_execute", note)


async def _digest(session: Session, person_id: int) -> int:
    """Render one digest as delivery does; return how many elements it has."""
    session.info["now"] = _NOW
    session.info[PARTS] = _PARTS
    receiver = await actor_of(session, await person_by_id(session, person_id), _NOW)
    row = Outbox(person_id=person_id, payload={"monday": "2026-11-30"}, due_utc=_NOW)
    reply = await render(row, receiver, session)
    assert reply is not None
    return len(reply.elements)


async def _organised(session: Session) -> list[int]:
    units = await add_units(session)
    await add_programmes(session, units)
    await add_fields(session)
    await add_cities(session)
    await session.flush()
    return [unit.id for unit in units.values()]


async def _staffed(session: Session, units: list[int], count: int) -> list[int]:
    """Add the coordinators, every sixtieth of the central unit; return their ids."""
    people = range(1, count + 1)
    await _add(
        session,
        Person,
        [
            {"id": n, "name": f"Person {n}", "email": f"p{n}@nordhamn.example",
             "unit_id": units[n % len(units)]}
            for n in people
        ],
    )  # fmt: skip
    await _add(
        session,
        Appointment,
        [
            {"person_id": n, "unit_id": units[n % len(units)], "percent": 60,
             "role": "central" if n % 60 == 0 else "coordinator", "valid_from": date(2026, 1, 1),
             "deputy_id": n % count + 1}
            for n in people
        ],
    )  # fmt: skip
    return list(people)


async def _filled(session: Session, units: list[int], size: int) -> None:
    programmes = list(await session.scalars(select(Programme.id)))
    for first in range(1, size + 1, _BATCH):
        some = range(first, min(first + _BATCH, size + 1))
        await _add(session, Alumnus, [_alumnus(n, units) for n in some])
        await _add(
            session,
            Study,
            [
                {"alumnus_id": n, "programme_id": programmes[n % len(programmes)],
                 "unit_id": units[n % len(units)], "year": 1990 + n % 36}
                for n in some
            ],
        )  # fmt: skip
        work = [{"alumnus_id": n, "employer": "Nordbanken", "folded": "nordbanken"} for n in some]
        await _add(session, Employment, work)
        mentors = [
            {"alumnus_id": n, "kind": "mentor", "languages": ["sv"]} for n in some if n % 20 == 0
        ]
        await _add(session, Offer, mentors)


def _alumnus(n: int, units: list[int]) -> dict[str, Any]:
    return {
        "register_id": f"R{n:07d}",
        "given_name": "Anna",
        "family_name": f"Ek{n % 997}",
        "folded": f"anna ek{n % 997}",
        "owner_unit_id": units[n % len(units)],
        # Most mentors were talked to lately: the few left alone have to be found among them.
        "arrived_on": date(2026, 11, 25) if n % 400 == 0 else None,
        "last_contact": date(2024, 5, 1) if n % 300 == 0 else date(2026, 6, 1 + n % 28),
    }


async def _worked(session: Session, units: list[int], people: list[int]) -> None:
    """Add what waits: three requests, two lectures and a reminder for everybody."""
    size = 5_000
    requests = [
        {"asker_id": person, "alumnus_id": 1 + (person * 7 + n) % size, "kind": "mentor",
         "unit_id": units[person % len(units)], "handler_id": person, "purpose": "Råd",
         "state": "sent", "created_at": _NOW - timedelta(days=3 + 7 * n)}
        for person in people for n in range(3)
    ]  # fmt: skip
    await _add(session, ContactRequest, requests)
    lectures = [
        {"lecturer": "Gäst", "topic": "Energi", "unit_id": units[person % len(units)],
         "on_date": _NOW.date() + timedelta(days=5), "registered_by_id": person,
         "created_at": _NOW, "state": ("approved", "proposed")[n]}
        for person in people for n in range(2)
    ]  # fmt: skip
    await _add(session, GuestLecture, lectures)
    await _add(
        session,
        Schedule,
        [
            {"kind": "reminder", "owner_id": person, "payload": {"task": "Ring"},
             "dtstart": _NOW.replace(tzinfo=None) + timedelta(days=2), "zone": "UTC",
             "next_due_utc": _NOW + timedelta(days=2), "state": "active", "created_at": _NOW}
            for person in people
        ],
    )  # fmt: skip


async def _add(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    await session.execute(insert(table), rows)


if __name__ == "__main__":
    asyncio.run(main())
