"""What stands between the bot and the peer's connector: records, and makes Teams' trouble."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import aiohttp
from aiohttp import web

from tests.bot.teams.valid import problems

Json = dict[str, Any]

_PATIENCE_S = 15
FILES = "files"  # stands for a conversation where the trouble is with an upload
_TAKEN = frozenset({200, 201, 202})


@dataclass(frozen=True)
class Call:
    """One call of the connector as it went; status 0: cut before an answer."""

    method: str
    conversation: str
    message: str
    body: Json
    status: int
    answer: Json

    @property
    def taken(self) -> bool:
        """Whether Teams did what was asked, be it that its answer was lost."""
        return self.status in _TAKEN


@dataclass
class Trouble:
    """What goes wrong with the next calls that fit.

    times: how many calls. method, conversation: only such; empty: any. status: what is answered
    instead; retry_after: seconds, told with it. cut: the connection ends without an answer, before
    or after the peer has taken the call. wait_s: an answer comes so much later; with nothing else
    said the call goes through. body: is sent instead of an error in JSON.
    """

    times: int = 1
    method: str = ""
    conversation: str = ""
    status: int = 0
    retry_after: float | None = None
    cut: str = ""
    wait_s: float = 0.0
    body: str | None = None

    def fits(self, method: str, conversation: str) -> bool:
        """Whether it meets a call."""
        return self.method in {"", method} and self.conversation in {"", conversation}


@dataclass
class Proxy:
    """A proxy of the peer's connector; `url` is the service address that the bot is told.

    per_second: how many messages a conversation takes before 429; None: any. down: every call is
    cut. broken: what is wrong with cards that came. uploads: the files that were put where somebody
    let the bot put them.
    """

    peer: str = ""
    url: str = ""
    per_second: int | None = None
    down: bool = False
    broken: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    _trouble: list[Trouble] = field(default_factory=list)
    _recent: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _session: aiohttp.ClientSession | None = None
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port of loopback; the peer's address may be given later."""
        app = web.Application(client_max_size=1_000_000)
        app.router.add_route("*", "/_connector/{path:.*}", self._connector)
        app.router.add_put("/files/{name}", self._upload)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/_connector"
        self._session = aiohttp.ClientSession()

    async def stop(self) -> None:
        """Listen no more."""
        if self._session is not None and self._runner is not None:
            await self._session.close()
            await self._runner.cleanup()

    def trouble(self, **how: Any) -> None:
        """Make the next calls fail; several wait for their turn in order."""
        self._trouble.append(Trouble(**how))

    def posted(self, conversation: str = "") -> list[Call]:
        """Return the messages that Teams took, in one conversation or in all."""
        return list(self._messages("POST", conversation))

    def edited(self, conversation: str = "") -> list[Call]:
        """Return the messages that took another's place."""
        return list(self._messages("PUT", conversation))

    def statuses(self, method: str = "POST", conversation: str = "") -> list[int]:
        """Return how each call about a message was answered; 0: not at all."""
        return [
            call.status
            for call in self.calls
            if call.method == method
            and call.conversation
            and conversation in {"", call.conversation}
        ]

    async def until_posted(self, count: int, conversation: str = "") -> None:
        """Wait until so many messages were taken."""
        async with asyncio.timeout(_PATIENCE_S):
            while len(self.posted(conversation)) < count:
                await asyncio.sleep(0.01)

    def _messages(self, method: str, conversation: str) -> Iterator[Call]:
        for call in self.calls:
            right = call.method == method and call.taken and call.body.get("type") == "message"
            if right and conversation in {"", call.conversation}:
                yield call

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        body = dict(await request.json()) if request.can_read_body else {}
        conversation, message = _about(path)
        for attached in body.get("attachments") or ():
            self.broken.extend(problems(attached["content"]) if _is_card(attached) else [])
        if self.down:
            return self._kept(request, Call(request.method, conversation, message, body, 0, {}))
        trouble = self._met(request.method, conversation)
        if trouble is not None and trouble.wait_s:
            await asyncio.sleep(trouble.wait_s)
        status, answer, headers = await self._answered(request, body, trouble, conversation)
        call = Call(request.method, conversation, message, body, status, answer)
        if trouble is not None and trouble.cut:
            return self._kept(request, call)
        self.calls.append(call)
        if trouble is not None and trouble.body is not None:
            return web.Response(text=trouble.body, status=status, content_type="application/json")
        return web.json_response(answer, status=status, headers=headers)

    def _kept(self, request: web.Request, call: Call) -> web.Response:
        """Note a call and cut its connection."""
        self.calls.append(call)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _answered(
        self, request: web.Request, body: Json, trouble: Trouble | None, conversation: str
    ) -> tuple[int, Json, dict[str, str]]:
        if trouble is not None and (trouble.status or trouble.cut == "before"):
            return trouble.status, _error(trouble.status), _waiting(trouble.retry_after)
        if self._is_too_fast(request.method, conversation):
            return 429, _error(429), _waiting(1)
        return *await self._passed_on(request, body), {}

    async def _passed_on(self, request: web.Request, body: Json) -> tuple[int, Json]:
        assert self._session is not None
        address = f"{self.peer}{request.raw_path}"
        content = body if request.method in {"POST", "PUT"} else None
        async with self._session.request(request.method, address, json=content) as response:
            text = await response.read()
            answer = await response.json() if text else {}
            return response.status, answer if isinstance(answer, dict) else {"list": answer}

    def _met(self, method: str, conversation: str) -> Trouble | None:
        met = next((each for each in self._trouble if each.fits(method, conversation)), None)
        if met is not None:
            met.times -= 1
            if met.times == 0:
                self._trouble.remove(met)
        return met

    def _is_too_fast(self, method: str, conversation: str) -> bool:
        if self.per_second is None or method != "POST" or not conversation:
            return False
        recent, now = self._recent[conversation], time.monotonic()
        while recent and now - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= self.per_second:
            return True
        recent.append(now)
        return False

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        trouble = self._met("PUT", FILES)
        if trouble is not None:
            return web.json_response(_error(trouble.status), status=trouble.status)
        last = len(content) - 1
        if request.headers["Content-Range"] != f"bytes 0-{last}/{len(content)}":
            self.broken.append("the file's range")
        self.uploads[request.match_info["name"]] = content
        return web.json_response({}, status=201)


def _is_card(attached: Json) -> bool:
    return attached.get("contentType") == "application/vnd.microsoft.card.adaptive"


def _about(path: str) -> tuple[str, str]:
    """Return the conversation and the message of a path; both may be empty."""
    _v3, _conversations, *rest = [unquote(part) for part in path.strip("/").split("/")]
    is_member = len(rest) > 1 and rest[1] != "activities"
    return (rest[0] if rest and not is_member else ""), (rest[2] if rest[2:] else "")


def _error(status: int) -> Json:
    return {"error": {"code": f"E{status}", "message": "made by the tests"}} if status else {}


def _waiting(seconds: float | None) -> dict[str, str]:
    return {} if seconds is None else {"Retry-After": f"{seconds:g}"}
