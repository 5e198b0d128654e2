"""Socket Mode: a connection that has gone silent is replaced by a new one."""

import asyncio

from bot.assembly import Bot
from bot.slack.app import SlackSide
from bot.slack.socket import SocketLine
from tests.bot.slack.conftest import settings_for
from tests.bot.slack.driver import Driver
from tests.bot.slack.peer import APP_TOKEN, JOHAN
from tests.bot.slack.proxy import Proxy


async def test_a_connection_nobody_reads_is_replaced(proxy: Proxy, bot: Bot, http: object) -> None:
    side = SlackSide(settings_for(proxy), demo=False, pace_s=0)
    side.line = SocketLine(side.app, APP_TOKEN, f"{proxy.url}/api/", check_s=0.2)
    side.serve(bot)
    await side.start()
    while not await side.line.alive():
        await asyncio.sleep(0.01)
    handler = side.line._handler
    assert handler is not None
    # It goes on receiving and answering pings, but nothing is done with what comes.
    handler.client.message_processor.cancel()
    while side.line.built < 2 or not await side.line.alive():
        await asyncio.sleep(0.05)
    slack = Driver(proxy.peer, side, http)  # type: ignore[arg-type]
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1
    await side.stop()


async def test_silence_leads_to_a_new_connection(
    proxy: Proxy, bot: Bot, slack_peer: object, http: object
) -> None:
    side = SlackSide(settings_for(proxy), demo=False, pace_s=0)
    side.line = SocketLine(side.app, APP_TOKEN, f"{proxy.url}/api/", check_s=0.2)
    side.serve(bot)
    await side.start()
    slack = Driver(proxy.peer, side, http)  # type: ignore[arg-type]
    await slack.say(JOHAN, "hjälp")
    proxy.silent = True
    while side.line.built < 2:
        await asyncio.sleep(0.05)
    proxy.silent = False
    while not await side.line.alive():
        await asyncio.sleep(0.05)
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 2
    assert proxy.sockets >= 2
    assert slack_peer is not None
    await side.stop()


async def test_a_slack_that_is_away_is_tried_until_it_is_back(
    proxy: Proxy, bot: Bot, http: object
) -> None:
    side = SlackSide(settings_for(proxy), demo=False, pace_s=0)
    side.line = SocketLine(side.app, APP_TOKEN, f"{proxy.url}/api/", check_s=0.2)
    side.serve(bot)
    proxy.trouble("apps.connections.open", times=3, status=500, error="internal_error")
    await side.start()
    while not await side.line.alive():
        await asyncio.sleep(0.05)
    slack = Driver(proxy.peer, side, http)  # type: ignore[arg-type]
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1
    await side.stop()
