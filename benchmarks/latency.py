"""From message in to reply out, on the page, the Slack peer and the Teams peer.

And what of it is the parse.

`uv run python -m benchmarks.latency [MESSAGES]` asks for mentors MESSAGES times on each side, one
message after the other, and prints milliseconds and the memory afterwards.

Message in: the bot has the event in its hands. On the page that is when uvicorn hands over the
request, on Slack when the frame has come out of the web socket, on Teams when the gate has let the
activity in. Reply out: the bot's last word on it. On the page that is when the last byte of the
response is given to uvicorn, on Slack and Teams when the bot begins to call chat.postMessage or the
connector; how long that call then takes is the peer's time and the
network's, and is told by itself. What follows the reply (the outbox, closing the event) is
finished before the next question is asked, and is in neither figure.

Parse: from asking Rasa until its answer is read, as the bot waits for it; some reading goes on
meanwhile. The parse alone is the same call with nothing else going on: what is more in the walk
than alone is the bot's. The rest: whole less parse; "less a parse alone" is the stricter figure.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import uvicorn
from fastapi import FastAPI, Response
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.assembly import Bot, assembled
from bot.rasa.embedded import EmbeddedRasa
from bot.running import settle
from bot.settings import Settings
from bot.slack.app import SlackSide
from bot.teams.app import TeamsSide
from bot.teams.connector import Connector
from bot.teams.gate import Activity
from bot.teams.place import Place
from bot.web.app import create_app
from bot.web.channel import PageChannel
from nlu.client import RasaClient
from storage import Database, schema
from storage.demo import fill
from storage.queries.people import person_by_email
from tests.bot.slack.driver import Driver
from tests.bot.slack.peer import APP_TOKEN, BOT_TOKEN, KARIN, Peer, peer_missing, workspace
from tests.bot.teams.driver import Driver as TeamsDriver
from tests.bot.teams.playground import KARIN as KARIN_IN_TEAMS
from tests.bot.teams.playground import Playground, playground_missing
from tests.bot.teams.proxy import Proxy
from tests.bot.teams.serving import address, listening, served

QUESTIONS = (
    "Vilka alumner är mentorer inom hållbarhet?",
    "Who can mentor in machine learning?",
    "Finns det mentorer i Göteborg som kan marknadsföring?",
    "vilka på Volvo kan ta emot en student",
    "mentorer på juristprogrammet",
)
_TODAY = date(2026, 11, 24)


@dataclass
class Stopwatch:
    """When one message came in and its reply went out, in seconds of one clock."""

    came: float = 0.0
    gone: float = 0.0
    parse: float = 0.0
    post: float = 0.0

    def begin(self) -> None:
        """Note that a message came in."""
        self.came, self.gone, self.parse, self.post = time.perf_counter(), 0.0, 0.0, 0.0

    def reply(self) -> None:
        """Note that the reply goes out."""
        self.gone = time.perf_counter()


class TimedRasa(RasaClient):
    """A client that times each parse."""

    def __init__(self, client: RasaClient, watch: Stopwatch) -> None:
        super().__init__(client.url, client.token)
        self.watch = watch

    async def parse(self, text: str) -> dict[str, Any]:
        """Parse and note how long it took."""
        begun = time.perf_counter()
        try:
            return await super().parse(text)
        finally:
            self.watch.parse += time.perf_counter() - begun


@dataclass
class TimedPage:
    """The page's application between two notes of the watch."""

    app: ASGIApp
    watch: Stopwatch
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; `done` once nothing of it goes on."""

        async def noted(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.watch.reply()

        self.watch.begin()
        await self.app(scope, receive, noted)
        self.done.set()


@asynccontextmanager
async def timed_slack(watch: Stopwatch) -> AsyncIterator[None]:
    """Note when events leave the web socket and when messages are posted."""
    take, post = SocketModeClient.enqueue_message, AsyncWebClient.chat_postMessage

    async def taking(self: SocketModeClient, message: str) -> None:
        if '"events_api"' in message:
            watch.begin()
        await take(self, message)

    async def posting(self: AsyncWebClient, **named: Any) -> Any:
        watch.reply()
        try:
            return await post(self, **named)
        finally:
            watch.post = time.perf_counter() - watch.gone

    SocketModeClient.enqueue_message = taking  # type: ignore[method-assign, assignment]
    AsyncWebClient.chat_postMessage = posting  # type: ignore[method-assign]
    try:
        yield
    finally:
        SocketModeClient.enqueue_message = take  # type: ignore[method-assign]
        AsyncWebClient.chat_postMessage = post  # type: ignore[method-assign]


async def measured(
    bot: Bot, watch: Stopwatch, name: str, ask: Callable[[str], Awaitable[None]], count: int
) -> None:
    """Ask `count` questions one after the other and print what it took."""
    alone = await _parse_alone(bot, watch, count)
    figures: dict[str, list[float]] = {"whole": [], "parse": [], "the rest": [], "post call": []}
    for number in range(count):
        await ask(QUESTIONS[number % len(QUESTIONS)])
        whole = watch.gone - watch.came
        assert whole > watch.parse > 0
        parts = (whole, watch.parse, whole - watch.parse, watch.post)
        for kind, value in zip(figures, parts, strict=True):
            figures[kind].append(value)
    print(f"{name}: {count} messages, ms")
    stricter = [whole - alone for whole in figures["whole"]]
    for kind, values in {**figures, "less a parse alone": stricter}.items():
        if any(values):
            print(f"  {kind:<20} p50 {_ms(values, 50):>5}   p95 {_ms(values, 95):>5}")
    assert bot.nlu.rasa.breaker.failures == 0


async def _parse_alone(bot: Bot, watch: Stopwatch, count: int) -> float:
    """Return the median of parses with nothing beside them, in seconds."""
    alone = []
    for number in range(count):
        watch.begin()
        await bot.nlu.rasa.parse(QUESTIONS[number % len(QUESTIONS)])
        alone.append(watch.parse)
    return statistics.median(alone)


def _ms(values: list[float], percent: int) -> str:
    return f"{statistics.quantiles(values, n=100)[percent - 1] * 1000:.1f}"


def resident(pid: int | str = "self") -> int:
    """Return the resident memory of a process in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kib) // 1024


async def on_the_page(bot: Bot, watch: Stopwatch, page: PageChannel, count: int) -> None:
    """Ask over HTTP as the page's script does: the answer is a drawn fragment."""
    app = TimedPage(create_app(bot, page), watch)
    config = uvicorn.Config(app, port=0, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    async with bot.database.begin() as session:
        karin = await person_by_email(session, "karin.lind@nordhamn.example")
    assert karin is not None
    headers = {"origin": url, "accept": "text/html", "x-requested-with": "fetch"}
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as client:

        async def ask(text: str) -> None:
            app.done.clear()
            after = {"x-after": str(page.talks[karin.id].step)}
            path = f"/chat/{karin.id}/say"
            answer = await client.post(path, data={"text": text}, headers=after)
            assert answer.status_code == 200, answer.status_code
            assert "mentor" in answer.text
            await app.done.wait()

        await ask(QUESTIONS[0])
        await measured(bot, watch, "The page", ask, count)
    server.should_exit = True
    await serving


async def on_slack(bot: Bot, watch: Stopwatch, count: int) -> None:
    """Ask in a direct message of the peer's workspace."""
    lacking = peer_missing()
    if lacking:
        print(f"The Slack peer: not measured: {lacking}")
        return
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer.start(Path(folder), workspace())
        values: dict[str, Any] = {
            "slack_bot_token": BOT_TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_api_url": f"{peer.url}/api/",
        }
        side = SlackSide(Settings(_env_file=None, **values), demo=False, pace_s=0)
        side.serve(bot)
        await side.start()
        async with aiohttp.ClientSession() as http, timed_slack(watch):
            driver = Driver(peer.url, side, http)
            await driver.say(KARIN, QUESTIONS[0])
            await measured(
                bot, watch, "The Slack peer", lambda text: driver.say(KARIN, text), count
            )
        await side.stop()
        peer.stop()


@asynccontextmanager
async def timed_teams(watch: Stopwatch) -> AsyncIterator[None]:
    """Note when the gate lets activities in and when messages are posted."""
    take, post = TeamsSide.take, Connector.post

    async def taking(self: TeamsSide, activity: Activity) -> Response:
        watch.begin()
        return await take(self, activity)

    async def posting(self: Connector, place: Place, activity: dict[str, Any]) -> str:
        watch.reply()
        try:
            return await post(self, place, activity)
        finally:
            watch.post = time.perf_counter() - watch.gone

    TeamsSide.take = taking  # type: ignore[method-assign]
    Connector.post = posting  # type: ignore[method-assign]
    try:
        yield
    finally:
        TeamsSide.take = take  # type: ignore[method-assign]
        Connector.post = post  # type: ignore[method-assign]


async def on_teams(bot: Bot, watch: Stopwatch, count: int) -> None:
    """Ask in a personal chat of Microsoft's Agents Playground."""
    lacking = playground_missing()
    if lacking:
        print(f"The Teams peer: not measured: {lacking}")
        return
    side = TeamsSide(Settings(_env_file=None, teams_unauthenticated=True), demo=False)
    side.serve(bot)
    await side.start()
    app, door, proxy = FastAPI(), listening(), Proxy()
    app.include_router(side.router)
    await proxy.start()
    with tempfile.TemporaryDirectory() as folder:
        end_point = f"{address(door)}/api/messages"
        peer = await Playground.start(Path(folder), KARIN_IN_TEAMS, end_point, proxy.url)
        proxy.peer = peer.url
        teams = TeamsDriver(peer, proxy, side.idle)
        async with served(app, door), timed_teams(watch):
            await teams.open()
            await teams.say(QUESTIONS[0])
            await measured(bot, watch, "The Teams peer", teams.say, count)
            await teams.close()
        await peer.stop()
    await proxy.stop()
    await side.stop()


def _print_memory(when: str, rasa: EmbeddedRasa) -> None:
    told = f"bot {resident()} MiB, Rasa {resident(rasa.pid or 'self')} MiB"
    print(f"Resident memory {when}: {told}")


async def main(count: int) -> None:
    """Measure all over a fresh demo university."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        await asyncio.to_thread(schema.upgrade, url)
        database = Database(url)
        async with database.begin() as session:
            await fill(session, 1, _TODAY)
        rasa = await EmbeddedRasa.start()
        page = PageChannel()
        watch = Stopwatch()
        bot = await assembled(database, TimedRasa(rasa.client, watch), [page], movable=True)
        print(f"Load of the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
        _print_memory("before", rasa)
        settle()
        await on_the_page(bot, watch, page, count)
        _print_memory(f"after {count} messages", rasa)
        await on_slack(bot, watch, count)
        _print_memory(f"after {2 * count} messages", rasa)
        await on_teams(bot, watch, count)
        _print_memory(f"after {3 * count} messages", rasa)
        await database.close()
        await rasa.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
