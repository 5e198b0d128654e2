"""`spindel admin`: the central people, of whom the first can only be named here."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.commands.failure import SetUpError
from bot.settings import Settings
from storage import Database, Session, schema
from storage.imports.administrators import (
    Central,
    NotAppointed,
    appoint_central,
    central_people,
    dismiss_central,
)

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,180}\.[^\s@.]{2,60}")
_Found = TypeVar("_Found")
_Work = Callable[[Session, date], Awaitable[_Found]]
_Address = Annotated[str, typer.Argument(help="The address that the directory has verified.")]


def add(
    email: _Address,
    name: Annotated[str | None, typer.Option(help="Her name, for somebody new.")] = None,
) -> None:
    """Make somebody a central person, who may see and decide for all units."""
    address = _checked(email)
    added = _done(lambda session, day: appoint_central(session, address, name, day))
    typer.echo(f"{address} is now central." if added else f"{address} is central already.")


def show() -> None:
    """List the central people."""
    people: list[Central] = _done(central_people)
    if not people:
        typer.echo("Nobody is central yet. Name the first: spindel admin add EMAIL")
    for one in people:
        typer.echo(f"{one.email}  {one.name}, {one.unit}, since {one.since}")


def remove(email: _Address) -> None:
    """Take the central rights from somebody; the last one keeps them."""
    address = _checked(email)
    _done(lambda session, day: dismiss_central(session, address, day))
    typer.echo(f"{address} is no longer central.")


def _checked(email: str) -> str:
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise typer.BadParameter("is not an e-mail address", param_hint="EMAIL")
    return address


def _done(work: _Work[_Found]) -> _Found:
    """Do some work in one transaction on the database of the settings."""
    settings = Settings()
    stands, wanted = schema.revisions(settings.database_url)
    if stands != wanted:
        raise SetUpError("The database is empty or of another version. Run: spindel db upgrade")
    try:
        return asyncio.run(_in_transaction(settings, work))
    except NotAppointed as error:
        raise SetUpError(str(error)) from error


async def _in_transaction(settings: Settings, work: _Work[_Found]) -> _Found:
    database = Database(settings.database_url)
    try:
        async with database.begin() as session:
            return await work(session, datetime.now(ZoneInfo(settings.zone)).date())
    finally:
        await database.close()
