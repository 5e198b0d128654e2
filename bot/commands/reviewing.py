"""`spindel nlu review`: say what the messages meant that the bot was not sure of."""

import asyncio
import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt
from rich.table import Table

from bot.commands.failure import SetUpError
from bot.settings import Settings
from bot.taught import TAUGHT, intents, teach
from storage import Database, Session
from storage.queries.learning import unsure_message, unsure_messages
from storage.tables import UnsureMessage

_SKIP, _DROP, _QUIT = "s", "d", "q"


def review(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="List what waits, as JSON.")] = False,
    label: Annotated[
        tuple[int, str] | None, typer.Option(help="NUMBER INTENT: label one message.")
    ] = None,
    drop: Annotated[int | None, typer.Option(help="NUMBER: forget one message.")] = None,
) -> None:
    """Look at the messages that the bot was not sure of, and say what they meant."""
    asyncio.run(_review(Settings(), as_json=as_json, label=label, drop=drop))


async def _review(
    settings: Settings, *, as_json: bool, label: tuple[int, str] | None, drop: int | None
) -> None:
    database = Database(settings.database_url)
    try:
        if label:
            typer.echo(await _label(database, *label))
        elif drop is not None:
            typer.echo(await _drop(database, drop))
        else:
            await _show(settings, database, as_json=as_json)
    finally:
        await database.close()


async def _show(settings: Settings, database: Database, *, as_json: bool) -> None:
    async with database.begin() as session:
        waiting = await unsure_messages(session)
    if as_json:
        for row in waiting:
            typer.echo(json.dumps(_line(row), ensure_ascii=False))
        return
    if not waiting:
        typer.echo(
            "Nothing waits for a label."
            if settings.collect_unsure
            else "Nothing is collected: SPINDEL_COLLECT_UNSURE is off. docs/nlu.md tells more."
        )
        return
    _list(waiting)
    if sys.stdin.isatty() and sys.stdout.isatty():
        await _ask(database, waiting)


def _line(row: UnsureMessage) -> dict[str, object]:
    told = {"id": row.id, "text": row.text, "lang": row.lang, "offered": row.offered}
    return {**told, "chosen": row.chosen, "collected_at": row.collected_at.isoformat()}


def _list(waiting: list[UnsureMessage]) -> None:
    table = Table("no.", "message", "offered", "chosen", "on")
    for row in waiting:
        offered, on = ", ".join(row.offered), row.collected_at.date().isoformat()
        table.add_row(str(row.id), escape(row.text), offered, row.chosen or "–", on)
    Console().print(table)


async def _ask(database: Database, waiting: list[UnsureMessage]) -> None:
    known = intents()
    typer.echo(f"What was meant? An intent, {_SKIP}kip, {_DROP}rop or {_QUIT}uit. Intents:")
    typer.echo("  " + ", ".join(known))
    for row in waiting:
        suggested = row.chosen or (row.offered[0] if row.offered else _SKIP)
        said = Prompt.ask(
            f"{row.id}  {escape(row.text)}",
            choices=[*known, _SKIP, _DROP, _QUIT],
            show_choices=False,
            default=suggested,
        )
        if said == _QUIT:
            break
        if said == _DROP:
            typer.echo(await _drop(database, row.id))
        elif said != _SKIP:
            typer.echo(await _label(database, row.id, said))


async def _label(database: Database, number: int, intent: str) -> str:
    if intent not in intents():
        raise SetUpError(f"There is no intent {intent}. There are: {', '.join(intents())}")
    async with database.begin() as session:
        row = await _found(session, number)
        try:
            path = teach(row.text, row.lang, intent, TAUGHT)
        except OSError as error:
            raise SetUpError(f"{error.filename} cannot be written: {error.strerror}") from error
        await session.delete(row)
    return f"{number}: {intent}, in {path}. It counts after: spindel nlu train"


async def _drop(database: Database, number: int) -> str:
    async with database.begin() as session:
        await session.delete(await _found(session, number))
    return f"{number}: forgotten"


async def _found(session: Session, number: int) -> UnsureMessage:
    row = await unsure_message(session, number)
    if row is None:
        raise SetUpError(f"No message has the number {number}. See: spindel nlu review")
    return row
