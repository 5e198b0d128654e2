"""`spindel demo`: the demo university on the page, and in the chats that are set up."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.assembly import assembled
from bot.commands.failure import SetUpError
from bot.commands.rasa_for import rasa_for
from bot.commands.sides import chat_sides
from bot.rasa.embedded import VECTORS
from bot.running import PortTaken, check_port, run
from bot.settings import Settings
from bot.transport import Channel
from bot.web.app import create_app
from bot.web.channel import PageChannel
from nlu.client import RasaClient
from storage import Database, schema
from storage.demo import NotEmpty, fill
from storage.holding import Held, Hold
from storage.queries.settings import DEMO, read_setting

_SEED = 1
_TO_TRY = """
  Open   http://{host}:{port}   and choose whom to be. Three things to try:

    Vilka alumner är mentorer inom hållbarhet?
    Lägg in Anna Svensson som gästföreläsare den 12 mars 13–15, FEK101
    Remind me on Friday at 9 to call Volvo

  Ctrl-C stops everything.
"""


def demo() -> None:
    """Start the bot with an invented university, in which you can be anybody."""
    asyncio.run(_demo(Settings()))


async def _demo(settings: Settings) -> None:
    console = Console(stderr=True)
    _check_port(settings)
    hold = _hold(settings.database_url)
    try:
        console.print("Preparing the demo university …")
        database = await _filled(settings)
        console.print("Starting the language model …")
        async with rasa_for(settings, follow=True) as rasa:
            await _talk(settings, database, rasa, console)
    finally:
        hold.release()


async def _talk(settings: Settings, database: Database, rasa: RasaClient, console: Console) -> None:
    page = PageChannel()
    chats = chat_sides(settings, demo=True)
    channels: list[Channel] = [*(chat.channel for chat in chats), page]
    bot = await assembled(
        database,
        rasa,
        channels,
        movable=True,
        collect_unsure=settings.collect_unsure,
        vectors=VECTORS,
    )
    console.print(_TO_TRY.format(host=settings.host, port=settings.port), highlight=False)
    app = create_app(bot, page)
    for chat in chats:
        chat.serve(bot)
        if chat.router is not None:
            app.include_router(chat.router)
    await run(bot, app, chats, settings.host, settings.port)


def _check_port(settings: Settings) -> None:
    try:
        check_port(settings.host, settings.port)
    except PortTaken as taken:
        raise SetUpError(
            f"Another program listens on {taken}. Stop it, or choose another port: "
            f"SPINDEL_PORT={settings.port + 1} make demo"
        ) from taken


def _hold(url: str) -> Hold:
    try:
        return Hold(url)
    except Held as held:
        raise SetUpError(
            f"A bot already runs on {held}. One process at a time can use an SQLite file; for "
            "more than one, set SPINDEL_DATABASE_URL to a PostgreSQL database."
        ) from held


async def _filled(settings: Settings) -> Database:
    schema.upgrade(settings.database_url)
    database = Database(settings.database_url)
    today = datetime.now(ZoneInfo(settings.zone)).date()
    async with database.begin() as session:
        if await read_setting(session, DEMO) is None:
            try:
                await fill(session, _SEED, today)
            except NotEmpty:
                raise SetUpError(
                    "This database holds real people; the demo only starts on one of its own. "
                    "Unset SPINDEL_DATABASE_URL or name another."
                ) from None
    return database
