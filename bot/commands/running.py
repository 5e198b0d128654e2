"""`spindel run`: the bot in production."""

import asyncio

from fastapi import FastAPI

from bot.assembly import assembled
from bot.commands.failure import SetUpError
from bot.commands.rasa_for import rasa_for
from bot.commands.sides import chat_sides
from bot.health import health_routes
from bot.metrics import metrics_side
from bot.rasa.embedded import VECTORS
from bot.running import PortTaken, Side, check_port
from bot.running import run as work
from bot.settings import Settings
from storage import Database, schema
from storage.holding import Held, Hold
from storage.queries.settings import DEMO, read_setting

_AT_ONCE = 8  # messages on their way; a slow answer of the platform holds up no other


def run() -> None:
    """Start the bot: settings come from SPINDEL_* variables, see docs/settings.md."""
    asyncio.run(_run(Settings()))


async def _run(settings: Settings) -> None:
    _check(settings)
    try:
        hold = Hold(settings.database_url)
    except Held as held:
        raise SetUpError(
            f"A bot already runs on {held}. One process at a time can use an SQLite file; for "
            "more than one, set SPINDEL_DATABASE_URL to a PostgreSQL database."
        ) from held
    try:
        database = Database(settings.database_url)
        await _refuse_demo(database)
        async with rasa_for(settings, follow=True) as rasa:
            chats = chat_sides(settings, demo=False)
            bot = await assembled(
                database,
                rasa,
                [chat.channel for chat in chats],
                collect_unsure=settings.collect_unsure,
                at_once=_AT_ONCE,
                vectors=VECTORS,
            )
            app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
            app.include_router(health_routes(bot))
            for chat in chats:
                chat.serve(bot)
                if chat.router is not None:
                    app.include_router(chat.router)
            sides: list[Side] = [*chats]
            if settings.metrics_port:
                sides.append(metrics_side(bot, settings.metrics_host, settings.metrics_port))
            await work(bot, app, sides, settings.host, settings.port)
    finally:
        hold.release()


def _check(settings: Settings) -> None:
    slack = settings.slack_bot_token.get_secret_value()
    if not (slack or settings.teams_app_id or settings.teams_unauthenticated):
        raise SetUpError(
            "There is no chat to talk in: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN as "
            "docs/slack.md says, or TEAMS_APP_ID, TEAMS_TENANT_ID and TEAMS_CLIENT_SECRET as "
            "docs/teams.md says. To look around without either: make demo"
        )
    stands, wanted = schema.revisions(settings.database_url)
    if stands != wanted:
        raise SetUpError(
            f"The database is at schema {stands or 'none'}, this program needs {wanted}. "
            "Make a backup, then run: spindel db upgrade"
        )
    try:
        check_port(settings.host, settings.port)
        if settings.metrics_port:
            check_port(settings.metrics_host, settings.metrics_port)
    except PortTaken as taken:
        raise SetUpError(
            f"Another program listens on {taken}. Set SPINDEL_PORT or SPINDEL_METRICS_PORT to a "
            "free port."
        ) from taken


async def _refuse_demo(database: Database) -> None:
    async with database.begin() as session:
        if await read_setting(session, DEMO) is not None:
            raise SetUpError(
                "This database holds the demo university, whose people are invented. "
                "Name another with SPINDEL_DATABASE_URL."
            )
