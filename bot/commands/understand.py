"""`spindel understand`: what a message means, as JSON lines."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from bot.assembly import gazetteer
from bot.commands.json_file import answer_lines
from bot.commands.rasa_for import rasa_for
from bot.settings import Settings
from nlu.understanding import Nlu
from storage import Database


def understand(
    jsonl: Annotated[str, typer.Option(help="A file of JSON lines, or - for standard input.")],
) -> None:
    """Tell intent, entities and time of {"id", "text", "lang"?, "now"?} lines."""
    asyncio.run(_understand(Settings(), jsonl))


async def _understand(settings: Settings, source: str) -> None:
    database = Database(settings.database_url)
    async with rasa_for(settings) as rasa:
        nlu = Nlu(rasa, await gazetteer(database))

        async def answer(given: dict[str, Any]) -> dict[str, Any]:
            lang = given.get("lang")
            if lang not in {None, "sv", "en"}:
                raise ValueError("lang is sv or en")
            now = datetime.fromisoformat(given["now"]) if given.get("now") else datetime.now(UTC)
            if now.tzinfo is None:
                raise ValueError("now is an ISO 8601 time with an offset")
            return (await nlu.understand(given["text"], now, lang=lang)).to_json()

        try:
            await answer_lines(source, answer)
        finally:
            await database.close()
