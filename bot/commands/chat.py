"""`spindel chat`: talk with the bot in a terminal, as a person or as a program."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from actions.request import Surface
from bot.assembly import assembled
from bot.commands.failure import SetUpError
from bot.commands.rasa_for import rasa_for
from bot.rasa.embedded import VECTORS
from bot.settings import Settings
from bot.terminal.channel import TerminalChannel
from bot.terminal.json_lines import LONGEST_LINE, JsonChat
from bot.terminal.talk import talk
from storage import Database, schema


def chat(
    as_: Annotated[str | None, typer.Option("--as", help="E-mail of the person to be.")] = None,
    lang: Annotated[str | None, typer.Option(help="sv or en; else as you write.")] = None,
    now: Annotated[str | None, typer.Option(help="Stand at this ISO 8601 time.")] = None,
    surface: Annotated[Surface, typer.Option(help="Where it is said.")] = Surface.DIRECT,
    *,
    json: Annotated[bool, typer.Option("--json", help="JSON lines in and out.")] = False,
) -> None:
    """Talk with the bot here in the terminal."""
    if lang not in {None, "sv", "en"}:
        raise typer.BadParameter("sv or en", param_hint="--lang")
    asyncio.run(_chat(Settings(), as_, lang, _frozen(now), surface, json=json))


def _frozen(now: str | None) -> datetime | None:
    if now is None:
        return None
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        raise typer.BadParameter("an ISO 8601 time with an offset", param_hint="--now") from None
    if moment.tzinfo is None:
        raise typer.BadParameter("an ISO 8601 time with an offset", param_hint="--now")
    return moment.astimezone(UTC)


async def _chat(
    settings: Settings,
    as_: str | None,
    lang: Any,
    frozen: datetime | None,
    surface: Surface,
    *,
    json: bool,
) -> None:
    stands, wanted = schema.revisions(settings.database_url)
    if stands != wanted:
        raise SetUpError("The database is empty or of another version. Run: spindel db upgrade")
    async with rasa_for(settings) as rasa:
        channel = TerminalChannel()
        database = Database(settings.database_url)
        bot = await assembled(
            database, rasa, [channel], movable=True, frozen=frozen, vectors=VECTORS
        )
        lines = JsonChat(bot, channel, as_=as_, lang=lang, surface=surface)
        fields = asyncio.create_task(bot.learn_fields())  # meanwhile she begins to type
        try:
            await (_json(lines) if json else talk(lines))
        finally:
            fields.cancel()
            await asyncio.gather(fields, return_exceptions=True)
            await bot.close()


async def _json(lines: JsonChat) -> None:
    while raw := await asyncio.to_thread(sys.stdin.buffer.readline, LONGEST_LINE * 4):
        text = raw.decode("utf-8", errors="replace").strip()
        if text:
            sys.stdout.write(await lines.line(text) + "\n")
            sys.stdout.flush()
