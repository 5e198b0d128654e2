"""The chats that an installation has: Slack, Teams, both or none, as the settings say."""

from typing import TYPE_CHECKING, Protocol

from fastapi import APIRouter

from bot.assembly import Bot
from bot.settings import Settings
from bot.slack.app import SlackSide
from bot.transport import Channel

if TYPE_CHECKING:
    from bot.teams.app import TeamsSide


class ChatSide(Protocol):
    """A chat beside the web server.

    channel: what delivery sends through. router: its end point in the web app, if it has one.
    """

    @property
    def channel(self) -> Channel:
        """What delivery sends through."""

    @property
    def router(self) -> APIRouter | None:
        """The end point."""

    def serve(self, bot: Bot) -> None:
        """Say which bot answers; before `start`."""

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Disconnect."""


def chat_sides(settings: Settings, *, demo: bool) -> list[ChatSide]:
    """Return the chats that are set up, the first being where nobody's last use tells.

    Raises:
        SetUpError: one of them is set up wrongly.
    """
    sides: list[ChatSide] = []
    if settings.slack_bot_token.get_secret_value():
        sides.append(SlackSide(settings, demo=demo))
    if settings.teams_app_id or settings.teams_unauthenticated:
        sides.append(_teams(settings, demo=demo))
    return sides


def _teams(settings: Settings, *, demo: bool) -> "TeamsSide":
    # Its SDK takes more than a second and 20 MB, which nobody without Teams shall pay.
    from bot.teams.app import TeamsSide  # noqa: PLC0415

    return TeamsSide(settings, demo=demo)
