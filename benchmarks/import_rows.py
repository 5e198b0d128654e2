"""Rows per second of importing alumni, beside a bare `executemany` of the same rows.

Run with `python -m benchmarks.import_rows [ROWS] [ROUNDS]`; 100,000 rows and 3 rounds unless said.
Each round imports a file into a fresh SQLite database, then writes what came out of it into the
same tables of another one with nothing but sqlite3: the same indexes, the same durability, one
transaction; then once more by SQLAlchemy's `executemany` on the bot's own engine. A row is one row
of the file; it becomes some four rows in the tables. Every measurement has its own process.
"""

import asyncio
import csv
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert, select

from nlu.masking import has_personnummer
from storage import Database, schema
from storage.demo.organisation import add_cities, add_fields, add_programmes, add_units
from storage.demo.reading import rows
from storage.imports import KINDS, Errand, Import, Summary, look_at, suspicion
from storage.tables import Base

_TABLES = ("alumnus", "study", "employment", "offer", "offer_field", "consent")
_NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_HEADER = (
    "register_id given_name family_name email city unit programme year employer title offers "
    "fields languages capacity protected last_contact consent_mentor consent_contact consent_date"
).split()
_CONTACTED, _CONSENTING = 0.4, 0.72
_GIVEN = (
    "Anna Erik Maria Lars Karin Anders Sara Johan Eva Per Lena Karl Emma Åsa Ali Fatima".split()
)
_FAMILY = "Andersson Åkesson Nilsson Öberg Larsson Lindström Svensson Ek Ahmed Berg Holm".split()


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory(prefix="spindel-import-") as name:
        folder = Path(name)
        _write(folder / "alumni.csv", count)
        _empty(folder / "empty.db")
        imports, bare, named = [], [], []
        for number in range(rounds):
            imports.append(_apart(_imported, folder, number))
            bare.append(_apart(_bare, folder, number))
            named.append(_apart(_named, folder, number))
        again = _apart(_again, folder, 0)
        size = {table: _size(folder / "imported0.db", table) for table in _TABLES}
    print(f"{count:,} rows of a file, {sum(size.values()):,} rows in the tables: {size}")
    _told("import", count, imports)
    _told("bare executemany", count, bare)
    _ratio(imports, bare)
    _told("the bot's engine", count, named)
    _ratio(imports, named)
    _told("the same again", count, [again])
    print(f"peak RSS          {max(i.peak for i in imports):>9,.0f} MiB      (import)")


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and of the processor; the most memory that the process had, in MiB."""

    seconds: float
    processor: float
    peak: float


def _apart(work: Callable[[Path, int], Measured], folder: Path, number: int) -> Measured:
    """Measure in a process of its own: what one leaves in memory must not slow the next."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, folder, number).result()


def _told(name: str, count: int, measured: list[Measured]) -> None:
    rate = count / median(one.seconds for one in measured)
    seconds = _listed(one.seconds for one in measured)
    processor = _listed(one.processor for one in measured)
    print(f"{name:<17} {rate:>9,.0f} rows/s   (seconds {seconds}; of processor {processor})")


def _ratio(imports: list[Measured], other: list[Measured]) -> None:
    ratios = [b.seconds / a.seconds for a, b in zip(imports, other, strict=True)]
    print(f"  ratio           {median(ratios):>9.2f}          ({_listed(ratios)})")


def _listed(numbers: Iterable[float]) -> str:
    return ", ".join(f"{number:.2f}" for number in numbers)


def _size(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as database:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found


def _write(file: Path, count: int) -> None:
    chance = random.Random(1)  # noqa: S311 (repeatable, not secret)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows(_rows(chance, count))


def _rows(chance: random.Random, count: int) -> Iterator[list[object]]:
    cities = [row["name_sv"] for row in rows("cities", "city")]
    programmes = rows("programmes", "programme")
    employers = [row["name"] for row in rows("employers", "employer")]
    titles = [row["sv"] for row in rows("titles", "title")]
    for number in range(count):
        programme = chance.choice(programmes)
        mentor = number % 20 == 0
        day = date(chance.randint(2022, 2026), chance.randint(1, 11), chance.randint(1, 20))
        yield [
            f"R{number:07d}",
            chance.choice(_GIVEN),
            f"{chance.choice(_FAMILY)}{number % 997}",
            f"person{number}@alumn.example",
            chance.choice(cities),
            programme["unit"],
            programme["code"],
            chance.randint(1990, 2026),
            chance.choice(employers),
            chance.choice(titles),
            "mentor" if mentor else "",
            "|".join(programme["fields"][:2]) if mentor else "",
            "sv|en" if mentor else "",
            2 if mentor else "",
            "no",
            day if chance.random() < _CONTACTED else "",
            "yes" if mentor else "",
            "yes" if chance.random() < _CONSENTING else "",
            day,
        ]


def _empty(path: Path) -> None:
    """Make a database with the schema and the organisation, and nobody in it."""

    async def fill() -> None:
        database = Database(f"sqlite:///{path}")
        async with database.begin() as session:
            units = await add_units(session)
            await add_programmes(session, units)
            await add_fields(session)
            await add_cities(session)
        await database.close()

    schema.upgrade(f"sqlite:///{path}")
    asyncio.run(fill())


def _copy(folder: Path, name: str) -> Path:
    source, target = sqlite3.connect(folder / "empty.db"), sqlite3.connect(folder / name)
    with closing(source) as empty, closing(target) as copy:
        empty.backup(copy)
        copy.execute("PRAGMA journal_mode = WAL")
    return folder / name


def _imported(folder: Path, number: int) -> Measured:
    return _import(_copy(folder, f"imported{number}.db"), folder / "alumni.csv")


def _again(folder: Path, number: int) -> Measured:
    return _import(folder / f"imported{number}.db", folder / "alumni.csv")


def _import(path: Path, file: Path) -> Measured:
    async def work() -> Summary:
        refuses = suspicion(has_personnummer)
        kind, summary = KINDS["alumni"], Summary()
        source = look_at(file, kind.columns, [], refuses)
        given = source.header.given
        errand = Errand(_NOW, _NOW.date(), write=True, given=given, notes=summary.notes)
        database = Database(f"sqlite:///{path}")
        await Import(database, kind(errand), source, refuses, summary).run(lambda _row: None)
        await database.close()
        return summary

    begun = _clocks()
    summary = asyncio.run(work())
    assert not summary.counts["rejected"], summary.rejected
    return _since(begun)


def _bare(folder: Path, number: int) -> Measured:
    """Write the rows that an import made with sqlite3 alone, all of them in memory before."""
    with closing(sqlite3.connect(folder / "imported0.db")) as source:
        found = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}  # noqa: S608
    path = _copy(folder, f"bare{number}.db")
    begun = _clocks()
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.execute("PRAGMA foreign_keys = ON")
        target.execute("PRAGMA synchronous = FULL")
        target.execute("BEGIN IMMEDIATE")
        for name, rows_ in found.items():
            marks = ", ".join("?" * len(rows_[0]))
            target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows_)  # noqa: S608
        target.execute("COMMIT")
    return _since(begun)


def _named(folder: Path, number: int) -> Measured:
    """Write the same rows by name through the bot's own engine, all of them in memory before."""

    async def read() -> dict[str, list[dict[str, Any]]]:
        database = Database(f"sqlite:///{folder / 'imported0.db'}")
        found = {}
        async with database.begin() as session:
            for name in _TABLES:
                rows_ = await session.execute(select(Base.metadata.tables[name]))
                found[name] = [dict(row) for row in rows_.mappings()]
        await database.close()
        return found

    async def write(found: dict[str, list[dict[str, Any]]]) -> None:
        database = Database(f"sqlite:///{_copy(folder, f'named{number}.db')}")
        async with database.begin() as session:
            for name, rows_ in found.items():
                await session.execute(insert(Base.metadata.tables[name]), rows_)
        await database.close()

    found = asyncio.run(read())
    begun = _clocks()
    asyncio.run(write(found))
    return _since(begun)


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(begun: tuple[float, float]) -> Measured:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(time.perf_counter() - begun[0], time.process_time() - begun[1], peak)


if __name__ == "__main__":
    main()
