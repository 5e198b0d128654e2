"""What stands between the bot and the peer: records, checks every payload, and makes trouble."""

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.slack.limits import problems, problems_of_view
from tests.bot.slack.peer import Json

_POSTS = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral"})
_PATIENCE_S = 15
_VIEWS = frozenset({"views.open", "views.update", "views.publish", "views.push"})
_QUIET = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "mrkdwn": False}


@dataclass(frozen=True)
class Call:
    """One call of the Web API."""

    method: str
    args: Json
    answer: Json


@dataclass
class Trouble:
    """What goes wrong: `times` calls of a method answer so, or are cut (before, after).

    body: is sent instead of JSON.
    """

    times: int = 1
    status: int = 200
    error: str = ""
    retry_after: int | None = None
    cut: str = ""
    body: str | None = None


@dataclass
class Proxy:
    """A proxy of the peer's Web API, socket and response hooks.

    duplicates: how often each envelope is sent. expires_s: age at which a trigger is refused.
    people: what users.info tells in addition. team: the workspace that envelopes claim to be of.
    silent: sockets stay open but nothing comes through. broken: payloads that Slack refuses.
    """

    peer: str
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    envelopes: list[Json] = field(default_factory=list)
    people: dict[str, Json] = field(default_factory=dict)
    duplicates: int = 1
    expires_s: float = 3.0
    team: str = ""
    silent: bool = False
    sockets: int = 0
    _trouble: defaultdict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))
    _metadata: dict[str, Json] = field(default_factory=dict)
    _triggers: dict[str, float] = field(default_factory=dict)
    _acks: set[str] = field(default_factory=set)
    _session: aiohttp.ClientSession | None = None
    _runner: web.AppRunner | None = None
    _open: set[web.WebSocketResponse] = field(default_factory=set)

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/_hooks/response/{id}", self._hook)
        app.router.add_get("/socket/{id}", self._socket)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._session = aiohttp.ClientSession()

    async def stop(self) -> None:
        """Listen no more."""
        for socket in list(self._open):
            await socket.close()
        if self._session is not None and self._runner is not None:
            await self._session.close()
            await self._runner.cleanup()

    def trouble(self, method: str, **how: Any) -> None:
        """Make the next calls of a method fail."""
        self._trouble[method].append(Trouble(**how))

    def called(self, method: str) -> list[Json]:
        """Return the arguments of every call of a method that Slack took."""
        return [c.args for c in self.calls if c.method == method and c.answer.get("ok")]

    async def until(self, method: str) -> None:
        """Wait until a method was called."""
        async with asyncio.timeout(_PATIENCE_S):
            while not self.called(method):
                await asyncio.sleep(0.01)

    async def acknowledged(self, envelope: str) -> None:
        """Wait until the bot has acknowledged an envelope."""
        async with asyncio.timeout(_PATIENCE_S):
            while envelope not in self._acks:
                await asyncio.sleep(0.01)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        trouble = self._next_trouble(method)
        if trouble and trouble.cut == "before":
            return _cut(request)
        if trouble and not trouble.cut:
            headers = {"Retry-After": str(trouble.retry_after)} if trouble.retry_after else {}
            answer = {"ok": False} | ({"error": trouble.error} if trouble.error else {})
            self.calls.append(Call(method, args, answer))
            if trouble.body is not None:
                return web.Response(
                    text=trouble.body, status=trouble.status, content_type="application/json"
                )
            return web.json_response(answer, status=trouble.status, headers=headers)
        answer = await self._answered(method, args, request)
        self.calls.append(Call(method, args, answer))
        return _cut(request) if trouble else web.json_response(answer)

    def _next_trouble(self, method: str) -> Trouble | None:
        waiting = self._trouble[method]
        if not waiting:
            return None
        trouble = waiting[0]
        trouble.times -= 1
        if trouble.times == 0:
            waiting.pop(0)
        return trouble

    async def _answered(self, method: str, args: Json, request: web.Request) -> Json:
        self._check(method, args)
        if method.startswith("assistant."):
            return {"ok": True}
        late = self._expired(args)
        if late:
            return {"ok": False, "error": "expired_trigger_id"}
        assert self._session is not None
        token = request.headers.get("Authorization", "")
        async with self._session.post(
            f"{self.peer}/api/{method}", json=args, headers={"Authorization": token}
        ) as response:
            answer: Json = await response.json()
        return self._told(method, args, answer)

    def _expired(self, args: Json) -> bool:
        at = self._triggers.get(str(args.get("trigger_id", "")))
        return at is not None and time.monotonic() - at > self.expires_s

    def _told(self, method: str, args: Json, answer: Json) -> Json:
        if method == "apps.connections.open":
            answer["url"] = answer["url"].replace(
                self.peer.replace("http", "ws", 1), self.url.replace("http", "ws", 1)
            )
        if method == "users.info" and answer.get("ok"):
            answer["user"].update(self.people.get(args["user"], {}))
        if method == "chat.postMessage" and answer.get("ok") and "metadata" in args:
            self._metadata[answer["ts"]] = args["metadata"]
        if method == "conversations.history":
            for message in answer.get("messages", ()):
                if message["ts"] in self._metadata:
                    message["metadata"] = self._metadata[message["ts"]]
        return answer

    def _check(self, method: str, args: Json) -> None:
        if method in _POSTS:
            self.broken.extend(problems(args.get("blocks") or []))
            if not args.get("text"):
                self.broken.append(f"{method} without a text")
            if "<" in args.get("text", ""):
                self.broken.append("a bracket in the fallback text")
        if method == "chat.postMessage":
            loud = {k: args.get(k) for k in _QUIET if args.get(k) is not False}
            self.broken.extend(f"{key}: {value}" for key, value in loud.items())
        if method in _VIEWS:
            self.broken.extend(problems_of_view(args["view"]))

    async def _hook(self, request: web.Request) -> web.Response:
        args = await request.json()
        self.broken.extend(problems(args.get("blocks") or []))
        assert self._session is not None
        url = f"{self.peer}/_hooks/response/{request.match_info['id']}"
        async with self._session.post(url, json=args) as response:
            text = await response.text()
        self.calls.append(Call("response_url", args, {"ok": response.status == 200}))
        return web.Response(text=text, status=response.status)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        near = web.WebSocketResponse(autoping=False)
        await near.prepare(request)
        self.sockets += 1
        self._open.add(near)
        assert self._session is not None
        url = f"{self.peer}/socket/{request.match_info['id']}"
        async with self._session.ws_connect(url) as far:
            down = asyncio.create_task(self._down(far, near))
            try:
                async for message in near:
                    await self._up(message, near, far)
            finally:
                down.cancel()
                self._open.discard(near)
        return near

    async def _up(
        self,
        message: aiohttp.WSMessage,
        near: web.WebSocketResponse,
        far: aiohttp.ClientWebSocketResponse,
    ) -> None:
        if self.silent:
            return
        if message.type is aiohttp.WSMsgType.PING:
            await near.pong(message.data)
        elif message.type is aiohttp.WSMsgType.TEXT:
            self._acks.add(str(json.loads(message.data).get("envelope_id", "")))
            await far.send_str(message.data)

    async def _down(
        self, far: aiohttp.ClientWebSocketResponse, near: web.WebSocketResponse
    ) -> None:
        async for message in far:
            if self.silent or message.type is not aiohttp.WSMsgType.TEXT:
                continue
            envelope = json.loads(message.data.replace(self.peer, self.url))
            if "envelope_id" not in envelope:
                await near.send_str(message.data)
                continue
            self._seen(envelope)
            for attempt in range(self.duplicates):
                copy = {**envelope, "retry_attempt": attempt}
                await near.send_str(json.dumps(copy))

    def _seen(self, envelope: Json) -> None:
        payload = envelope["payload"]
        if self.team:
            for key in ("team_id", "team"):
                if key in payload:
                    payload[key] = self.team if key == "team_id" else {"id": self.team}
        if "trigger_id" in payload:
            self._triggers[payload["trigger_id"]] = time.monotonic()
        self.envelopes.append(envelope)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _arguments(request: web.Request) -> Json:
    given: Json = {key: _value(value) for key, value in request.query.items()}
    if request.content_type == "application/json" and request.can_read_body:
        return given | dict(await request.json())
    return given | {key: _value(str(value)) for key, value in (await request.post()).items()}


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in {"{", "["} else text
