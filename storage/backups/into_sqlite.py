"""A backup into an SQLite file: built beside it, then put in its place in one step."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.backups.clients import Unfit
from storage.backups.manifest import Manifest
from storage.backups.noting import NOTE, REFIRED, WAITING
from storage.backups.sqlite_file import counts_in, file_of, is_empty, schema_in
from storage.holding import Hold
from storage.queries.restored import RESTORED, LostTime


def restore_sqlite(
    url: str, backup: Path, manifest: Manifest, now: datetime, *, replace: bool
) -> tuple[str, int, int]:
    """Return where the file before stands, the messages and schedules that fell due.

    Raises:
        Unfit: as `restore`.
        Held: a bot runs on the file.
    """
    target = file_of(url)
    hold = Hold(url)
    try:
        part = target.with_name(f".{target.name}.part")
        try:
            marked, refired = _built(backup, part, manifest, now)
            filled = _settled(target, replace=replace)
            aside = _kept(target, now) if filled else ""
            if target.exists():
                _same_rights(target, part)
            part.replace(target)
        except sqlite3.Error as error:
            raise Unfit(f"The backup cannot be put back: {error}.") from error
        except OSError as error:
            raise Unfit(f"{target} cannot be written: {error.strerror}.") from error
        finally:
            for left in (part, part.with_name(f"{part.name}-journal")):
                left.unlink(missing_ok=True)
    finally:
        hold.release()
    return aside, marked, refired


def _built(backup: Path, part: Path, manifest: Manifest, now: datetime) -> tuple[int, int]:
    """Write the new file beside the target and verify it."""
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"file:{backup}?mode=ro&immutable=1", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise Unfit("The backup is damaged: SQLite finds it inconsistent. Take another.")
        if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Unfit("Rows of the backup point to rows that are not in it. Take another.")
        if schema_in(copy) != manifest.schema or counts_in(copy) != manifest.counts:
            raise Unfit("The backup does not hold what its manifest says. Take another.")
        marked, refired = _marked(copy, manifest.taken_at, now)
        copy.commit()
    opened = os.open(part, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
    return marked, refired


def _marked(copy: sqlite3.Connection, taken: datetime, now: datetime) -> tuple[int, int]:
    """Note the time that is lost; return how many messages and schedules fell due by now."""
    copy.execute(
        NOTE.replace(":key", "?").replace(":value", "?"), (RESTORED, LostTime(taken, now).kept())
    )
    due = (_stamp(now),)
    (waiting,) = copy.execute(f"{WAITING} ?", due).fetchone()
    (refired,) = copy.execute(f"{REFIRED} ?", due).fetchone()
    return waiting, refired


def _stamp(moment: datetime) -> str:
    """Return a moment as SQLAlchemy keeps it in SQLite."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _settled(target: Path, *, replace: bool) -> bool:
    """Make one file of the one that is there; return whether it holds rows that are kept."""
    if not target.exists():
        return False
    with closing(sqlite3.connect(target, timeout=5)) as there:
        try:
            filled = not is_empty(counts_in(there))
        except sqlite3.DatabaseError:
            filled = True  # damaged: perhaps the very reason for the restore
        if filled and not replace:
            raise Unfit(f"{target} is not empty. To put the backup in its place: --replace")
        try:
            alone = there.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
        except sqlite3.OperationalError:
            alone = False
        except sqlite3.DatabaseError:
            alone = True  # damaged
        if not alone:
            raise Unfit(f"Another program has {target} open. Stop it first.")
    for log in (f"{target}-wal", f"{target}-shm"):
        if Path(log).exists():
            _aside_log(Path(log), filled=filled)
    return filled


def _aside_log(log: Path, *, filled: bool) -> None:
    # Only a damaged file leaves its log behind; beside the new file it would be taken for its own.
    if filled:
        log.replace(log.with_name(f"{log.name}.before"))
    else:
        log.unlink()


def _kept(target: Path, now: datetime) -> str:
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%SZ}")
    aside.hardlink_to(target)  # so that at no moment there is no database
    return str(aside)


def _same_rights(before: Path, after: Path) -> None:
    """Let whoever could use the file before use the new one."""
    rights = before.stat()
    after.chmod(rights.st_mode & 0o777)
    if (rights.st_uid, rights.st_gid) != (after.stat().st_uid, after.stat().st_gid):
        os.chown(after, rights.st_uid, rights.st_gid)
