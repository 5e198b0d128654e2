"""`spindel import`: files from the alumni register, the staff directory and other systems."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.failure import SetUpError
from bot.settings import Settings
from nlu.masking import has_personnummer
from storage import Database, schema
from storage.imports import KINDS, BadFile, Errand, Import, Source, Summary, look_at, suspicion

_STATES = ("new", "changed", "unchanged", "rejected")


class What(StrEnum):
    """The kinds of file."""

    ALUMNI = "alumni"
    STAFF = "staff"
    UNITS = "units"
    COORDINATORS = "coordinators"
    PROGRAMMES = "programmes"
    FIELDS = "fields"
    CITIES = "cities"


def import_(
    what: Annotated[What, typer.Argument(help="What the rows of the file are.")],
    file: Annotated[Path, typer.Argument(help="A CSV file.", exists=True, dir_okay=False)],
    ignore: Annotated[
        list[str] | None, typer.Option(help="A column to leave out; may be repeated.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would happen and write nothing.")
    ] = False,
) -> None:
    """Take in a CSV file. Rows that cannot be used go to FILE.rejected.csv with the reason.

    Importing the same file again changes nothing. Exit 1: some rows were rejected.
    """
    settings = Settings()
    stands, wanted = schema.revisions(settings.database_url)
    if stands != wanted:
        raise SetUpError("The database is empty or of another version. Run: spindel db upgrade")
    summary = Summary()
    try:
        asyncio.run(_import(settings, what, file, ignore or [], summary, write=not dry_run))
    except BadFile as error:
        raise SetUpError(f"{file}: {error}") from error
    except KeyboardInterrupt:
        typer.echo(_stopped(summary, dry_run=dry_run), err=True)
        raise
    if summary.counts["rejected"]:
        sys.exit(1)


async def _import(
    settings: Settings,
    what: What,
    file: Path,
    ignored: list[str],
    summary: Summary,
    *,
    write: bool,
) -> None:
    refuses = suspicion(has_personnummer)
    kind = KINDS[what]
    source = look_at(file, kind.columns, ignored, refuses)
    if source.encoding.doubt:
        typer.echo(source.encoding.doubt, err=True)
    now = datetime.now(UTC)
    errand = Errand(
        now,
        now.astimezone(ZoneInfo(settings.zone)).date(),
        write=write,
        given=source.header.given,
        notes=summary.notes,
    )
    database = Database(settings.database_url)
    try:
        with _progress(source) as progress:
            work = Import(database, kind(errand), source, refuses, summary)
            await work.run(progress)
    finally:
        await database.close()
    _tell(summary, source, kind.told, write=write)


@contextmanager
def _progress(source: Source) -> Iterator[Callable[[int], None]]:
    """Give what to tell the row that was reached to: a bar on a terminal, else nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _row: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        total = max(source.encoding.lines - 1, 1)
        task = bar.add_task(source.path.name, total=total)
        yield lambda row: bar.update(task, completed=min(row - 1, total))
        bar.update(task, completed=total)


def _tell(summary: Summary, source: Source, told: str, *, write: bool) -> None:
    typer.echo(f"{source.path.name}: {source.told}, {summary.rows:,} rows")
    if not write:
        typer.echo("Dry run: nothing was written to the database.")
    for state in _STATES:
        typer.echo(f"  {state:<10} {summary.counts[state]:>9,}{_where(summary, state)}")
    for note, times in summary.notes.items():
        typer.echo(f"Note: {note} ({times:,} times).")
    changed = [f"{label}: {', '.join(columns)}" for label, columns in summary.changed]
    _list("Changed", changed, summary.counts["changed"])
    rejected = [f"row {number}: {reason}" for number, reason in summary.rejected]
    _list("Rejected", rejected, summary.counts["rejected"])
    if summary.rejected_path is not None:
        typer.echo(f"The rejected rows, each with its reason: {summary.rejected_path}")
    typer.echo(f"The {told} that are not in the file were left as they are.")


def _where(summary: Summary, state: str) -> str:
    """Return in which columns rows changed, the most frequent first."""
    if state != "changed" or not summary.columns:
        return ""
    listed = (f"{column} {times:,}" for column, times in summary.columns.most_common())
    return f"   {', '.join(listed)}"


def _list(head: str, lines: list[str], times: int) -> None:
    if not lines:
        return
    typer.echo(f"{head}:")
    for line in lines:
        typer.echo(f"  {line}")
    if times > len(lines):
        typer.echo(f"  … and {times - len(lines):,} more")


def _stopped(summary: Summary, *, dry_run: bool) -> str:
    if dry_run:
        return "Stopped. Nothing was written to the database."
    return f"Stopped. {summary.rows:,} rows are done; the same command again goes on from there."
