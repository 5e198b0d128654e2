"""A small university of made-up staff for the cases, on SQLite or PostgreSQL, and its promises."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from storage import Database, schema
from storage.queries.schedules import promise
from storage.tables import Account, Person
from tests.faults.ledger import TEAM
from tests.postgres import Postgres

PEOPLE = 1_000


@dataclass
class Worlds:
    """Makes fresh databases, all alike; postgres: None where only SQLite is asked for."""

    folder: Path
    postgres: Postgres | None
    people: int = PEOPLE
    _templates: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    async def fresh(self, db: str) -> "World":
        """Return a new database with its people."""
        await self.prepare(db)
        self._made += 1
        if db == "sqlite":
            path = self.folder / f"w{self._made}.db"
            shutil.copy(self._templates[db], path)
            return World(f"sqlite:///{path}", self.folder / f"w{self._made}.clock")
        assert self.postgres is not None
        url = self.postgres.url(self.postgres.create(self._templates[db]))
        return World(url, self.folder / f"w{self._made}.clock")

    async def prepare(self, db: str) -> None:
        """Fill the database that the others are copies of."""
        if db not in self._templates:
            self._templates[db] = await self._template(db)

    async def _template(self, db: str) -> str:
        if db == "sqlite":
            kept = str(self.folder / "template.db")
            url = f"sqlite:///{kept}"
        else:
            assert self.postgres is not None
            kept = self.postgres.create()
            url = self.postgres.url(kept)
        schema.upgrade(url)
        database = Database(url)
        async with database.begin() as session:
            for number in range(1, self.people + 1):
                session.add(
                    Person(
                        email=f"p{number}@faults.example",
                        name=f"Person {number}",
                        locale="sv",
                        zone="Europe/Stockholm",
                        asked_unit=True,
                    )
                )
            await session.flush()
            for number in range(1, self.people + 1, 2):  # the others are looked up by their e-mail
                session.add(
                    Account(
                        person_id=number,
                        channel="slack",
                        tenant=TEAM,
                        external_id=f"U{number:06d}",
                        seen_at=datetime.now(UTC),
                    )
                )
        await database.close()
        if db == "sqlite":
            _checkpoint(kept)
        return kept


def _checkpoint(path: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


# Found before PostgreSQL's own where the search path says so.
_SHIFTABLE = (
    "CREATE SCHEMA shifted",
    "CREATE TABLE shifted.by (s double precision)",
    "INSERT INTO shifted.by VALUES (0)",
    """CREATE FUNCTION shifted.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
    'SELECT pg_catalog.clock_timestamp() + make_interval(secs => (SELECT s FROM shifted.by))'""",
)


@dataclass
class World:
    """One database; due: when each promise falls due, Unix seconds, by the token in its text."""

    url: str
    clock_file: Path
    due: dict[str, float] = field(default_factory=dict)
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.url)

    async def promise(
        self, count: int, due: datetime, *, spread_s: float = 0.0, people: int = PEOPLE
    ) -> None:
        """Promise reminders, spread over some seconds, to one person after the other."""
        begun = len(self.due)
        async with self.database.begin() as session:
            for number in range(begun, begun + count):
                at = due.timestamp() + spread_s * (number - begun) / max(count, 1)
                wall = datetime.fromtimestamp(at, UTC).replace(tzinfo=None)
                token = f"kvitto-{number}"
                await promise(
                    session,
                    kind="reminder",
                    owner_id=number % people + 1,
                    payload={"task": token},
                    dtstart=wall,
                    zone="UTC",
                    now=due,
                )
                self.due[token] = wall.replace(tzinfo=UTC).timestamp()

    async def promise_rule(self, first: datetime, rrule: str, count: int) -> list[str]:
        """Promise reminders by a rule; return their tokens."""
        tokens = [f"kvitto-{len(self.due) + number}" for number in range(count)]
        async with self.database.begin() as session:
            for number, token in enumerate(tokens):
                made = await promise(
                    session,
                    kind="reminder",
                    owner_id=number % PEOPLE + 1,
                    payload={"task": token},
                    dtstart=first.replace(tzinfo=None, second=0, microsecond=0),
                    zone="UTC",
                    rrule=rrule,
                    now=first,
                )
                assert made.next_due_utc is not None
                self.due[token] = made.next_due_utc.timestamp()
        return tokens

    async def shiftable(self) -> None:
        """Let the bots' database clock be moved; before they start."""
        self.clock_file.write_text("0")
        if self.database.sqlite:
            return
        name = self.url.rpartition("/")[2]
        async with self.database.begin() as session:
            for line in _SHIFTABLE:
                await session.execute(text(line))
            await session.execute(
                text(f"ALTER DATABASE {name} SET search_path = shifted, pg_catalog, public")
            )

    async def shift(self, ahead_s: float) -> None:
        """Set how far the clock is ahead of the true time."""
        self.clock_file.write_text(str(ahead_s))
        if not self.database.sqlite:
            async with self.database.begin() as session:
                await session.execute(text("UPDATE shifted.by SET s = :s"), {"s": ahead_s})

    async def open_work(self) -> int:
        """Return how many schedules are due or messages unsent, at one moment."""
        both = (
            "SELECT (SELECT count(*) FROM outbox WHERE state = 'pending') + "
            "(SELECT count(*) FROM schedule WHERE state = 'active' AND rrule IS NULL)"
        )
        async with self.database.begin() as session:
            return int(await session.scalar(text(both)) or 0)

    async def states(self) -> dict[str, int]:
        """Return how many outbox rows are in each state."""
        async with self.database.begin() as session:
            rows = await session.execute(text("SELECT state, count(*) FROM outbox GROUP BY state"))
            return {state: count for state, count in rows}  # noqa: C416 (rows are no pairs)

    async def close(self) -> None:
        """Give back the connections."""
        await self.database.close()
