"""PostgreSQL's own programs: found, and told where to connect by their environment only."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

_PLACES = "/usr/lib/postgresql"
_VERSION = re.compile(r"\) (\d+)")
# Parameters of an address that libpq also takes from the environment.
_PARAMETERS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
    "options": "PGOPTIONS",
}


class Unfit(Exception):
    """A backup cannot be taken or put back; the text says why and what to do."""


def client(name: str, major: int) -> str:
    """Return the program of the server's major version, or the next newer one.

    Raises:
        Unfit: there is none.
    """
    found = [shutil.which(name), *map(str, Path(_PLACES).glob(f"*/bin/{name}"))]
    versions = {_version(path): path for path in reversed(found) if path}
    fitting = sorted(version for version in versions if version >= major)
    if not fitting:
        raise Unfit(
            f"{name} of PostgreSQL {major} or newer is needed and not found on PATH or in "
            f"{_PLACES}. Debian, Ubuntu: apt install postgresql-client"
        )
    return versions[fitting[0]]


def _version(path: str) -> int:
    told = subprocess.run(  # noqa: S603
        [path, "--version"], capture_output=True, text=True, check=False
    )
    found = _VERSION.search(told.stdout)
    return int(found.group(1)) if found else 0


def environment(url: str) -> dict[str, str]:
    """Return the environment that connects to a database: command lines can be read by all."""
    parsed = make_url(url)
    given = {
        "PGHOST": parsed.host,
        "PGPORT": str(parsed.port) if parsed.port else None,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
    }
    asked = {_PARAMETERS[k]: str(v) for k, v in parsed.query.items() if k in _PARAMETERS}
    known = {name: value for name, value in given.items() if value}
    return {**os.environ, **known, **asked, "PGAPPNAME": "spindel backup", "LC_ALL": "C"}


def complaint(told: str) -> str:
    """Return what a program complained of, without the lines that may quote a row."""
    lines = [line for line in told.splitlines() if re.search(r"error|fatal", line, re.IGNORECASE)]
    return lines[0].strip() if lines else "no reason was given"
