"""HTTP mode: nothing gets in without a good signature, and what gets in is answered once."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from bot.assembly import Bot
from bot.commands.failure import SetUpError
from bot.slack.app import SlackSide
from bot.slack.http import PATH, Signature
from tests.bot.slack.conftest import settings_for
from tests.bot.slack.driver import Driver, labels
from tests.bot.slack.peer import JOHAN, TEAM, Peer, free_port, peer_missing, workspace
from tests.bot.slack.proxy import Proxy

SECRET = "a-secret-of-the-tests"
NOW_S = 1_795_480_000


def signed(body: bytes, *, secret: str = SECRET, stamp: str | None = None) -> dict[str, str]:
    at = stamp if stamp is not None else str(NOW_S)
    made = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256)
    return {
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={made.hexdigest()}",
        "Content-Type": "application/json",
    }


def event(**changes: Any) -> bytes:
    told = {
        "type": "message",
        "channel": JOHAN,
        "channel_type": "im",
        "user": JOHAN,
        "text": "hjälp",
        "ts": "1.1",
    }
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": told}
    return json.dumps({**body, **changes}).encode()


def over_http(proxy: Proxy) -> SlackSide:
    settings = settings_for(proxy, slack_mode="http", slack_signing_secret=SecretStr(SECRET))
    return SlackSide(settings, demo=False, pace_s=0, clock=lambda: float(NOW_S))


@pytest.fixture
async def side(proxy: Proxy, bot: Bot) -> AsyncIterator[SlackSide]:
    made = over_http(proxy)
    made.serve(bot)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def client(side: SlackSide) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    assert side.router is not None
    app.include_router(side.router)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as made:
        yield made


BODY = event()
GOOD = signed(BODY)
FORGED: dict[str, dict[str, Any]] = {
    "no headers": {},
    "no signature": {"X-Slack-Request-Timestamp": str(NOW_S)},
    "no timestamp": {"X-Slack-Signature": GOOD["X-Slack-Signature"]},
    "another secret": signed(BODY, secret="another"),
    "an empty secret": signed(BODY, secret=""),
    "another body": signed(BODY + b" "),
    "too old": signed(BODY, stamp=str(NOW_S - 301)),
    "from the future": signed(BODY, stamp=str(NOW_S + 301)),
    "timestamp abc": signed(BODY, stamp="abc"),
    "timestamp empty": signed(BODY, stamp=""),
    "timestamp negative": signed(BODY, stamp="-1"),
    "timestamp with a point": signed(BODY, stamp=f"{NOW_S}.0"),
    "timestamp infinite": signed(BODY, stamp="inf"),
    "timestamp of a thousand digits": signed(BODY, stamp="9" * 1000),
    "other digits": {**GOOD, "X-Slack-Request-Timestamp": "١٧٩٥٤٨٠٠٠٠".encode()},
    "signature not ASCII": {**GOOD, "X-Slack-Signature": "v0=åäö".encode()},
    "signature empty": {**GOOD, "X-Slack-Signature": ""},
    "signature without version": {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"][3:]},
    "signature of version 1": {**GOOD, "X-Slack-Signature": "v1=" + GOOD["X-Slack-Signature"][3:]},
    "signature in capitals": {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"].upper()},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_call_is_refused(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy, headers: dict[str, Any]
) -> None:
    answer = await client.post(PATH, content=BODY, headers=headers)
    assert answer.status_code == 401
    await side.idle()
    assert proxy.called("chat.postMessage") == []


async def test_a_body_that_is_no_text_is_refused(client: httpx.AsyncClient) -> None:
    body = b'{"type": "\xff\xfe"}'
    assert (await client.post(PATH, content=body, headers=signed(body))).status_code == 401


async def test_a_good_call_is_answered(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy
) -> None:
    answer = await client.post(PATH, content=BODY, headers=GOOD)
    assert answer.status_code == 200
    await side.idle()
    assert len(proxy.called("chat.postMessage")) == 1


async def test_a_hundred_replays_have_one_effect(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy
) -> None:
    calls = (client.post(PATH, content=BODY, headers=GOOD) for _ in range(100))
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {200}
    await side.idle()
    assert len(proxy.called("chat.postMessage")) == 1


async def test_a_retry_is_not_dropped_for_being_one(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy
) -> None:
    headers = {**GOOD, "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await client.post(PATH, content=BODY, headers=headers)).status_code == 200
    await side.idle()
    assert len(proxy.called("chat.postMessage")) == 1


async def test_another_workspace_is_forbidden(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy
) -> None:
    body = event(team_id="T0OTHER")
    assert (await client.post(PATH, content=body, headers=signed(body))).status_code == 403
    await side.idle()
    assert proxy.called("chat.postMessage") == []


async def test_slacks_challenge_is_answered(client: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    answer = await client.post(PATH, content=body, headers=signed(body))
    assert answer.status_code == 200
    assert "abc" in answer.text


async def test_a_body_too_large_is_refused(client: httpx.AsyncClient) -> None:
    body = b'{"a": "' + b"x" * 1_000_001 + b'"}'
    assert (await client.post(PATH, content=body, headers=signed(body))).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"payload=%7B", b"payload=[]", b"x"])
async def test_signed_nonsense_is_no_error(client: httpx.AsyncClient, body: bytes) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answer = await client.post(
            PATH, content=body, headers={**signed(body), "Content-Type": kind}
        )
        assert answer.status_code < 500


async def test_nothing_is_taken_before_the_bot_is_connected(proxy: Proxy, bot: Bot) -> None:
    side = over_http(proxy)
    side.serve(bot)
    app = FastAPI()
    assert side.router is not None
    app.include_router(side.router)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as client:
        answer = await client.post(PATH, content=BODY, headers=GOOD)
    assert answer.status_code == 503


@pytest.mark.parametrize("secret", ["", "  "])
def test_an_empty_secret_is_refused(secret: str) -> None:
    with pytest.raises(Exception, match="signing secret"):
        Signature(secret)


def test_http_mode_without_a_secret_does_not_start(proxy: Proxy) -> None:
    with pytest.raises(SetUpError, match="SLACK_SIGNING_SECRET"):
        SlackSide(settings_for(proxy, slack_mode="http"), demo=False)


async def test_the_peer_is_answered_over_http(bot: Bot, tmp_path: Path) -> None:
    lacking = peer_missing()
    if lacking:
        pytest.skip(lacking)
    port = free_port()
    peer = Peer.start(tmp_path, workspace("events", f"http://127.0.0.1:{port}{PATH}"))
    proxy = Proxy(peer.url)
    await proxy.start()
    settings = settings_for(proxy, slack_mode="http", slack_signing_secret=SecretStr(SECRET))
    side = SlackSide(settings, demo=False, pace_s=0)
    side.serve(bot)
    await side.start()
    app = FastAPI()
    assert side.router is not None
    app.include_router(side.router)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    async with aiohttp.ClientSession() as http:
        slack = Driver(peer.url, side, http)
        while not server.started:
            await asyncio.sleep(0.02)
        await slack.say(JOHAN, "hjälp")
        await slack.press(JOHAN, "Mina påminnelser")
        await slack.slash(JOHAN)
        told = await slack.told(JOHAN)
        assert len(told) == 3
        assert "Hitta en mentor" in labels(told[-1]["blocks"])
        await slack.press(JOHAN, "Lägg in en påminnelse")
        await slack.press(JOHAN, "Fyll i som formulär")
        errors = await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "igår kl 9"})
        assert set(errors) == {"when"}
    server.should_exit = True
    await serving
    await side.stop()
    await proxy.stop()
    peer.stop()
    assert proxy.broken == []
