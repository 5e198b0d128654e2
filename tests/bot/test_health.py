"""The process says truly whether it lives and whether it can work."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from bot.assembly import Bot, assembled
from bot.conversation import Gesture
from bot.health import health_routes
from bot.metrics import metrics_side
from bot.pulse import Pulse
from bot.running import run
from nlu.client import RasaClient
from storage import Database, schema
from tests.bot.slack.peer import free_port
from tests.conftest import NOW

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
async def bot(database: Database) -> Bot:
    """Give a bot over an empty database, without Rasa and without a chat."""
    return await assembled(database, RasaClient(NOBODY, "none"), [])


@pytest.fixture
async def ask(bot: Bot) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(health_routes(bot))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


async def told(ask: httpx.AsyncClient, path: str) -> tuple[int, str]:
    answer = await ask.get(path)
    return answer.status_code, answer.json()["status"]


async def test_ready_with_neither_slack_nor_rasa(ask: httpx.AsyncClient) -> None:
    assert await told(ask, "/livez") == (200, "ok")
    assert await told(ask, "/readyz") == (200, "ok")


async def test_however_often_it_is_asked_one_row_is_written(
    ask: httpx.AsyncClient, database: Database
) -> None:
    for _ in range(5):
        assert await told(ask, "/readyz") == (200, "ok")
    async with database.begin() as session:
        rows = await session.execute(text("SELECT count(*) FROM setting"))
        assert rows.scalar_one() == 1


async def test_a_schema_of_another_version_is_not_ready(
    bot: Bot, ask: httpx.AsyncClient, database: Database
) -> None:
    await database.close()
    await asyncio.to_thread(schema.downgrade, database.url, "0002")
    assert await told(ask, "/readyz") == (503, "schema")
    assert await told(ask, "/livez") == (200, "ok")
    assert bot.pulse.alive


async def test_a_database_that_can_only_be_read_is_not_ready(
    ask: httpx.AsyncClient, database: Database
) -> None:
    if database.sqlite:
        async with database.engine.connect() as connection:
            await connection.execute(text("PRAGMA query_only=ON"))
    else:
        name = database.engine.url.database
        async with database.begin() as session:
            await session.execute(
                text(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
            )
        await database.engine.dispose()
    assert await told(ask, "/readyz") == (503, "no database")


async def test_the_heart_stops_when_the_loop_does() -> None:
    now = 0.0
    pulse = Pulse(clock=lambda: now)
    assert pulse.alive
    late: list[float] = []
    pulse.late = late.append
    beating = asyncio.create_task(pulse.beat())
    await asyncio.sleep(0)
    now = 29.0
    assert pulse.alive
    now = 31.0
    assert not pulse.alive
    while not late:
        await asyncio.sleep(0.05)
    assert late[0] == 30.0
    assert pulse.alive
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating


async def test_a_dead_heart_is_told(bot: Bot, ask: httpx.AsyncClient) -> None:
    bot.pulse._last = -1e9
    assert await told(ask, "/livez") == (503, "no heartbeat")


async def test_asked_to_stop_it_says_so_until_what_is_in_flight_is_done(bot: Bot) -> None:
    port, private = free_port(), free_port()
    app = FastAPI()
    app.include_router(health_routes(bot))
    sending = asyncio.Event()

    async def slow(*_: object) -> int:
        sending.set()
        await asyncio.sleep(1.0)
        return 0

    bot.delivery.run = slow  # type: ignore[assignment]
    side = metrics_side(bot, "127.0.0.1", private)
    running = asyncio.create_task(run(bot, app, [side], "127.0.0.1", port))
    seen: list[str] = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await sending.wait()
        while not seen:
            with suppress(httpx.TransportError):
                seen.append((await client.get("/readyz")).json()["status"])
        os.kill(os.getpid(), signal.SIGTERM)
        while not running.done():
            with suppress(httpx.TransportError):
                seen.append((await client.get("/readyz")).json()["status"])
            await asyncio.sleep(0.05)
    await running
    assert seen[0] == "ok"
    assert seen[-1] == "draining"


async def test_the_figures_hold_no_name(bot: Bot) -> None:
    port = free_port()
    side = metrics_side(bot, "127.0.0.1", port)
    await side.start()
    await bot.nlu.hear("vilka mentorer finns det?")  # nobody answers, which takes its time too
    await bot.conversation.answer(Gesture(person_id=0, text="hej"), NOW)  # there is no such person
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        lines = (await client.get("/metrics")).text.splitlines()
    await side.stop()
    assert "spindel_database_up 1.0" in lines
    assert "spindel_outbox_oldest_due_seconds 0.0" in lines
    assert 'spindel_outbox_rows{state="pending"} 0.0' in lines
    assert "spindel_backup_age_seconds NaN" in lines
    assert "spindel_parse_seconds_count 2.0" in lines
    assert 'spindel_replies_total{outcome="failed"} 1.0' in lines
    labels = {line.split("{")[1].split("=")[0] for line in lines if "{" in line}
    assert labels <= {"state", "outcome", "le"}
