"""The one workspace that is served: the token's own, or the one that the settings pin."""

from functools import partial
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.patience import patiently
from bot.commands.failure import SetUpError
from bot.settings import Settings
from bot.slack.errors import as_transport_errors
from bot.transport import TransportError


async def authenticated(client: AsyncWebClient, settings: Settings) -> AuthorizeResult:
    """Return who the bot is in which workspace.

    Raises:
        SetUpError: the token does not work, or belongs to another workspace.
    """
    try:
        told = await patiently(partial(_told, client), harmless=True)
    except TransportError as error:
        raise SetUpError(
            f"Slack does not take the bot token ({error}). Copy it again from the app's page "
            "“OAuth & Permissions”, and check that Slack can be reached from here."
        ) from error
    pinned = settings.slack_team_id
    if pinned and told["team_id"] != pinned:
        raise SetUpError(
            f"The bot token belongs to the workspace {told['team_id']}, but "
            f"SPINDEL_SLACK_TEAM_ID says {pinned}."
        )
    return AuthorizeResult.from_auth_test_response(
        bot_token=settings.slack_bot_token.get_secret_value(), auth_test_response=told
    )


async def _told(client: AsyncWebClient) -> Any:
    try:
        with as_transport_errors():
            return await client.auth_test()
    except TransportError as error:
        # A token that does not work is for somebody to mend, and does not get better by waiting.
        raise TransportError(str(error), permanent=error.permanent or error.closed) from error
