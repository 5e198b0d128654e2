"""Channels: which of them are closed to those who are not in them."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import as_transport_errors
from bot.transport import TransportError

_REMEMBERED = 1_000


class Channels:
    """Asks Slack about a channel once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._closed: dict[str, bool] = {}

    async def is_closed(self, channel: str) -> bool:
        """Whether a channel is private; one that Slack does not tell of counts as open."""
        if channel not in self._closed:
            if len(self._closed) >= _REMEMBERED:
                self._closed.clear()
            try:
                self._closed[channel] = _closed(await self._ask(channel))
            except TransportError:
                return False
        return self._closed[channel]

    async def _ask(self, channel: str) -> Mapping[str, Any]:
        with as_transport_errors():
            answer = await self._client.conversations_info(channel=channel)
        told: Mapping[str, Any] = answer["channel"] or {}
        return told


def _closed(told: Mapping[str, Any]) -> bool:
    return any(told.get(key) for key in ("is_private", "is_group", "is_mpim", "is_im"))
