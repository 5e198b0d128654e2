"""JSON lines in, JSON lines out: what `understand` and `when` share."""

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from bot.commands.failure import SetUpError

Answerer = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


async def answer_lines(source: str, answerer: Answerer) -> None:
    """Answer each line of a file (or of standard input for `-`); a bad line does not stop it."""
    for raw in _lines(source):
        if raw.strip():
            sys.stdout.write(json.dumps(await _answered(raw, answerer), ensure_ascii=False) + "\n")
            sys.stdout.flush()


async def _answered(raw: str, answerer: Answerer) -> dict[str, Any]:
    given: Any = None
    try:
        given = json.loads(raw)
        answer = await answerer(_checked(given))
    except (ValueError, RecursionError) as error:
        answer = {"error": {"code": "usage", "text": str(error)}}
    found = given.get("id") if isinstance(given, dict) else None
    return {"id": found, **answer}


def _checked(given: Any) -> dict[str, Any]:
    if isinstance(given, dict) and isinstance(given.get("text"), str):
        return given
    raise ValueError("a line is one JSON object with a text")


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        for raw in sys.stdin.buffer:
            yield raw.decode("utf-8", errors="replace")
        return
    try:
        with Path(source).open(encoding="utf-8-sig", errors="replace") as file:
            yield from file
    except OSError as error:
        raise SetUpError(f"{source} cannot be read: {error.strerror}") from error
