"""A short version of `make faults`: real processes, real databases, some faults of each family.

They run beside each other, since most of their time is waiting for a lease to end.
"""

import asyncio
from pathlib import Path

import pytest

from tests.faults.bots import Hatchery
from tests.faults.cases import CASES
from tests.faults.rows import Row, table
from tests.faults.scenes import Stage, scene
from tests.faults.worlds import Worlds
from tests.postgres import Postgres, postgres_missing

_SEED = 1
_ON_SQLITE = [(name, "sqlite") for name in ("kill", "second", "away_1_h", "rasa_dead")]
_ON_POSTGRES = [(name, "postgres") for name in ("kill", "duplicates")]


async def test_the_bot_keeps_its_word(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    lacking = postgres_missing()
    postgres: Postgres | None = None if lacking else request.getfixturevalue("postgres")
    chosen = [*_ON_SQLITE, *(_ON_POSTGRES if postgres else ())]
    hatchery = await Hatchery.open()
    stage = Stage(Worlds(tmp_path, postgres), hatchery, tmp_path, _SEED, short=True)

    async def row(name: str, db: str) -> Row:
        case = next(
            case for known, databases, case in CASES if (known, db in databases) == (name, True)
        )
        async with scene(stage, name, db) as here:
            return await case(here)

    try:
        for db in {db for _name, db in chosen}:
            await stage.worlds.prepare(db)
        rows = await asyncio.gather(*(row(name, db) for name, db in chosen))
    finally:
        await hatchery.close()
    assert all(made.ok for made in rows), f"seed {_SEED}\n{table(rows)}"
    if lacking:
        pytest.skip(lacking)
