"""Take a backup: of a database in use, under a temporary name, whole or not at all."""

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from storage import schema
from storage.backups.clients import Unfit, client, complaint, environment
from storage.backups.manifest import Manifest, beside, digest
from storage.backups.sqlite_file import counts_in, file_of, schema_in
from storage.copying import copy_database

ASIDE = "spindel_before_"  # PostgreSQL's schemas that hold what a restore replaced
_SUFFIX = {"sqlite": ".db", "postgresql": ".dump"}
_PART = ".part"


def take(url: str, target: Path, now: datetime) -> tuple[Path, Manifest]:
    """Back a database up; return the new file and its manifest.

    target: a folder, in which the file is named after now (UTC), or a file that is not there yet.
    Blocks. The bot may go on working meanwhile.

    Raises:
        Unfit: it cannot be taken.
        Unreachable: the database does not answer.
    """
    backend = make_url(url).get_backend_name()
    if target.is_dir() or not target.suffix:
        _make(target)
        target = target / f"spindel-{now:%Y%m%dT%H%M%SZ}{_SUFFIX[backend]}"
    if target.exists():
        raise Unfit(f"{target} is there already. Name another file, or a folder.")
    part = target.with_name(f".{target.name}{_PART}")
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=0o600, exist_ok=False)
        write = _sqlite if backend == "sqlite" else _postgresql
        revision, counts = write(url, part)
        manifest = Manifest(now, backend, revision, counts, digest(part))
        manifest.write(target)
        _to_disk(beside(target), part)
        part.rename(target)
        _to_disk(target.parent)
    except OSError as error:
        raise Unfit(
            f"The backup cannot be written to {target.parent}: {error.strerror}."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target, manifest


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Unfit(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _sqlite(url: str, part: Path) -> tuple[str, dict[str, int]]:
    source = file_of(url)
    if not source.is_file():
        raise Unfit(f"There is no database {source}.")
    try:
        copy_database(url, part)
        with closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
            revision, counts = schema_in(copy), counts_in(copy)
            broken = copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    except sqlite3.Error as error:
        raise Unfit(f"The backup cannot be taken: {error}.") from error
    if broken:
        raise Unfit("The database is damaged: spindel db check tells more. Keep older backups.")
    if revision is None:
        raise Unfit("The database has no schema, there is nothing to back up.")
    return revision, counts


def _postgresql(url: str, part: Path) -> tuple[str, dict[str, int]]:
    with schema.connected(url) as connection:
        major = server_major(connection)
        connection.rollback()
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        # The rows are counted in the very snapshot that is dumped.
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        revision = schema.revision_of(connection)
        if revision is None:
            raise Unfit("The database has no schema, there is nothing to back up.")
        counts = {
            table: int(connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)  # noqa: S608
            for table in tables_in(connection)
        }
        dump = [
            client("pg_dump", major),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--exclude-schema={ASIDE}*",
            f"--snapshot={snapshot}",
            f"--file={part}",
        ]
        told = subprocess.run(  # noqa: S603
            dump, env=environment(url), capture_output=True, text=True, check=False
        )
    if told.returncode:
        raise Unfit(f"pg_dump failed: {complaint(told.stderr)}")
    return revision, counts


def server_major(connection: Connection) -> int:
    """Return the server's major version."""
    return int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000


def tables_in(connection: Connection) -> list[str]:
    """Return the tables of PostgreSQL's current schema."""
    return list(
        connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        )
    )


def forget_old(folder: Path, keep: int, now: datetime) -> list[Path]:
    """Delete all but the newest `keep` backups of a folder; return what was deleted.

    Only files that were named by `take` and have their manifest count.
    """
    taken = sorted(
        path
        for path in folder.glob("spindel-????????T??????Z.*")
        if path.suffix in _SUFFIX.values() and beside(path).is_file()
    )
    for path in folder.glob(f".spindel-*{_PART}"):  # of a backup that was killed
        if path.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            path.unlink()
    old = taken[: max(0, len(taken) - keep)]
    for path in old:
        path.unlink()
        beside(path).unlink()
    return old


def _to_disk(*paths: Path) -> None:
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
