"""Read the invented university's data files."""

import tomllib
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def rows(file: str, kind: str) -> list[dict[str, Any]]:
    """Return the tables of one kind in a data file, in order."""
    with (_DATA / f"{file}.toml").open("rb") as opened:
        found: list[dict[str, Any]] = tomllib.load(opened)[kind]
    return found
