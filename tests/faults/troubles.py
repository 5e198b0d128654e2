"""What goes wrong between the bot and the ledger, as often as a case asks for."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
# Refused before the ledger takes anything, and spoilt after it has taken it.
EARLY = frozenset({"429", "503", "refused_error", "cut_before", "hang_before", "revoked"})
LATE = frozenset({"500", "internal_error", "cut_after", "hang_after", "half"})
_LONGER_THAN_THE_BOT_WAITS_S = 12


@dataclass
class Trouble:
    """One kind of trouble: share 0..1 of the calls of `method` ("" = all), `left` times at most.

    retry_after: what 429 says, seconds, drawn between the two. every: instead of a share, exactly
    the N-th call. done: how often it really happened.
    """

    kind: str
    share: float = 1.0
    method: str = "chat.postMessage"
    left: float = float("inf")
    retry_after: tuple[int, int] = (1, 30)
    nth: int = 0
    done: int = 0
    seen: int = 0

    def strikes(self, method: str, chance: random.Random) -> bool:
        """Whether it happens to this call."""
        if self.left <= 0 or self.method not in {"", method}:
            return False
        self.seen += 1
        if self.nth:
            return self.seen == self.nth
        return chance.random() < self.share


@dataclass
class Troubles:
    """All that goes wrong now; chance: seeded."""

    chance: random.Random
    now: list[Trouble] = field(default_factory=list)
    ended: list[Trouble] = field(default_factory=list)

    @property
    def injected(self) -> int:
        """How many calls were spoilt."""
        return sum(trouble.done for trouble in [*self.now, *self.ended])

    def begin(self, trouble: Trouble) -> Trouble:
        """Let a kind of trouble begin."""
        self.now.append(trouble)
        return trouble

    def end(self) -> None:
        """Let everything go well again."""
        self.ended += self.now
        self.now = []

    def next(self, method: str) -> Trouble | None:
        """Return what happens to a call, or None."""
        for trouble in self.now:
            if trouble.strikes(method, self.chance):
                trouble.left -= 1
                trouble.done += 1
                return trouble
        return None


async def spoilt(
    trouble: Trouble, request: web.Request, answer: Json, chance: random.Random
) -> web.StreamResponse:
    """Answer a call as the trouble has it."""
    kind = trouble.kind
    if kind == "429":
        wait = str(chance.randint(*trouble.retry_after))
        told = {"ok": False, "error": "ratelimited"}
        return web.json_response(told, status=429, headers={"Retry-After": wait})
    if kind in {"500", "503"}:
        return web.Response(text="<html>upstream</html>", status=int(kind))
    if kind == "revoked":
        return web.json_response({"ok": False, "error": "token_revoked"})
    if kind in {"internal_error", "refused_error"}:
        return web.json_response({"ok": False, "error": "internal_error"})
    if kind.startswith("hang"):
        await asyncio.sleep(_LONGER_THAN_THE_BOT_WAITS_S)
    if kind == "half":
        return await _half(request, answer)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, answer: Json) -> web.StreamResponse:
    whole = web.json_response(answer).body
    assert isinstance(whole, bytes)
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(whole)
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    if request.transport is not None:
        request.transport.abort()
    return response
