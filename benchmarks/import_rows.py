"""Rows per second of importing alumni, beside a bare `executemany` of the same rows.

Run with `python -m benchmarks.import_rows [ROWS] [ROUNDS]`; 100,000 rows and 3 rounds unless said.
Each round imports a file into a fresh SQLite database, then copies what came out of it into the
same tables of another one with nothing but sqlite3: the same indexes, the same durability, one
transaction. A row is one row of the file; it becomes some four rows in the tables.
"""

import asyncio
import csv
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from nlu.masking import has_personnummer
from storage import Database, schema
from storage.demo.organisation import add_cities, add_fields, add_programmes, add_units
from storage.demo.reading import rows
from storage.imports import KINDS, Errand, Import, Summary, look_at, suspicion

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
    with tempfile.TemporaryDirectory(prefix="spindel-import-") as folder:
        file = Path(folder) / "alumni.csv"
        _write(file, count)
        _empty(Path(folder) / "empty.db")
        before = _peak_mib()
        imports = [_imported(Path(folder), file, number) for number in range(rounds)]
        peak = _peak_mib()
        again = _seconds(Path(folder) / "imported0.db", file)
        bare = [_bare(Path(folder), number) for number in range(rounds)]
    size = sum(bare[0][1].values())
    print(f"{count:,} rows of a file, {size:,} rows in the tables: {bare[0][1]}")
    for name, times in (("import", imports), ("bare executemany", [took for took, _ in bare])):
        told = ", ".join(f"{took:.2f}" for took in times)
        print(f"{name:<17} {count / median(times):>9,.0f} rows/s   (seconds: {told})")
    print(f"{'ratio':<17} {median(took for took, _ in bare) / median(imports):>9.2f}")
    print(f"{'the same again':<17} {count / again:>9,.0f} rows/s   (all unchanged)")
    print(f"{'peak RSS':<17} {peak:>9,.0f} MiB   ({before:,.0f} MiB before the first import)")


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


def _imported(folder: Path, file: Path, number: int) -> float:
    return _seconds(_copy(folder, f"imported{number}.db"), file)


def _seconds(path: Path, file: Path) -> float:
    async def work() -> Summary:
        refuses = suspicion(has_personnummer)
        kind, summary = KINDS["alumni"], Summary()
        source = look_at(file, kind.columns, [], refuses)
        errand = Errand(
            _NOW, _NOW.date(), write=True, given=source.header.given, notes=summary.notes
        )
        database = Database(f"sqlite:///{path}")
        await Import(database, kind(errand), source, refuses, summary).run(lambda _row: None)
        await database.close()
        return summary

    start = time.perf_counter()
    summary = asyncio.run(work())
    took = time.perf_counter() - start
    assert not summary.counts["rejected"], summary.rejected
    return took


def _bare(folder: Path, number: int) -> tuple[float, dict[str, int]]:
    """Return the seconds that sqlite3 alone needs for the rows of the imported database."""
    with closing(sqlite3.connect(folder / "imported0.db")) as source:
        found = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}  # noqa: S608
    path = _copy(folder, f"bare{number}.db")
    start = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.execute("PRAGMA foreign_keys = ON")
        target.execute("PRAGMA synchronous = FULL")
        target.execute("BEGIN IMMEDIATE")
        for name, rows_ in found.items():
            marks = ", ".join("?" * len(rows_[0]))
            target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows_)  # noqa: S608
        target.execute("COMMIT")
    return time.perf_counter() - start, {name: len(rows_) for name, rows_ in found.items()}


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
