"""`spindel db backup`, `restore` and `check`."""

import asyncio
import logging
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from bot.commands.failure import SetUpError
from bot.settings import Settings
from storage import Database, Unreachable, backups
from storage.backups import Unfit
from storage.backups.checkup import Checkup, examine
from storage.holding import Held
from storage.queries.standing import Standing, note_backup, standing

_LOG = logging.getLogger(__name__)
_AGAIN_S = 600  # after a backup that failed, where one is taken every so often
_OLD_H = 26


def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or a file that is not there yet.")],
    keep: Annotated[
        int | None, typer.Option(min=1, help="Delete all but the newest N of the folder.")
    ] = None,
    every: Annotated[
        float | None, typer.Option(min=0.0001, help="Stay, and take one every so many hours.")
    ] = None,
) -> None:
    """Back the database up while the bot works. A backup is a file and its .json."""
    url = Settings().database_url
    if (keep or every) and target.suffix and not target.is_dir():
        raise typer.BadParameter("--keep and --every want a folder", param_hint="TARGET")
    if every:
        signal.signal(signal.SIGTERM, _end)
    while True:
        try:
            _backup(url, target, keep)
        except (Unfit, Unreachable) as error:
            if every is None:
                raise SetUpError(str(error)) from error
            _LOG.error("no backup, again in %d s: %s", _AGAIN_S, error)
            time.sleep(_AGAIN_S)
            continue
        if every is None:
            return
        time.sleep(every * 3600)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)  # what is half written is removed on the way


def _backup(url: str, target: Path, keep: int | None) -> None:
    now = datetime.now(UTC)
    file, manifest = backups.take(url, target, now)
    asyncio.run(_note(url, now))
    rows = sum(manifest.counts.values())
    typer.echo(f"{file}: {rows:,} rows, schema {manifest.schema}, {file.stat().st_size:,} bytes")
    if keep:
        for old in backups.forget_old(file.parent, keep, now):
            typer.echo(f"deleted: {old.name}")


async def _note(url: str, now: datetime) -> None:
    database = Database(url)
    try:
        async with database.begin() as session:
            await note_backup(session, now)
    finally:
        await database.close()


def restore(
    file: Annotated[Path, typer.Argument(help="The backup; its .json stands beside it.")],
    replace: Annotated[  # noqa: FBT002
        bool, typer.Option("--replace", help="Put it in the place of the rows that are there.")
    ] = False,
) -> None:
    """Put a backup back, verified first and all or nothing. Stop the bot before."""
    url = Settings().database_url
    now = datetime.now(UTC)
    try:
        done = backups.restore(url, file, now, replace=replace)
    except Unfit as error:
        raise SetUpError(str(error)) from error
    except Held as held:
        raise SetUpError(f"A bot runs on {held}. Stop it first.") from held
    manifest = done.manifest
    asyncio.run(_note(url, manifest.taken_at))
    lost = now - manifest.taken_at
    typer.echo(
        f"Restored: {sum(manifest.counts.values()):,} rows, schema {manifest.schema}, as of "
        f"{manifest.taken_at:%Y-%m-%d %H:%M} UTC. What came in the {_span(lost.total_seconds())} "
        "since is not in it."
    )
    if done.waiting or done.refired:
        typer.echo(
            f"Fell due by now: messages {done.waiting}, schedules {done.refired}. They may have "
            "been sent since: the bot looks for each in the chat before it sends it."
        )
    if done.aside:
        typer.echo(f"What was there before is kept as {done.aside}; delete it when all is well.")
    typer.echo("Next: spindel db upgrade" if done.older_schema else "Next: spindel db check")


def check() -> None:
    """Tell whether the database is whole and fits this program; exit 3 when it does not."""
    url = Settings().database_url
    found = examine(url)
    wrong = list(_wrong(found))
    rows = ", ".join(f"{table} {n:,}" for table, n in found.counts.items() if n)
    typer.echo(f"rows: {rows or 'none'}")
    if not wrong:
        stands = asyncio.run(_standing(url))
        for line in (*_promises(stands), *_aside(found)):
            typer.echo(line)
    if wrong:
        raise SetUpError("\n".join(wrong))
    typer.echo(f"The database is whole, at schema {found.schema}, as this program needs.")


def _wrong(found: Checkup) -> list[str]:
    lines = [f"damaged: {line}" for line in found.damage]
    if found.damage:
        return [*lines, "Stop the bot and restore a backup: spindel db restore FILE --replace"]
    if found.schema != found.wanted:
        stands = f"The database is at schema {found.schema or 'none'}, this program needs"
        return [f"{stands} {found.wanted}. Make a backup, then run: spindel db upgrade"]
    if found.drifted:
        return ["The tables are not those of the schema's revision: something else changed them."]
    return []


def _promises(stands: Standing) -> list[str]:
    lines = [f"outbox: {stands.pending} pending, oldest due {_span(stands.oldest_due_s)} ago"]
    if not stands.oldest_due_s:
        lines = [f"outbox: {stands.pending} pending, none overdue"]
    if stands.dead:
        why = ", ".join(f"{reason} {n}" for reason, n in stands.dead.items())
        lines.append(f"not delivered in the last 7 days: {why}")
    if stands.backed_up is None:
        return [*lines, "backup: none was ever taken. Run: spindel db backup FOLDER"]
    age = (datetime.now(UTC) - stands.backed_up).total_seconds()
    late = ", older than a day" if age > _OLD_H * 3600 else ""
    return [*lines, f"backup: {_span(age)} ago{late}"]


def _aside(found: Checkup) -> list[str]:
    return [f"left by a restore, delete it when all is well: {name}" for name in found.aside]


async def _standing(url: str) -> Standing:
    database = Database(url)
    try:
        now = await database.now()
        async with database.begin() as session:
            return await standing(session, now)
    finally:
        await database.close()


def _span(seconds: float) -> str:
    """Return a length of time in its largest fitting unit."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        n = round(seconds / size)
        if n > 1 or size == 1:
            return f"{n} {name}{'' if n == 1 else 's'}"
    return ""
