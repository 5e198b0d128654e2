"""Who somebody is in Slack, as `users.info` tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.patience import patiently
from bot.chats.remembered import Remembered
from bot.slack.errors import as_transport_errors
from bot.translation import Locale


@dataclass(frozen=True, slots=True)
class SlackUser:
    """One member: the verified e-mail or "", whether a guest, whether of another workspace."""

    id: str
    name: str
    email: str
    locale: Locale
    guest: bool
    outside: bool


class Users:
    """Asks Slack who somebody is, and remembers it for an hour."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._seen = Remembered[SlackUser]()

    async def of(self, user_id: str, team: str) -> SlackUser:
        """Return a member.

        Raises:
            TransportError: Slack does not tell.
        """
        return await self._seen.of(user_id, partial(self._asked, user_id, team))

    async def by_email(self, email: str, team: str) -> SlackUser:
        """Return the member with this e-mail.

        Raises:
            TransportError: there is none, or Slack does not tell.
        """
        with as_transport_errors():
            answer = await self._client.users_lookupByEmail(email=email)
        return _read(answer["user"] or {}, team)

    async def _asked(self, user_id: str, team: str) -> SlackUser:
        return _read(await patiently(partial(self._ask, user_id), harmless=True), team)

    async def _ask(self, user_id: str) -> Mapping[str, Any]:
        with as_transport_errors():
            answer = await self._client.users_info(user=user_id, include_locale=True)
        told: Mapping[str, Any] = answer["user"] or {}
        return told


def _read(told: Mapping[str, Any], team: str) -> SlackUser:
    profile = told.get("profile") or {}
    # Slack tells this only where it knows better than that an e-mail was confirmed.
    verified = told.get("is_email_confirmed") is not False
    name = profile.get("real_name") or told.get("real_name") or told.get("name") or ""
    teams = {told.get("team_id"), *(told.get("enterprise_user") or {}).get("teams", ())}
    return SlackUser(
        id=str(told.get("id", "")),
        name=str(name)[:120],
        email=str(profile.get("email") or "") if verified else "",
        locale="en" if str(told.get("locale") or "").startswith("en") else "sv",
        guest=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
        outside=bool(told.get("is_stranger") or told.get("deleted") or told.get("is_bot"))
        or team not in teams,
    )
