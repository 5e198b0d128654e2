"""What the tests of Teams share."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.assembly import Bot, assembled
from bot.chats import patience
from bot.settings import Settings
from bot.teams.app import TeamsSide
from nlu.client import RasaClient
from storage import Database
from tests.bot.teams.driver import Driver
from tests.bot.teams.echo import Echo
from tests.bot.teams.issuer import Issuer
from tests.bot.teams.playground import ALMA, Person, Playground, playground_missing
from tests.bot.teams.proxy import Proxy
from tests.bot.teams.serving import address, listening, served
from tests.conftest import NOW, RasaServer

NOBODY = "http://127.0.0.1:9"  # the discard port: no Rasa answers there


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    """Give a Bot Framework with keys of our own."""
    made = Issuer()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(scope="session")
def playground() -> None:
    """Look whether the peer is installed, or skip by name."""
    lacking = playground_missing()
    if lacking and os.environ.get("CI") != "true":
        pytest.skip(lacking)
    assert lacking is None, lacking


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """Give the proxy between bot and peer; whatever passed it must be what Teams shows."""
    between = Proxy()
    await between.start()
    yield between
    await between.stop()
    assert between.broken == []


@pytest.fixture
async def peers(playground: None, tmp_path: Path, proxy: Proxy) -> AsyncIterator["Peers"]:
    """Give what starts peers; what they wrote is shown where a test fails."""
    assert playground is None
    async with AsyncExitStack() as stack:
        made = Peers(tmp_path, proxy, stack)
        yield made
        for peer in made.started:
            print(peer.log()[-4000:])  # noqa: T201 (pytest shows it beside a failure)


class Peers:
    """Starts a peer for a bot."""

    def __init__(self, folder: Path, proxy: Proxy, stack: AsyncExitStack) -> None:
        self._folder = folder
        self._proxy = proxy
        self._stack = stack
        self.started: list[Playground] = []

    async def start(self, bot: str, me: Person) -> Playground:
        """Start a peer at whose page one person sits."""
        peer = await Playground.start(self._folder, me, f"{bot}/api/messages", self._proxy.url)
        self._stack.push_async_callback(peer.stop)
        self._proxy.peer = peer.url
        self.started.append(peer)
        return peer


@pytest.fixture
async def echo(peers: Peers, proxy: Proxy) -> AsyncIterator[tuple[Echo, Driver]]:
    """Give the echo bot in the tenant, and hands and eyes there."""
    bot, door = Echo(), listening()
    await bot.start()

    async def idle() -> None:
        """Do nothing: it answers before the peer is told that it has its message."""

    peer = await peers.start(address(door), ALMA)
    driver = Driver(peer, proxy, idle)
    async with served(bot.web, door):
        await driver.open()
        yield bot, driver
        await driver.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again without pauses."""
    monkeypatch.setattr(patience, "_WAITS_S", (0.01, 0.01, 0.01))


@pytest.fixture
async def bot(demo_url: str, rasa_server: RasaServer) -> AsyncIterator[Bot]:
    """Give a bot over the demo university with a real Rasa, its time standing at NOW."""
    rasa = RasaClient(rasa_server.url, rasa_server.token)
    made = await assembled(Database(demo_url), rasa, [], movable=True, frozen=NOW)
    yield made
    await made.close()


@pytest.fixture
async def wordless(demo_url: str) -> AsyncIterator[Bot]:
    """Give a bot whose Rasa is away: buttons, forms and exact words work."""
    rasa = RasaClient(NOBODY, "none")
    made = await assembled(Database(demo_url), rasa, [], movable=True, frozen=NOW)
    yield made
    await made.close()


Connect = Callable[..., Awaitable[Driver]]


@pytest.fixture
async def connect(peers: Peers, proxy: Proxy) -> AsyncIterator[Connect]:
    """Give what connects a bot to the tenant, at whose page one person sits."""
    async with AsyncExitStack() as stack:

        async def connected(bot: Bot, me: Person = ALMA, *, demo: bool = False) -> Driver:
            door = listening()
            side = TeamsSide(Settings(_env_file=None, teams_unauthenticated=True), demo=demo)
            side.serve(bot)
            app = FastAPI()
            app.include_router(side.router)
            bot.delivery.channels.insert(0, side.channel)
            await side.start()
            stack.push_async_callback(side.stop)
            driver = Driver(await peers.start(address(door), me), proxy, side.idle)
            await stack.enter_async_context(served(app, door))
            await driver.open()
            stack.push_async_callback(driver.close)
            return driver

        yield connected
