"""SQLite in threads: what a statement costs, what may be waited for, what is left behind."""

import asyncio
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage import Database, Unreachable, schema
from storage.sqlite_driver import Courier
from storage.tables import Setting

_SLOW = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
    "SELECT max(i) FROM n"
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Give an empty SQLite database."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    schema.upgrade(url)
    opened = Database(url)
    async with opened.begin() as session:
        session.add(Setting(key="n", value="0"))
    yield opened
    await opened.close()


@asynccontextmanager
async def lag() -> AsyncIterator[list[float]]:
    """Collect how much too late the loop comes to something due every two milliseconds."""
    late: list[float] = []

    async def tick() -> None:
        while True:
            due = time.perf_counter() + 0.002
            await asyncio.sleep(0.002)
            late.append(time.perf_counter() - due)

    ticking = asyncio.create_task(tick())
    yield late
    ticking.cancel()


async def test_a_statement_is_one_errand(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    errands: Counter[str] = Counter()
    run = Courier.run

    async def counted(courier: Courier, errand: Any) -> Any:
        errands["n"] += 1
        return await run(courier, errand)

    monkeypatch.setattr(Courier, "run", counted)
    async with database.begin() as session:
        await session.scalar(select(Setting.value))
        await session.execute(update(Setting).values(value="1"))
    assert errands["n"] == 3  # BEGIN and SELECT, UPDATE, COMMIT


async def test_a_transaction_without_statements_takes_no_lock(database: Database) -> None:
    async with database.begin() as session:
        await session.connection()
        with closing(sqlite3.connect(_path(database), timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")


async def test_reading_holds_the_only_lock(database: Database) -> None:
    async with database.begin() as session:
        await session.scalar(select(Setting.value))
        with (
            closing(sqlite3.connect(_path(database), timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


async def test_nothing_is_lost_between_reading_and_writing(database: Database) -> None:
    async def add() -> None:
        async with database.begin() as session:
            value = await session.scalar(select(Setting.value).where(Setting.key == "n"))
            await session.execute(update(Setting).values(value=str(int(value or 0) + 1)))

    await asyncio.gather(*(add() for _ in range(60)))
    async with database.begin() as session:
        assert await session.scalar(select(Setting.value)) == "60"


async def test_a_long_statement_does_not_hold_up_the_loop(database: Database) -> None:
    begun = time.perf_counter()
    async with lag() as late, database.begin() as session:
        assert await session.scalar(_SLOW) == 3_000_000
    took = time.perf_counter() - begun
    assert took > 0.1
    assert max(late) < took / 2


async def test_waiting_for_a_lock_does_not_hold_up_the_loop(database: Database) -> None:
    with closing(sqlite3.connect(_path(database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with lag() as late:
            waiting = asyncio.create_task(_write(database))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            other.execute("COMMIT")
            await waiting
    assert len(late) > 20
    assert max(late) < 0.2


async def test_the_time_is_told_while_somebody_writes(database: Database) -> None:
    with closing(sqlite3.connect(_path(database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            first = await database.now()
            assert await database.now() >= first


async def test_a_cancelled_statement_leaves_no_lock_and_no_change(database: Database) -> None:
    async def slow() -> None:
        async with database.begin() as session:
            await session.execute(update(Setting).values(value="cancelled"))
            await session.scalar(_SLOW)

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await _write(database)
    async with database.begin() as session:
        assert await session.scalar(select(Setting.value)) == "written"


async def test_an_error_of_sqlite_comes_through(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await session.execute(insert(Setting).values(key="n", value="again"))
    await _write(database)


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    closed = Database(f"sqlite:///{tmp_path}")
    with pytest.raises(Unreachable):
        async with closed.begin() as session:
            await session.execute(text("SELECT 1"))
    await closed.close()


async def test_counts_keys_and_returned_rows(database: Database) -> None:
    rows = [{"key": f"k{i}", "value": "x"} for i in range(3)]
    async with database.begin() as session:
        connection = await session.connection()
        many = await connection.execute(insert(Setting), rows)
        assert many.rowcount == 3
        one = await connection.execute(insert(Setting).values(key="k9", value="x"))
        assert one.inserted_primary_key is not None
        gone = await connection.execute(
            delete(Setting).where(Setting.key.like("k%")).returning(Setting.key)
        )
        assert sorted(gone.scalars()) == ["k0", "k1", "k2", "k9"]
        none = await connection.execute(delete(Setting).where(Setting.key == "k0"))
        assert none.rowcount == 0


async def test_every_commit_waits_for_the_disk(database: Database) -> None:
    async with database.begin() as session:
        assert await session.scalar(text("PRAGMA synchronous")) == 2  # FULL
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1


async def test_closing_ends_the_threads(tmp_path: Path) -> None:
    before = _threads()
    opened = Database(f"sqlite:///{tmp_path / 'new.db'}")
    async with opened.begin() as session:
        await session.execute(text("SELECT 1"))
    (own,) = _threads() - before
    await opened.close()
    for _ in range(100):
        if not own.is_alive():
            break
        await asyncio.sleep(0.01)
    assert not own.is_alive()


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "sqlite"}


def _path(database: Database) -> str:
    return database.url.removeprefix("sqlite:///")


async def _write(database: Database) -> None:
    async with database.begin() as session:
        await session.execute(update(Setting).values(value="written"))
