"""One running bot per SQLite file: a lock that ends with the process, however it ends."""

import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy.engine import make_url


class Held(Exception):
    """Another bot already runs on this SQLite database."""


class Hold:
    """The right to run on a database; for PostgreSQL there is nothing to hold."""

    def __init__(self, url: str) -> None:
        """Take the right.

        Raises:
            Held: another process has it.
        """
        self._file: IO[str] | None = None
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or not parsed.database:
            return
        path = Path(f"{parsed.database}.lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise Held(parsed.database) from None

    def release(self) -> None:
        """Give the right back."""
        if self._file is not None:
            self._file.close()
            self._file = None
