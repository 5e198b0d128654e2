"""`spindel import`: files from the alumni register, the staff directory and other systems."""

import asyncio
import sys
from collections.abc import Iterator
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
_SHOWN = 10


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
