"""The page as a browser meets it: the real bot, a real Rasa, a real Chromium."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from playwright.async_api import BrowserContext, Locator, Page, async_playwright, expect

from bot.assembly import Bot, assembled
from bot.web.app import create_app
from bot.web.channel import PageChannel
from nlu.client import RasaClient
from storage import Database
from storage.queries.people import person_by_email
from tests.conftest import NOW, RasaServer

_CHROMIUM = shutil.which("chromium")
_ARGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-quic"
).split()


@dataclass(frozen=True)
class Visitor:
    """A tab of a browser on the page; seen: the hosts it asked, complaints: what it logged."""

    tab: Page
    url: str
    bot: Bot
    seen: set[str]
    complaints: list[str]

    @property
    def last(self) -> Locator:
        """The newest reply of the bot."""
        return self.tab.locator("article.reply").last

    async def become(self, email: str) -> None:
        """Open the conversation of a person."""
        await self.tab.goto(f"{self.url}/chat/{await person_id(self.bot, email)}")

    async def say(self, text: str) -> None:
        """Write a message and wait for its answer."""
        replies = self.tab.locator("article.reply")
        before = await replies.count()
        await self.tab.fill("#text", text)
        await self.tab.keyboard.press("Enter")
        await expect(replies).not_to_have_count(before)


async def person_id(bot: Bot, email: str) -> int:
    """Return the id of one of the demo's people."""
    async with bot.database.begin() as session:
        person = await person_by_email(session, email)
    assert person is not None
    return person.id


@pytest.fixture
def channel() -> PageChannel:
    """Give the page's side of delivery."""
    return PageChannel()


@pytest.fixture
async def speechless(demo_url: str, channel: PageChannel) -> AsyncIterator[Bot]:
    """Give a bot on the page for tests in which nothing is said in words."""
    rasa = RasaClient("http://127.0.0.1:9", "none")
    bot = await assembled(Database(demo_url), rasa, [channel], movable=True, frozen=NOW)
    yield bot
    await bot.close()


@pytest.fixture
async def client(speechless: Bot, channel: PageChannel) -> AsyncIterator[httpx.AsyncClient]:
    """Give an HTTP client that sends what a browser on the page would."""
    transport = httpx.ASGITransport(create_app(speechless, channel))
    headers = {"origin": "http://127.0.0.1:8765", "accept-language": "sv"}
    base = "http://127.0.0.1:8765"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        yield client


@pytest.fixture
async def page_bot(
    demo_url: str, rasa_server: RasaServer, channel: PageChannel
) -> AsyncIterator[Bot]:
    """Give a bot on the page that understands words."""
    rasa = RasaClient(rasa_server.url, rasa_server.token)
    bot = await assembled(Database(demo_url), rasa, [channel], movable=True, frozen=NOW)
    yield bot
    await bot.close()


@pytest.fixture
async def page_url(page_bot: Bot, channel: PageChannel) -> AsyncIterator[str]:
    """Serve the page on a free port."""
    config = uvicorn.Config(
        create_app(page_bot, channel), host="127.0.0.1", port=0, log_level="warning", ws="none"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture(params=[{}])
async def context(request: pytest.FixtureRequest) -> AsyncIterator[BrowserContext]:
    """Give a browser in Swedish; a test's parameters say otherwise (no script, a size)."""
    if _CHROMIUM is None:
        lacking = "Chromium is missing: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(lacking)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGS)
        context = await browser.new_context(**{"locale": "sv-SE", **request.param})
        yield context
        await context.close()
        await browser.close()


@pytest.fixture
async def visitor(context: BrowserContext, page_url: str, page_bot: Bot) -> Visitor:
    """Give a tab, not yet anywhere."""
    tab = await context.new_page()
    visitor = Visitor(tab, page_url, page_bot, set(), [])
    tab.on("request", lambda sent: visitor.seen.add(re.sub(r"^(\w+://[^/]+).*", r"\1", sent.url)))
    tab.on("console", lambda line: visitor.complaints.append(line.text))
    tab.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor
