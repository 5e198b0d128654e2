"""A chat server of the cases' own, in Slack's shapes, that writes down whatever it accepts."""

import asyncio
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.faults.limits import Limits
from tests.faults.troubles import EARLY, Json, Troubles, spoilt

TEAM, BOT = "T01NORD", "U0SPINDEL"
_PAGE = 15  # messages of a history page, however many are asked for
_TOKEN = re.compile(r"kvitto-\d+")


@dataclass
class Post:
    """One message that was accepted; at: Unix seconds; visible: from when history tells its id."""

    user: str
    channel: str
    ts: str
    text: str
    uid: str
    at: float
    visible: float
    edits: int = 0

    @property
    def token(self) -> str:
        """What it was promised as; "" for an answer."""
        found = _TOKEN.search(self.text)
        return found.group() if found else ""


@dataclass
class Ledger:
    """The server. latency and lateness: seconds between the two, of an answer and until the id of
    a message appears in its history. limits: None takes everything."""

    chance: random.Random
    latency: tuple[float, float] = (0.005, 0.03)
    lateness: tuple[float, float] = (0.0, 4.0)
    limits: Limits | None = None
    url: str = ""
    posts: list[Post] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    troubles: Troubles = field(init=False)
    on_post: Callable[[], None] = lambda: None
    _channels: defaultdict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        self.troubles = Troubles(self.chance)

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/hooks/{id}", self._hook)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    def firsts(self) -> dict[str, float]:
        """Return when each promised message was first accepted."""
        first: dict[str, float] = {}
        for post in self.posts:
            if post.token:
                first[post.token] = min(post.at, first.get(post.token, post.at))
        return first

    def copies(self) -> int:
        """Return how many visible messages are one too many."""
        tokens = [post.token for post in self.posts if post.token]
        uids = [post.uid for post in self.posts if not post.token]
        return len(tokens) - len(set(tokens)) + len(uids) - len(set(uids))

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        self.calls[method] += 1
        trouble = self.troubles.next(method)
        if trouble is not None and trouble.kind in EARLY:
            return await spoilt(trouble, request, {}, self.chance)
        refused = self.limits.refuse(method, args) if self.limits is not None else None
        if refused is not None:
            told = {"ok": False, "error": "ratelimited"}
            return web.json_response(told, status=429, headers={"Retry-After": str(refused)})
        # It is accepted somewhere in the middle of the wait, wherever its sender is by then.
        await asyncio.sleep(self.chance.uniform(*self.latency) / 2)
        answer = self._answered(method, args)
        if trouble is not None:
            return await spoilt(trouble, request, answer, self.chance)
        await asyncio.sleep(self.chance.uniform(*self.latency) / 2)
        return web.json_response(answer)

    async def _hook(self, request: web.Request) -> web.Response:
        """Take the answer to a slash command."""
        told, now = await request.json(), time.time()
        ts = f"{int(now)}.{len(self.posts):06d}"
        text = told.get("text", "")
        self.posts.append(Post("", "", ts, text, f"hook{ts}", now, now))
        return web.Response(text="ok")

    def _answered(self, method: str, args: Json) -> Json:
        answers: dict[str, Callable[[Json], Json]] = {
            "auth.test": lambda _: {"user_id": BOT, "bot_id": "B0SPINDEL", "team_id": TEAM},
            "users.info": lambda a: {"user": _user(a["user"])},
            "users.lookupByEmail": lambda a: {"user": _user(_user_of(a["email"]))},
            "conversations.open": lambda a: {"channel": {"id": _direct(a["users"])}},
            "conversations.history": self._history,
            "chat.postMessage": self._post,
            "chat.update": self._update,
        }
        known = answers.get(method)
        return {"ok": True, **(known(args) if known else {})}

    def _post(self, args: Json) -> Json:
        channel, now = _direct(args["channel"]), time.time()
        meta = (args.get("metadata") or {}).get("event_payload") or {}
        post = Post(
            user="U" + channel[1:],
            channel=channel,
            ts=f"{int(now)}.{len(self.posts):06d}",
            text=args.get("text", ""),
            uid=str(meta.get("id", "")),
            at=now,
            visible=now + self.chance.uniform(*self.lateness),
        )
        self.posts.append(post)
        self._channels[channel].append(post)
        self.on_post()
        message = {"type": "message", "user": BOT, "ts": post.ts, "text": post.text}
        return {"channel": channel, "ts": post.ts, "message": message}

    def _update(self, args: Json) -> Json:
        for post in self._channels[args["channel"]]:
            if post.ts == args["ts"]:
                post.text, post.edits = args.get("text", ""), post.edits + 1
                return {"channel": post.channel, "ts": post.ts, "text": post.text}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, args: Json) -> Json:
        oldest, begin = float(args.get("oldest") or 0), int(args.get("cursor") or 0)
        here = [p for p in reversed(self._channels[args["channel"]]) if float(p.ts) > oldest]
        page = here[begin : begin + min(_PAGE, int(args.get("limit") or 100))]
        after = begin + len(page)
        more = after < len(here)
        return {
            "messages": [_told(post) for post in page],
            "has_more": more,
            "response_metadata": {"next_cursor": str(after) if more else ""},
        }


def _told(post: Post) -> Json:
    told: Json = {"type": "message", "user": BOT, "ts": post.ts, "text": post.text}
    if time.time() >= post.visible:
        told["metadata"] = {"event_type": "spindel_message", "event_payload": {"id": post.uid}}
    return told


def _direct(user: str) -> str:
    return "D" + user[1:]


def _user_of(email: str) -> str:
    return "U" + email.partition("@")[0].removeprefix("p").zfill(6)


def _user(user: str) -> Json:
    email = f"p{int(user[1:])}@faults.example"
    profile = {"email": email, "real_name": f"Person {int(user[1:])}"}
    return {"id": user, "team_id": TEAM, "locale": "sv-SE", "profile": profile}


async def _arguments(request: web.Request) -> Json:
    given: Json = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        return given | dict(await request.json())
    return given | {key: _value(str(value)) for key, value in (await request.post()).items()}


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in {"{", "["} else text
