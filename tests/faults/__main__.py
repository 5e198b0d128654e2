"""`python -m tests.faults [SEED=1] [ONLY=name,…] [DB=sqlite|postgres|both] [SHORT=1]`.

Prints the table and writes build/faults.json; exit 1 if a bound breaks or a fault never happened.
"""

import asyncio
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.settings import ROOT
from tests.faults.bots import Hatchery
from tests.faults.cases import CASES
from tests.faults.rows import Row, table, write
from tests.faults.scenes import Stage, scene
from tests.faults.worlds import Worlds
from tests.postgres import Postgres, postgres_missing

_USAGE = 2
_SET_UP = 3


def _asked() -> dict[str, str]:
    asked = {"SEED": "1", "ONLY": "", "DB": "both", "SHORT": ""}
    for argument in sys.argv[1:]:
        key, _is, value = argument.partition("=")
        if key not in asked:
            sys.exit(f"{argument}? {__doc__}")
        asked[key] = value or asked[key]
    unknown = set(filter(None, asked["ONLY"].split(","))) - {name for name, *_ in CASES}
    if unknown or asked["DB"] not in {"sqlite", "postgres", "both"} or not asked["SEED"].isdigit():
        print(f"Unknown: {unknown or asked}. Faults: {', '.join(n for n, *_ in CASES)}")
        sys.exit(_USAGE)
    return asked


async def _run(asked: dict[str, str], postgres: Postgres | None, folder: Path) -> list[Row]:
    hatchery = await Hatchery.open()
    worlds = Worlds(folder, postgres)
    stage = Stage(worlds, hatchery, folder, int(asked["SEED"]), bool(asked["SHORT"]))
    databases = ("sqlite", "postgres") if asked["DB"] == "both" else (asked["DB"],)
    only = set(filter(None, asked["ONLY"].split(",")))
    # Beside each other: most of the time is waiting for leases to end.
    lanes = await asyncio.gather(*(_lane(stage, db, only) for db in databases))
    await hatchery.close()
    order = [name for name, *_ in CASES]
    return sorted((row for lane in lanes for row in lane), key=lambda row: order.index(row.fault))


async def _lane(stage: Stage, db: str, only: set[str]) -> list[Row]:
    rows = []
    for name, databases, case in CASES:
        if db not in databases or (only and name not in only):
            continue
        begun = time.monotonic()
        async with scene(stage, name, db) as here:
            try:
                row = await case(here)
            except Exception as error:  # noqa: BLE001 (one row that breaks off hides no other)
                here.notes.append(f"broke off: {error!r}")
                row = here.row(0)
        rows.append(row)
        took = time.monotonic() - begun
        told = f"seed {stage.seed}, {took:.0f} s: {table([row]).splitlines()[1]}"
        print(told, file=sys.stderr, flush=True)
    return rows


def main() -> None:
    """Run what was asked for."""
    asked = _asked()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is stopped too
    lacking = postgres_missing() if asked["DB"] != "sqlite" else None
    if lacking:
        print(f"{lacking}; or run DB=sqlite", file=sys.stderr)
        sys.exit(_SET_UP)
    (ROOT / "build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    postgres = Postgres.start() if asked["DB"] != "sqlite" else None
    try:
        rows = asyncio.run(_run(asked, postgres, folder))
    finally:
        if postgres is not None:
            postgres.stop()
    told = ("git", "rev-parse", "--short", "HEAD")
    commit = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    ok = write(ROOT / "build" / "faults.json", int(asked["SEED"]), commit.stdout.strip(), rows)
    print(table(rows))
    print(f"logs: {folder}", file=sys.stderr)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
