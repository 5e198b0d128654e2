"""What the tests of Teams share."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.bot.teams.driver import Driver
from tests.bot.teams.echo import Echo
from tests.bot.teams.issuer import Issuer
from tests.bot.teams.playground import ALMA, Person, Playground, playground_missing
from tests.bot.teams.proxy import Proxy
from tests.bot.teams.serving import address, listening, served


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
    """Give the proxy between bot and peer."""
    between = Proxy()
    await between.start()
    yield between
    await between.stop()


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
