"""The list of commands, and what all of them owe: plain errors and quiet logs."""

import functools
import logging
import sys
from collections.abc import Callable
from typing import Any

import typer
from pydantic import ValidationError
from rich.console import Console

from bot.commands import (
    admin,
    backups,
    chat,
    database,
    demo,
    doctor,
    importing,
    nlu,
    reviewing,
    running,
    settings,
    teams,
    understand,
    when,
)
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


# These tell their daily business at INFO; httpx even whole addresses, with Rasa's token in them.
_TALKATIVE = ("httpx", "alembic", "apscheduler", "slack_bolt", "slack_sdk", "msal")


def _log(level: str) -> None:
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _guarded(command: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            _log(Settings().log_level)
            command(*args, **kwargs)
        except ValidationError as error:
            wrong = ", ".join(str(place) for part in error.errors() for place in part["loc"])
            Console(stderr=True).print(
                f"These settings cannot be read: {wrong}. docs/settings.md says what they take.",
                style="bold red",
                markup=False,
            )
            sys.exit(3)
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


cli.command()(_guarded(demo.demo))
cli.command()(_guarded(running.run))
cli.command()(_guarded(doctor.doctor))
cli.command()(_guarded(chat.chat))
cli.command()(_guarded(understand.understand))
cli.command()(_guarded(when.when))
cli.command("import")(_guarded(importing.import_))
cli.command()(_guarded(settings.settings))

db = typer.Typer(help="The database: schema, backups, demo university.", no_args_is_help=True)
db.command("upgrade")(_guarded(database.upgrade))
db.command("downgrade")(_guarded(database.downgrade))
db.command("check")(_guarded(backups.check))
db.command("backup")(_guarded(backups.backup))
db.command("restore")(_guarded(backups.restore))
db.command("demo")(_guarded(database.demo))
cli.add_typer(db, name="db")

admins = typer.Typer(help="The central people.", no_args_is_help=True)
admins.command("add")(_guarded(admin.add))
admins.command("list")(_guarded(admin.show))
admins.command("remove")(_guarded(admin.remove))
cli.add_typer(admins, name="admin")

chats = typer.Typer(help="Microsoft Teams.", no_args_is_help=True)
chats.command("package")(_guarded(teams.package))
cli.add_typer(chats, name="teams")

learning = typer.Typer(help="The understanding: label, test, train.", no_args_is_help=True)
learning.command("review")(_guarded(reviewing.review))
learning.command("test")(_guarded(nlu.measure))
learning.command("train")(_guarded(nlu.train))
cli.add_typer(learning, name="nlu")
