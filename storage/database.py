"""The one door to the database: short transactions, the same code on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import Session as SyncSession

from storage.sqlite_driver import Driver

# What the bot keeps for itself while it works; a user's gesture changes nothing of hers here.
_BOOKKEEPING = frozenset({"inbound", "draft", "account", "occurrence", "unsure_message"})
_BUSY_TIMEOUT_S = 30
APPLICATION = "spindel"
_STAMP = "%Y-%m-%dT%H:%M:%f"  # UTC, to the millisecond


class Unreachable(Exception):
    """The database does not answer, is locked for too long or damaged, or its disk is full."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One row that a transaction wrote: table name, operation and primary key."""

    table: str
    op: Literal["insert", "update", "delete"]
    id: int


class Recording(SyncSession):
    """The session underneath, whose flushes are recorded."""


class Session(AsyncSession):
    """A transaction's session; `effects` lists the rows that its flushes wrote."""

    sync_session_class = Recording

    @property
    def effects(self) -> list[Effect]:
        """The rows written so far, in order, without the bot's own bookkeeping."""
        effects: list[Effect] = self.sync_session.info.setdefault("effects", [])
        return effects


class Database:
    """An engine and its rules.

    url: an SQLAlchemy address; `sqlite:///file` and `postgresql://…` get their async drivers.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine: AsyncEngine = _engine(async_url(url))
        self._sessions = async_sessionmaker(self.engine, class_=Session, expire_on_commit=False)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Session]:
        """Open one transaction; it commits at the end and rolls back on any error.

        Raises:
            Unreachable: the database cannot be opened, or is locked beyond the busy timeout.
        """
        try:
            async with self._sessions.begin() as session:
                yield session
        except DBAPIError as error:
            if _is_away(error):
                raise Unreachable(str(error.orig)) from error
            raise

    async def now(self) -> datetime:
        """Return the database's own clock in UTC, which decides claims and leases."""
        if self.sqlite:
            # Every SQLite has the same clock, the machine's: an empty one tells it without a
            # transaction, for which others might have to wait.
            with closing(sqlite3.connect(":memory:")) as clock:
                (stamp,) = clock.execute("SELECT strftime(?, 'now')", (_STAMP,)).fetchone()
            return datetime.fromisoformat(stamp).replace(tzinfo=UTC)
        async with self.begin() as session:
            return await database_now(session)

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


def async_url(url: str) -> str:
    """Return url with the asynchronous driver that we ship for its database."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    name = driver.get(parsed.get_backend_name(), parsed.drivername)
    return parsed.set(drivername=name).render_as_string(hide_password=False)


async def database_now(session: AsyncSession) -> datetime:
    """Return the database's clock (UTC) inside a transaction that is already open."""
    if session.get_bind().dialect.name == "sqlite":
        stamp = await session.scalar(select(func.strftime(_STAMP, "now")))
        return datetime.fromisoformat(str(stamp)).replace(tzinfo=UTC)
    # Not now(): that is the transaction's start, and a claim may wait for a lock.
    moment: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return moment.astimezone(UTC)


async def stands_at(session: AsyncSession) -> str | None:
    """Return the schema's revision, None where there is no schema, in an open transaction."""
    connection = await session.connection()
    return await connection.run_sync(
        lambda sync: MigrationContext.configure(sync).get_current_revision()
    )


def _is_away(error: DBAPIError) -> bool:
    """Whether the database did not answer, and not: refused what it was asked.

    SQLite tells of a damaged file by the bare DatabaseError.
    """
    return (
        isinstance(error, OperationalError | InterfaceError)
        or type(error) is DatabaseError
        or error.connection_invalidated
    )


def _engine(url: str) -> AsyncEngine:
    if make_url(url).get_backend_name() != "sqlite":
        # The name is how a restore sees that a bot still runs.
        return create_async_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"application_name": APPLICATION},
        )
    engine = create_async_engine(
        url, hide_parameters=True, connect_args={"timeout": _BUSY_TIMEOUT_S}, module=Driver()
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.connection.dbapi_connection.begin()


@event.listens_for(Recording, "after_flush")
def _record_effects(session: SyncSession, _context: Any) -> None:
    effects: list[Effect] = session.info.setdefault("effects", [])
    groups: tuple[tuple[Literal["insert", "update", "delete"], Any], ...] = (
        ("insert", session.new),
        ("update", session.dirty),
        ("delete", session.deleted),
    )
    for op, rows in groups:
        for row in rows:
            table = row.__tablename__
            if table not in _BOOKKEEPING and (op != "update" or session.is_modified(row)):
                effects.append(Effect(table, op, row.id))
