"""The list of commands, and what all of them owe: plain errors and quiet logs."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console

from bot.commands import chat, database, understand, when
from bot.commands.failure import SetUpError
from bot.settings import Settings
from storage import Unreachable

cli = typer.Typer(
    name="spindel",
    help="Spindel: a Slack and Teams bot for the alumni work of a university.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    import functools  # noqa: PLC0415

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        logging.basicConfig(
            level=Settings().log_level,
            stream=sys.stderr,
            format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        )
        # httpx tells whole addresses at INFO, and Rasa's token is in them.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        try:
            command(*args, **kwargs)
        except SetUpError as error:
            Console(stderr=True).print(str(error), style="bold red", markup=False)
            sys.exit(3)
        except Unreachable as error:
            Console(stderr=True).print(
                f"The database cannot be used: {error}. Check SPINDEL_DATABASE_URL, the disk and "
                "whether another program holds it.",
                style="bold red",
                markup=False,
            )
            sys.exit(3)
        except KeyboardInterrupt:
            sys.exit(130)

    return run


cli.command()(_guarded(chat.chat))
cli.command()(_guarded(understand.understand))
cli.command()(_guarded(when.when))

db = typer.Typer(help="The database: schema, demo university.", no_args_is_help=True)
db.command("upgrade")(_guarded(database.upgrade))
db.command("downgrade")(_guarded(database.downgrade))
db.command("check")(_guarded(database.check))
db.command("demo")(_guarded(database.demo))
cli.add_typer(db, name="db")
