"""A clock that jumps, for SQLite: its own `strftime(…, 'now')` as far off as a file says.

PostgreSQL's clock is shifted in the database itself, see `worlds.py`. Nothing in the bot knows.
"""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any


def install(file: Path) -> None:
    """Let every connection that is opened from now on tell a shifted time; file: seconds."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def strftime(_form: str, *_when: str) -> str:
        ahead = float(file.read_text() or 0)
        moment = datetime.now(UTC) + timedelta(seconds=ahead)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"

    def shifted(*args: Any, **named: Any) -> sqlite3.Connection:
        made = connect(*args, **named)
        made.create_function("strftime", -1, strftime)
        return made

    sqlite3.connect = shifted  # type: ignore[assignment]
