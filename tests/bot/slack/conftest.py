"""A Slack workspace with people in it, and the bot connected to it through the proxy."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.assembly import Bot, assembled
from bot.settings import Settings
from bot.slack.app import SlackSide
from nlu.client import RasaClient
from storage import Database
from tests.bot.slack.driver import Driver
from tests.bot.slack.peer import APP_TOKEN, BOT_TOKEN, Peer, peer_missing, workspace
from tests.bot.slack.proxy import Proxy
from tests.conftest import NOW

NOBODY = "http://127.0.0.1:9"  # the discard port: no Rasa answers there


@pytest.fixture(scope="session")
def slack_peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """Start the peer once, or skip by name."""
    lacking = peer_missing()
    if lacking and os.environ.get("CI") != "true":
        pytest.skip(lacking)
    assert lacking is None, lacking
    peer = Peer.start(tmp_path_factory.mktemp("peer"), workspace())
    yield peer
    peer.stop()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for lost messages without pauses: the peer tells their ids at once."""
    monkeypatch.setattr("bot.slack.sending._LOOKS_S", (0.0, 0.0, 0.0))


@pytest.fixture
async def http(slack_peer: Peer) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a client, and a workspace in which nothing has been said."""
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{slack_peer.url}/_control/reset") as response:
            assert response.status == 200
        yield session


@pytest.fixture
async def proxy(slack_peer: Peer, http: aiohttp.ClientSession) -> AsyncIterator[Proxy]:
    """Give the proxy; whatever passed it must have been what Slack takes."""
    assert http is not None
    between = Proxy(slack_peer.url)
    await between.start()
    yield between
    await between.stop()
    assert between.broken == []


@pytest.fixture
async def bot(demo_url: str) -> AsyncIterator[Bot]:
    """Give a bot over the demo university whose Rasa is away: buttons, forms, exact words work."""
    made = await assembled(
        Database(demo_url), RasaClient(NOBODY, "none"), [], movable=True, frozen=NOW
    )
    yield made
    await made.close()


Connect = Callable[..., Awaitable[Driver]]


@pytest.fixture
async def connect(
    slack_peer: Peer, proxy: Proxy, http: aiohttp.ClientSession
) -> AsyncIterator[Connect]:
    """Give what connects a bot to the workspace."""
    async with AsyncExitStack() as stack:

        async def connected(bot: Bot, *, demo: bool = False, **changes: str) -> Driver:
            side = SlackSide(settings_for(proxy, **changes), demo=demo, pace_s=0)
            side.serve(bot)
            bot.delivery.channels.insert(0, side.channel)
            await side.start()
            stack.push_async_callback(side.stop)
            return Driver(slack_peer.url, side, http)

        yield connected


@pytest.fixture
async def slack(connect: Connect, bot: Bot) -> Driver:
    """Give the workspace with the bot in it, where everybody is who her e-mail says."""
    return await connect(bot)


def settings_for(proxy: Proxy, **changes: Any) -> Settings:
    """Return the settings of a bot behind the proxy."""
    values: dict[str, Any] = {
        "slack_bot_token": SecretStr(BOT_TOKEN),
        "slack_app_token": SecretStr(APP_TOKEN),
        "slack_api_url": f"{proxy.url}/api/",
        **changes,
    }
    return Settings(_env_file=None, **values)
