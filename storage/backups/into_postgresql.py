"""A backup into PostgreSQL: what was there moves aside in the transaction that restores."""

import subprocess
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from storage import schema
from storage.backups.clients import Unfit, client, complaint, environment
from storage.backups.manifest import Manifest
from storage.backups.noting import NOTE, REFIRED, WAITING
from storage.backups.sqlite_file import is_empty
from storage.backups.taking import ASIDE, server_major, tables_in
from storage.database import APPLICATION
from storage.queries.restored import RESTORED, LostTime

_LOCKS = "10s"


def restore_postgresql(
    url: str, backup: Path, manifest: Manifest, now: datetime, *, replace: bool
) -> tuple[str, int, int]:
    """Return the schema that holds the rows before, the messages and schedules due.

    Raises:
        Unfit: as `restore`.
        Unreachable: the database does not answer.
    """
    with schema.connected(url) as connection:
        _refuse_company(connection)
        major = server_major(connection)
        tables = tables_in(connection)
        filled = not is_empty(_counts(connection, tables))
    if filled and not replace:
        raise Unfit("The database is not empty. To put the backup in its place: --replace")
    aside = f"{ASIDE}{now:%Y%m%dt%H%M%Sz}"
    _run(
        client("psql", major),
        [client("pg_restore", major), "--no-owner", "--no-privileges", "--file=-", str(backup)],
        environment(url),
        "\n".join(_before(aside, tables)),
        "\n".join(_after(aside, manifest, now, keep=filled)),
    )
    with schema.connected(url) as connection:
        marked, refired = _found(connection, now)
    return aside if filled else "", marked, refired


def _refuse_company(connection: Connection) -> None:
    others = connection.scalar(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = :name AND pid <> pg_backend_pid()"
        ),
        {"name": APPLICATION},
    )
    if others:
        raise Unfit("A bot works with this database. Stop every replica first.")


def _counts(connection: Connection, tables: list[str]) -> dict[str, int]:
    """Return 1 for a table with rows, 0 for an empty one."""
    return {
        table: int(bool(connection.scalar(text(f'SELECT EXISTS (SELECT 1 FROM "{table}")'))))  # noqa: S608
        for table in tables
    }


def _before(aside: str, tables: list[str]) -> Iterator[str]:
    yield "BEGIN;"
    yield f"SET LOCAL lock_timeout = '{_LOCKS}';"
    yield f'CREATE SCHEMA "{aside}";'
    for table in tables:
        yield f'ALTER TABLE public."{table}" SET SCHEMA "{aside}";'
    yield ""


def _after(aside: str, manifest: Manifest, now: datetime, *, keep: bool) -> Iterator[str]:
    """Verify, mark, and only then commit: whatever fails leaves all as it was."""
    yield "SET LOCAL search_path TO public;"
    for table, n in manifest.counts.items():
        yield (
            f'DO $$ BEGIN IF (SELECT count(*) FROM "{table}") <> {n} THEN '  # noqa: S608
            f"RAISE EXCEPTION 'the backup does not hold what its manifest says: {table}'; "
            "END IF; END $$;"
        )
    lost = LostTime(manifest.taken_at, now).kept()
    yield NOTE.replace(":key", f"'{RESTORED}'").replace(":value", f"'{lost}'") + ";"
    if not keep:
        yield f'DROP SCHEMA "{aside}" CASCADE;'
    yield "COMMIT;"
    yield ""


def _found(connection: Connection, now: datetime) -> tuple[int, int]:
    waiting, refired = (
        connection.scalar(text(f"{asked} :now"), {"now": now}) for asked in (WAITING, REFIRED)
    )
    return waiting or 0, refired or 0


def _run(psql: str, unpack: list[str], env: dict[str, str], before: str, after: str) -> None:
    """Send the unpacked backup through psql; without the last COMMIT nothing has happened."""
    with tempfile.TemporaryFile() as complaints:
        server = subprocess.Popen(  # noqa: S603
            [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        assert server.stdin is not None  # noqa: S101 (asked for as a pipe)
        unpacked = 1
        try:
            server.stdin.write(before.encode())
            server.stdin.flush()
            unpacked = subprocess.run(  # noqa: S603
                unpack, env=env, stdout=server.stdin, stderr=complaints, check=False
            ).returncode
            if unpacked == 0:
                server.stdin.write(after.encode())
            server.stdin.close()
        except BrokenPipeError:
            pass  # psql has ended, and says why
        failed = server.wait()
        if failed or unpacked:
            raise Unfit(f"The backup cannot be put back, nothing was changed: {_told(complaints)}")


def _told(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaint(complaints.read().decode(errors="replace"))
