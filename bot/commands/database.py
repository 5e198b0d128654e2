"""`spindel db`: bring the schema up to date, fill in the demo university."""

import asyncio
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.failure import SetUpError
from bot.settings import Settings
from storage import Database, schema
from storage.demo import NotEmpty, fill


def upgrade() -> None:
    """Bring the database to this program's schema."""
    schema.upgrade(Settings().database_url)
    typer.echo("The database is up to date.")


def downgrade(revision: str) -> None:
    """Step the schema back to REVISION, before an older program is started."""
    schema.downgrade(Settings().database_url, revision)
    typer.echo(f"The schema is now at {revision}.")


def demo(
    seed: Annotated[int, typer.Option(help="The same number gives the same university.")] = 1,
) -> None:
    """Create the database named and fill it with the demo university."""
    url = Settings().database_url
    schema.upgrade(url)
    try:
        counts = asyncio.run(_fill(url, seed))
    except NotEmpty:
        raise SetUpError(
            "The database already holds people, and the demo university goes only into an "
            "empty one. Name another with SPINDEL_DATABASE_URL."
        ) from None
    typer.echo(", ".join(f"{n:,} {what}" for what, n in counts.items()))


async def _fill(url: str, seed: int) -> dict[str, int]:
    database = Database(url)
    try:
        async with database.begin() as session:
            return await fill(session, seed, datetime.now(ZoneInfo(Settings().zone)).date())
    finally:
        await database.close()
