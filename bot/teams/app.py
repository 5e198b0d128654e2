"""Teams as a side of the bot: its parts put together, started and stopped."""

import logging
import time
from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from bot.assembly import Bot
from bot.settings import Settings
from bot.teams import activities
from bot.teams.answering import TeamsAnswering
from bot.teams.channel import TeamsChannel
from bot.teams.connector import Connector
from bot.teams.gate import PATH, Activity, Gate
from bot.teams.identity import TeamsIdentities
from bot.teams.inbound import TeamsInbox
from bot.teams.telling import Telling
from storage import Unreachable

_LOG = logging.getLogger(__name__)


class TeamsSide:
    """The bot in one tenant's Teams.

    channel: what delivery sends through. router: the end point that Teams posts to, to be
    included in the web app. demo: real users choose whom to be. clock: Unix seconds, by which
    tokens hold.
    """

    def __init__(
        self, settings: Settings, *, demo: bool, clock: Callable[[], float] = time.time
    ) -> None:
        self._gate = Gate(settings, clock=clock)
        self._connector = Connector(settings)
        self._tenant = settings.teams_tenant_id.lower()
        self._demo = demo
        self._bot: Bot | None = None
        self._inbox: TeamsInbox | None = None
        self._identities: TeamsIdentities | None = None
        self.channel = TeamsChannel(self._connector, self._tenant, settings.teams_per_second)
        self.router = self._router()

    def serve(self, bot: Bot) -> None:
        """Say which bot answers; before `start`."""
        self._bot = bot

    async def start(self) -> None:
        """Take up what a crash left, then listen."""
        assert self._bot is not None  # noqa: S101 (serve comes first)
        identities = TeamsIdentities(
            self._bot.database, self._connector, self._tenant, demo=self._demo
        )
        answering = TeamsAnswering(self._bot, identities)
        inbox = TeamsInbox(self._bot, answering, Telling(self._connector, identities))
        left = await inbox.take_up()
        if left:
            _LOG.info("Teams: taking up %d unanswered", left)
        self._identities, self._inbox = identities, inbox
        self.channel.open()

    async def stop(self) -> None:
        """Listen no more, finish what is being answered, disconnect."""
        if self._inbox is not None:
            inbox, self._inbox = self._inbox, None
            await inbox.drain()
        self.channel.close()
        await self._gate.close()

    async def idle(self) -> None:
        """Wait until everything that has come is answered."""
        if self._inbox is not None:
            await self._inbox.tasks.idle()

    async def take(self, activity: Activity) -> Response:
        """Store an activity that the gate let in and begin to answer it; return what to say."""
        inbox, identities = self._inbox, self._identities
        if inbox is None or identities is None:
            return Response(status_code=503, headers={"Retry-After": "5"})
        try:
            gone = activities.went(activity)
            if gone is not None:
                await identities.keep_address(gone[0], None)
            arrival = activities.read(activity)
            if arrival is not None and await inbox.take(arrival) is None and arrival.kind == "came":
                await identities.keep_address(arrival.user, str(arrival.place))  # she came back
        except Unreachable:
            return Response(status_code=503, headers={"Retry-After": "5"})
        return Response(status_code=200)

    def _router(self) -> APIRouter:
        made = APIRouter()

        @made.post(PATH)
        async def messages(request: Request) -> Response:
            activity = await self._gate.check(request)
            return activity if isinstance(activity, Response) else await self.take(activity)

        return made
