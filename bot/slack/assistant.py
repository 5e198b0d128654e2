"""The assistant side panel: what one can say, offered as prompts when it is opened."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.context.set_suggested_prompts.async_set_suggested_prompts import (
    AsyncSetSuggestedPrompts,
)
from slack_bolt.middleware.assistant.async_assistant import AsyncAssistant

from actions.words import _
from bot.cutting import shortened
from bot.slack.errors import as_transport_errors
from bot.translation import Locale, render
from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
_TITLE = _("What do you need?")
# Four at most; the title is what the button says, the message what is sent.
_PROMPTS = (
    (_("Find a mentor"), _("Which alumni are mentors in sustainability?")),
    (
        _("Register a guest lecture"),
        _("Register Anna Svensson as a guest lecturer on 12 March 13–15, FEK101"),
    ),
    (_("Set a reminder"), _("Remind me on Friday at 9 to call Volvo")),
    (_("What can you do?"), _("What can you do?")),
)
_LONGEST_TITLE = 75
EVENTS = frozenset({"assistant_thread_started", "assistant_thread_context_changed"})


def prompts(locale: Locale) -> list[dict[str, str]]:
    """Return the suggested prompts."""
    return [
        {
            "title": shortened(render(title, locale), _LONGEST_TITLE),
            "message": render(message, locale),
        }
        for title, message in _PROMPTS
    ]


def panel(locale_of: Callable[[str], Awaitable[Locale]]) -> AsyncAssistant:
    """Return the panel; what is written in it comes as any direct message, in a thread."""
    assistant = AsyncAssistant()

    async def started(
        set_suggested_prompts: AsyncSetSuggestedPrompts, payload: Mapping[str, Any]
    ) -> None:
        user = str((payload.get("assistant_thread") or {}).get("user_id") or "")
        locale = await locale_of(user)
        try:
            with as_transport_errors():
                await set_suggested_prompts(prompts=prompts(locale), title=render(_TITLE, locale))
        except TransportError as error:
            _LOG.warning("no suggested prompts: %s", error)

    async def moved() -> None:
        """Take note of nothing: the answers do not depend on the channel beside the panel."""

    assistant.thread_started(started)
    assistant.thread_context_changed(moved)
    return assistant
