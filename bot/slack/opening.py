"""A press may open a modal within three seconds; what is not ready by then is waited for in it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from actions.words import _
from bot.slack.errors import as_transport_errors
from bot.slack.markup import Json
from bot.slack.modal import notice
from bot.translation import Locale
from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
_PATIENCE_S = 1.0
_LANGUAGE_S = 0.5
_WAIT = _("One moment …")


class Opening:
    """One trigger and the modal that it opens, once.

    language: tells whose words the waiting modal speaks. wait: open one when the form is not there
    within a second.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        trigger: str,
        language: Callable[[], Awaitable[Locale]],
        *,
        wait: bool,
    ) -> None:
        self._client = client
        self._trigger = trigger
        self._view = ""
        self._settled = False
        self._one = asyncio.Lock()
        self._timer = asyncio.create_task(self._wait(language)) if wait else None

    @property
    def waiting(self) -> bool:
        """Whether somebody looks at the waiting modal."""
        return bool(self._view)

    async def settle(self) -> None:
        """Open no waiting modal from now on; one that is just being opened is awaited."""
        async with self._one:
            self._settled = True
            if self._timer is not None:
                self._timer.cancel()

    async def show(self, view: Json) -> bool:
        """Show a view; False when Slack no longer takes the trigger, or does not answer."""
        await self.settle()
        try:
            with as_transport_errors():
                if self._view:
                    await self._client.views_update(view_id=self._view, view=view)
                else:
                    await self._client.views_open(trigger_id=self._trigger, view=view)
        except TransportError as error:
            _LOG.info("no modal: %s", error)
            return False
        return True

    async def _wait(self, language: Callable[[], Awaitable[Locale]]) -> None:
        await asyncio.sleep(_PATIENCE_S)
        try:
            locale = await asyncio.wait_for(language(), _LANGUAGE_S)
        except TimeoutError:
            locale = "sv"  # Slack gives three seconds in all
        async with self._one:
            if self._settled:
                return
            try:
                with as_transport_errors():
                    opened = await self._client.views_open(
                        trigger_id=self._trigger, view=notice(_WAIT, locale)
                    )
            except TransportError as error:
                _LOG.info("no waiting modal: %s", error)
                return
            self._view = str((opened["view"] or {}).get("id", ""))
