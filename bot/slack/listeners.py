"""What the bot listens to in Slack: everything is stored first, then acknowledged."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack.arrivals import Arrival
from bot.slack.markup import Json
from bot.slack.reading import read, team_of
from bot.slack.shortcut import REMIND
from bot.slack.telling import Moment

COMMAND = "/spindel"
EVENTS = ("message", "app_mention", "app_home_opened")
_ANY = re.compile(r".*", re.DOTALL)
_ACK_S = 2.5  # Slack waits for three seconds
_MOMENT = "spindel_moment"
Next = Callable[[], Awaitable[None]]


class Door(Protocol):
    """Who is at the other end: the workspace served, and what takes arrivals."""

    @property
    def team(self) -> str:
        """The workspace's id; "" until the bot is connected."""

    @property
    def bot_user(self) -> str:
        """The bot's own user id."""

    async def take(self, arrival: Arrival) -> Moment | None:
        """Store an arrival and begin to answer it; None when it came before."""

    def open_home(self, user: str) -> None:
        """Publish somebody's Home tab."""


def intake(door: Door) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Return the middleware through which everything comes, before it is acknowledged."""

    async def store(req: AsyncBoltRequest, next: Next) -> BoltResponse | None:  # noqa: A002 (bolt's word)
        body: Json = req.body
        if body.get("type") == "url_verification":
            await next()
            return None
        if not door.team:
            return BoltResponse(status=503)
        if team_of(body) != door.team:
            return _foreign(req)
        arrival = read(body, door.bot_user)
        if arrival is not None:
            moment = await door.take(arrival)
            if moment is None:
                return BoltResponse(status=200)
            req.context[_MOMENT] = moment
        await next()
        return None

    return store


def listen(app: AsyncApp, door: Door) -> None:
    """Register every listener; what they got is stored and being answered already."""
    for event in EVENTS:
        app.event(event)(_home(door) if event == "app_home_opened" else _done)
    app.command(COMMAND)(_done)
    app.action(_ANY)(_done)
    app.message_shortcut(REMIND)(_done)
    app.view(_ANY)(_submitted)


async def _done(ack: AsyncAck) -> None:
    await ack()


async def _submitted(ack: AsyncAck, context: dict[str, Any]) -> None:
    moment: Moment | None = context.get(_MOMENT)
    if moment is None or moment.errors is None:
        await ack()
        return
    try:
        errors = await asyncio.wait_for(moment.errors, _ACK_S)
    except TimeoutError:
        # The answer comes as a message; the form need not stand in the way.
        errors = None
    if errors:
        await ack(response_action="errors", errors=errors)
    else:
        await ack()


def _home(door: Door) -> Callable[..., Awaitable[None]]:
    async def opened(ack: AsyncAck, event: Json) -> None:
        await ack()
        if event.get("tab", "home") == "home":
            door.open_home(event["user"])

    return opened


def _foreign(req: AsyncBoltRequest) -> BoltResponse:
    # In Socket Mode only 200 is an acknowledgement, and this is not worth sending again.
    return BoltResponse(status=200 if req.mode == "socket_mode" else 403)
