"""The language model is dead, slow or talks nonsense: what needs none works, the rest is told."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from aiohttp import web

from tests.faults.gestures import Gesture, Slack, commanded, filled, pressed, said
from tests.faults.rows import Row, quantile
from tests.faults.scenes import NOBODY, Scene

Handler = Callable[[web.Request], Awaitable[web.Response]]
_BOUND_S = 3.0
_FREE = "Vilka alumner är mentorer inom hållbarhet och bor i Göteborg?"


async def dead(scene: Scene) -> Row:
    """Nobody answers at Rasa's address."""
    return await _asked(scene, NOBODY)


async def slow(scene: Scene) -> Row:
    """Rasa takes a question and says nothing."""

    async def hang(_request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    async with _server(hang) as url:
        return await _asked(scene, url)


async def nonsense(scene: Scene) -> Row:
    """Rasa answers, but not what anybody can use."""
    bodies = ["{", "[]", "null", '{"intent": 7}', '{"intent_ranking": "x"}', "<html>", '"😀"']

    async def talk(_request: web.Request) -> web.Response:
        return web.Response(text=scene.chance.choice(bodies), content_type="application/json")

    async with _server(talk) as url:
        return await _asked(scene, url)


@asynccontextmanager
async def _server(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _asked(scene: Scene, rasa: str) -> Row:
    scene.bots.env["SPINDEL_RASA_URL"] = rasa
    await scene.bots.start()
    took: list[float] = []
    dishonest = asked = 0
    async with aiohttp.ClientSession() as http:
        slack = Slack(scene.bots, scene.chance, http)
        for turn in range(scene.stage.size(20, 3)):
            for number, gesture in enumerate(_everything(scene, turn)):
                asked += 1
                seconds, answer = await _answer(scene, slack, gesture)
                took += [seconds] if seconds is not None else []
                honest = number or "menyn" in answer or "knapp" in answer.lower()
                dishonest += not honest
    if dishonest:
        scene.notes.append(f"{dishonest} free texts without an honest answer")
    row = scene.row(asked, "all answered")
    lost, most = asked - len(took), quantile(took, 1.0)
    return replace(
        row,
        promised=asked,
        sent=len(took),
        lost=lost,
        late_p99_s=quantile(took, 0.99),
        late_max_s=most,
        bound=f"{row.bound} in {_BOUND_S:g} s",
        ok=not lost and most is not None and most <= _BOUND_S and not scene.notes,
    )


def _everything(scene: Scene, turn: int) -> list[Gesture]:
    """Return free text first, then what needs no model."""
    user, hook = f"U{turn + 1:06d}", scene.ledger.url.replace("/api/", f"/hooks/{turn}")
    values = {"task": f"kvitto-{turn}", "when": "imorgon 9"}
    return [
        said(user, _FREE, f"free{turn}"),
        said(user, "hjälp", f"help{turn}"),
        pressed(user, "intent.help", "", f"press{turn}"),
        pressed(user, "intent.list_reminders", "", f"list{turn}"),
        filled(user, "reminder.save", values, f"form{turn}"),
        commanded(user, "", hook, f"menu{turn}"),
    ]


async def _answer(scene: Scene, slack: Slack, gesture: Gesture) -> tuple[float | None, str]:
    before, begun = len(scene.ledger.posts), time.time()
    await slack.deliver(gesture)
    if not await scene.posted(before + 1, 2 * _BOUND_S):
        return None, ""
    first = scene.ledger.posts[before]
    return first.at - begun, first.text
