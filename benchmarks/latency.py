"""From message in to reply out, on the page and on the Slack peer, and what of it is the parse.

`uv run python -m benchmarks.latency [MESSAGES]` prints milliseconds and the memory afterwards.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import uvicorn

from bot.assembly import Bot, assembled
from bot.rasa.embedded import EmbeddedRasa
from bot.settings import Settings
from bot.slack.app import SlackSide
from bot.web.app import create_app
from bot.web.channel import PageChannel
from nlu.client import RasaClient
from storage import Database, schema
from storage.demo import fill
from storage.queries.people import person_by_email
from tests.bot.slack.driver import Driver
from tests.bot.slack.peer import APP_TOKEN, BOT_TOKEN, KARIN, Peer, peer_missing, workspace

QUESTIONS = (
    "Vilka alumner är mentorer inom hållbarhet?",
    "Who can mentor in machine learning?",
    "Finns det mentorer i Göteborg som kan marknadsföring?",
    "vilka på Volvo kan ta emot en student",
    "mentorer på juristprogrammet",
)
_TODAY = date(2026, 11, 24)


class Stopwatch(RasaClient):
    """A client that times each parse."""

    def __init__(self, client: RasaClient) -> None:
        super().__init__(client.url, client.token)
        self.parses: list[float] = []

    async def parse(self, text: str) -> dict[str, Any]:
        """Parse and note how long it took."""
        begun = time.perf_counter()
        try:
            return await super().parse(text)
        finally:
            self.parses.append(time.perf_counter() - begun)


async def measured(
    bot: Bot, watch: Stopwatch, name: str, ask: Callable[[str], Awaitable[None]], count: int
) -> None:
    """Ask `count` questions one after the other and print what it took."""
    wholes, rests = [], []
    for number in range(count):
        watch.parses.clear()
        begun = time.perf_counter()
        await ask(QUESTIONS[number % len(QUESTIONS)])
        whole = time.perf_counter() - begun
        wholes.append(whole)
        rests.append(whole - sum(watch.parses))
    parse = [whole - rest for whole, rest in zip(wholes, rests, strict=True)]
    told = (
        f"{kind} p50 {_ms(values, 50)} p95 {_ms(values, 95)}"
        for kind, values in (("whole", wholes), ("parse", parse), ("the rest", rests))
    )
    print(f"{name:<14} {count} messages, ms: {'; '.join(told)}")
    assert bot.nlu.rasa.breaker.failures == 0


def _ms(values: list[float], percent: int) -> str:
    return f"{statistics.quantiles(values, n=100)[percent - 1] * 1000:.1f}"


def resident(pid: int | str = "self") -> int:
    """Return the resident memory of a process in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kib) // 1024


async def on_the_page(bot: Bot, watch: Stopwatch, page: PageChannel, count: int) -> None:
    """Ask over HTTP as the page's script does."""
    config = uvicorn.Config(create_app(bot, page), port=0, log_level="warning", ws="none")
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
            answer = await client.post(f"/chat/{karin.id}/say", data={"text": text})
            assert answer.status_code < 400, answer.status_code

        await ask(QUESTIONS[0])
        await measured(bot, watch, "the page", ask, count)
    server.should_exit = True
    await serving


async def on_slack(bot: Bot, watch: Stopwatch, count: int) -> None:
    """Ask in a direct message of the peer's workspace."""
    lacking = peer_missing()
    if lacking:
        print(f"Slack peer     not measured: {lacking}")
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
        async with aiohttp.ClientSession() as http:
            driver = Driver(peer.url, side, http)
            await driver.say(KARIN, QUESTIONS[0])
            await measured(
                bot, watch, "the Slack peer", lambda text: driver.say(KARIN, text), count
            )
        await side.stop()
        peer.stop()


async def main(count: int) -> None:
    """Measure both over a fresh demo university."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        await asyncio.to_thread(schema.upgrade, url)
        database = Database(url)
        async with database.begin() as session:
            await fill(session, 1, _TODAY)
        rasa = await EmbeddedRasa.start()
        page = PageChannel()
        watch = Stopwatch(rasa.client)
        bot = await assembled(database, watch, [page], movable=True)
        await on_the_page(bot, watch, page, count)
        await on_slack(bot, watch, count)
        print(f"memory after them: bot {resident()} MiB, Rasa {resident(rasa.pid or 'self')} MiB")
        await database.close()
        await rasa.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
