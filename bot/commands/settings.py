"""`spindel settings`: the table of settings, written from the code into the docs."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot.settings import ROOT, Settings

_HEAD = """# Settings

Every setting of the program, generated from the code by `make docs`. They are read from the
environment and from a file `.env` in the folder where the program starts.

| variable | default | meaning |
| --- | --- | --- |
"""


def settings(
    write: Annotated[Path | None, typer.Option(help="Write the table to this file.")] = None,
) -> None:
    """Print the table of settings."""
    table = settings_table()
    if write is None:
        typer.echo(table)
    else:
        write.write_text(table, encoding="utf-8")


def settings_table() -> str:
    """Return the table as Markdown; secrets and paths of this machine never stand in it."""
    rows = []
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"SPINDEL_{name.upper()}")
        default = field.default
        if isinstance(default, SecretStr) or default in {"", PydanticUndefined}:
            shown = ""
        else:
            shown = f"`{default}`".replace(f"{ROOT}/", "")
        rows.append(f"| `{variable}` | {shown} | {field.description} |")
    return _HEAD + "\n".join(rows) + "\n"
