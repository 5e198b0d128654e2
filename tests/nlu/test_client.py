"""Rasa's client against servers that misbehave, each on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest

from nlu.client import RasaClient, Unavailable
from nlu.gazetteer import Gazetteer
from nlu.understanding import Nlu

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], object]


@asynccontextmanager
async def _server(body: bytes | None, status: str = "200 OK") -> AsyncIterator[str]:
    """Serve one body for everything; None hangs."""
    calls = []
    handlers: list[asyncio.Task[object] | None] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handlers.append(asyncio.current_task())
        calls.append(await reader.readuntil(b"\r\n\r\n"))
        if body is None:
            await reader.read()
        else:
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            with suppress(ConnectionError):
                await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        assert calls, "the fault was never met"
        server.close()
        await server.wait_closed()
        # A socket left open would be blamed on whichever test runs next.
        await asyncio.gather(*(task for task in handlers if task), return_exceptions=True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", "200 OK"),
        (b"[]", "200 OK"),
        (b'{"intent": {}}', "200 OK"),
        (b"{}", "500 Internal Server Error"),
        (b"x" * 300_000, "200 OK"),
        (None, "200 OK"),
    ],
    ids=["garbage", "list", "no ranking", "500", "huge", "hang"],
)
async def test_whatever_rasa_does_the_answer_is_honest(body: bytes | None, status: str) -> None:
    async with _server(body, status) as url:
        client = RasaClient(url, "token")
        nlu = Nlu(client, Gazetteer([("city", "Malmö")]))
        understood = await nlu.understand("mentorer i Malmö", NOW)
        await client.close()
    assert understood.source == "down"
    assert understood.band == "no"
    assert [e.value for e in understood.entities] == ["Malmö"]


async def test_after_three_failures_rasa_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    client = RasaClient("http://127.0.0.1:9", "hush-hush")
    for _time in range(5):
        with pytest.raises(Unavailable):
            await client.parse("hej")
    assert client.breaker.failures == 3
    await client.close()
    assert "hush-hush" not in caplog.text
