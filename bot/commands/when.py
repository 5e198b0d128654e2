"""`spindel when`: what a time phrase means, as JSON lines."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.commands.json_file import answer_lines
from nlu.times import find


def when(
    jsonl: Annotated[str, typer.Option(help="A file of JSON lines, or - for standard input.")],
) -> None:
    """Tell the times in {"id", "text", "ref", "tz"?, "lang"?} lines."""
    asyncio.run(answer_lines(jsonl, _when))


async def _when(given: dict[str, Any]) -> dict[str, Any]:
    ref = datetime.fromisoformat(str(given.get("ref")))
    if ref.tzinfo is None:
        raise ValueError("ref is an ISO 8601 time with an offset")
    lang = given.get("lang")
    if lang not in {None, "sv", "en"}:
        raise ValueError("lang is sv or en")
    zone = given.get("tz") or "Europe/Stockholm"
    found: dict[str, Any] = find(given["text"], ref, tz=zone, lang=lang).to_json()
    return found
