"""Slack as a side of the bot: its parts put together, started and stopped."""

import logging
import time
from collections.abc import Callable

from fastapi import APIRouter
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Bot
from bot.commands.failure import SetUpError
from bot.settings import Settings
from bot.slack import http
from bot.slack.answering import SlackAnswering
from bot.slack.arrivals import Arrival
from bot.slack.assistant import panel
from bot.slack.channel import SlackChannel
from bot.slack.channels import Channels
from bot.slack.home import Homes
from bot.slack.identity import SlackIdentities
from bot.slack.inbound import Arrivals
from bot.slack.listeners import intake, listen
from bot.slack.posting import Posts
from bot.slack.sending import Sending
from bot.slack.socket import SocketLine
from bot.slack.telling import Moment, Telling
from bot.slack.users import Users
from bot.slack.workspace import authenticated
from bot.translation import Locale

_LOG = logging.getLogger(__name__)


class SlackSide:
    """The bot in one Slack workspace, by Socket Mode or HTTP as the settings say.

    channel: what delivery sends through. router: the end point of HTTP mode, to be included in
    the web app; None in Socket Mode. demo: real users choose whom to be. pace_s: seconds between
    two messages to one channel, as the settings say unless given. clock: Unix seconds, by which
    Slack signs.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        demo: bool,
        pace_s: float | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._demo = demo
        self._client = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            timeout=10,
            retry_handlers=[],
        )
        pace = settings.slack_pace_s if pace_s is None else pace_s
        self._posts = Posts(self._client, pace)
        self._bot: Bot | None = None
        self._me: AuthorizeResult | None = None
        self._arrivals: Arrivals | None = None
        self._homes: Homes | None = None
        self.channel = SlackChannel(self._posts, settings.slack_per_minute)
        self.app = self._bolt()
        self.line = self._line()
        self.router = self._router(clock)

    @property
    def team(self) -> str:
        """The workspace's id; "" until the bot is connected."""
        return str(self._me.team_id) if self._me and self._arrivals else ""

    @property
    def bot_user(self) -> str:
        """The bot's own user id."""
        return str(self._me.bot_user_id) if self._me else ""

    def serve(self, bot: Bot) -> None:
        """Say which bot answers; before `start`."""
        self._bot = bot

    async def start(self) -> None:
        """Connect, take up what a crash left, then listen.

        Raises:
            SetUpError: the token does not work, or belongs to another workspace.
        """
        assert self._bot is not None  # noqa: S101 (serve comes first)
        self._me = await authenticated(self._client, self._settings)
        team = str(self._me.team_id)
        identities = SlackIdentities(self._bot.database, Users(self._client), team, demo=self._demo)
        answering = SlackAnswering(self._bot, identities, Channels(self._client))
        telling = Telling(Sending(self._posts), identities)
        self._homes = Homes(self._bot, self._client, identities)
        arrivals = Arrivals(self._bot, self._client, answering, telling, self._homes)
        left = await arrivals.take_up()
        if left:
            _LOG.info("Slack: taking up %d unanswered", left)
        self._arrivals = arrivals
        self.channel.open(identities)
        if self.line is not None:
            await self.line.start()

    async def stop(self) -> None:
        """Listen no more, finish what is being answered, disconnect."""
        if self.line is not None:
            await self.line.stop()
        if self._arrivals is not None:
            arrivals, self._arrivals = self._arrivals, None
            await arrivals.drain()
        self.channel.close()

    async def idle(self) -> None:
        """Wait until everything that has come is answered."""
        if self._arrivals is not None:
            await self._arrivals.tasks.idle()

    async def take(self, arrival: Arrival) -> Moment | None:
        """Store an arrival and begin to answer it; None when it came before."""
        assert self._arrivals is not None  # noqa: S101 (nothing comes in before)
        return await self._arrivals.take(arrival)

    def open_home(self, user: str) -> None:
        """Publish somebody's Home tab."""
        assert self._arrivals is not None  # noqa: S101 (nothing comes in before)
        self._arrivals.open_home(user)

    def _bolt(self) -> AsyncApp:
        async def authorize() -> AuthorizeResult:
            assert self._me is not None  # noqa: S101 (intake lets nothing past before)
            return self._me

        # Without a token of its own: bolt would ask auth.test again before the first answer.
        client = AsyncWebClient(
            base_url=self._settings.slack_api_url, timeout=10, retry_handlers=[]
        )
        app = AsyncApp(
            client=client,
            authorize=authorize,
            before_authorize=intake(self),
            request_verification_enabled=False,  # http.py does it, for odd input too
        )
        app.assistant(panel(self._locale_of))
        listen(app, self)
        return app

    def _line(self) -> SocketLine | None:
        if self._settings.slack_mode != "socket":
            return None
        token = self._settings.slack_app_token.get_secret_value()
        if not token:
            raise SetUpError(
                "Socket Mode needs the app-level token: set SLACK_APP_TOKEN (xapp-…), or "
                "SPINDEL_SLACK_MODE=http."
            )
        return SocketLine(self.app, token, self._settings.slack_api_url)

    def _router(self, clock: Callable[[], float]) -> APIRouter | None:
        if self._settings.slack_mode != "http":
            return None
        try:
            secret = self._settings.slack_signing_secret.get_secret_value()
            return http.router(self.app, secret, clock)
        except http.SecretMissing as error:
            raise SetUpError(str(error)) from error

    async def _locale_of(self, user: str) -> Locale:
        if self._arrivals is None or self._homes is None:
            return "sv"
        return await self._arrivals.tasks.within(self._homes.locale_of(user))
