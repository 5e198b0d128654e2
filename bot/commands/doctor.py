"""`spindel doctor`: what is well, what is not, and the cure, in Swedish and English."""

import asyncio
import sys
from typing import Annotated

import typer
from rich.console import Console

from actions.words import Text
from bot.diagnosis import diagnose
from bot.findings import Finding
from bot.settings import Settings
from bot.translation import Locale, render

_MARKS = {"ok": ("✓", "green"), "note": ("·", "yellow"), "ill": ("✗", "bold red")}


def doctor(
    lang: Annotated[str, typer.Option(help="sv, en or both.")] = "both",
    write_to: Annotated[
        str | None, typer.Option(help="E-mail of somebody who gets a test message in Slack.")
    ] = None,
) -> None:
    """Check database, language model, Slack, Teams and clock; exit 3 when something is wrong."""
    if lang not in {"sv", "en", "both"}:
        raise typer.BadParameter("sv, en or both", param_hint="--lang")
    locales: tuple[Locale, ...] = ("sv", "en") if lang == "both" else _one(lang)
    findings = asyncio.run(diagnose(Settings(), write_to))
    console = Console()
    for finding in findings:
        _show(console, finding, locales)
    if any(finding.state == "ill" for finding in findings):
        sys.exit(3)


def _one(lang: str) -> tuple[Locale, ...]:
    return ("en",) if lang == "en" else ("sv",)


def _show(console: Console, finding: Finding, locales: tuple[Locale, ...]) -> None:
    mark, style = _MARKS[finding.state]
    for place, locale in enumerate(locales):
        told = f"{render(finding.what, locale)}: {render(finding.found, locale)}"
        console.print(f"{mark if place == 0 else ' '} {told}", style=style, markup=False)
        if finding.cure is not None:
            console.print(f"    {_cure(finding.cure, locale)}", markup=False)


def _cure(cure: Text, locale: Locale) -> str:
    return f"→ {render(cure, locale)}"
