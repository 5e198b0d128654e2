"""The schema on both databases, and the rules of the tables."""

from datetime import datetime

import pytest

from storage import Database, Unreachable, schema
from storage.tables import Account
from storage.tables.base import UtcDateTime


async def test_tables_and_migrations_agree(database: Database) -> None:
    schema.check(database.url)
    assert len(set(schema.revisions(database.url))) == 1


async def test_a_step_back_and_forth(database: Database) -> None:
    schema.downgrade(database.url, "base")
    assert schema.revisions(database.url)[0] is None
    schema.upgrade(database.url)
    schema.check(database.url)


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), database.engine.dialect)


async def test_the_database_tells_the_time(database: Database) -> None:
    now = await database.now()
    assert now.utcoffset() is not None


async def test_an_error_rolls_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await _broken_off(database)
    async with database.begin() as session:
        assert await session.get(Account, 1) is None


_NOW = datetime.fromisoformat("2026-11-24T09:30:00+00:00")


def test_an_unreachable_database_says_so() -> None:
    with pytest.raises(Unreachable):
        schema.revisions("postgresql://nobody@127.0.0.1:9/none")


async def _broken_off(database: Database) -> None:
    async with database.begin() as session:
        session.add(Account(person_id=1, channel="page", external_id="1", seen_at=_NOW))
        raise RuntimeError
