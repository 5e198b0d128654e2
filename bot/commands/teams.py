"""`spindel teams`: the package that is uploaded to Teams."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from actions.words import Text, _
from bot.commands.failure import SetUpError
from bot.settings import Settings
from bot.teams.package import files, problems, zipped
from bot.translation import Locale, render

_BOTH: tuple[Locale, ...] = ("sv", "en")


def package(
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("spindel-teams.zip"),
) -> None:
    """Write the app package that an administrator uploads to Teams."""
    settings = Settings()
    released = version("spindel")
    contents = files(settings, released)
    found = problems(contents)
    if found:
        raise SetUpError(
            "Teams would refuse the package:\n" + "\n".join(f"- {each}" for each in found)
        )
    try:
        out.write_bytes(zipped(contents))
    except OSError as error:
        raise SetUpError(f"{out} cannot be written: {error.strerror}.") from error
    for locale in _BOTH:
        for line in _next_steps(str(out), released):
            typer.echo(render(line, locale))
        typer.echo()


def _next_steps(file: str, released: str) -> tuple[Text, ...]:
    return (
        _("{file} is written: Spindel {version} for Teams.", file=file, version=released),
        _(
            "To try it alone first: in Teams, Apps → Manage your apps → Upload an app → Upload a "
            "custom app."
        ),
        _(
            "To give it to the university: Teams admin center (admin.teams.microsoft.com) → Teams "
            "apps → Manage apps → Actions → Upload new app; then choose under Users and groups "
            "who gets it."
        ),
        _("Then write Help to Spindel in Teams. If nothing answers, run: spindel doctor"),
        _("docs/teams.md has every step, and what to check at each."),
    )
