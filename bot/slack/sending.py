"""Sending the messages of an answer: each once, also where Slack left it unknown."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bot.chats.patience import patiently
from bot.slack.posting import Posts, uid_of
from bot.slack.render import Rendered
from bot.transport import Sent, TransportError

# Slack's history may tell a message's id a moment after the message, so it is asked again.
_LOOKS_S = (0.0, 2.0, 5.0)
_TRIES = 3


class Sending:
    """Posts answers so that a failed or interrupted attempt leaves no second copy."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts

    async def post(
        self,
        channel: str,
        messages: Sequence[Rendered],
        key: str,
        *,
        thread: str = "",
        again: bool = False,
    ) -> str:
        """Post messages in order and return the channel they went to.

        channel: or a person's user id. key: what they answer. again: they may be there already.

        Raises:
            TransportError: Slack does not take them.
        """
        address = channel
        for number, message in enumerate(messages):
            uid = uid_of(f"{key}:{channel}", number)
            sent = await self._found(channel, uid) if again else None
            address = (sent or await self._once(channel, message, uid, thread)).address
        return address

    async def whisper(
        self, channel: str, user: str, messages: Sequence[Rendered], thread: str
    ) -> None:
        """Show messages in a channel to one person."""
        for message in messages:
            await patiently(partial(self.posts.whisper, channel, user, message, thread))

    async def back(self, url: str, messages: Sequence[Rendered], *, replace: bool) -> None:
        """Answer where a slash command or an ephemeral message was."""
        for number, message in enumerate(messages):
            instead = replace and number == 0
            await patiently(partial(self.posts.back, url, message, replace=instead))

    async def update(self, channel: str, ts: str, message: Rendered) -> bool:
        """Put a message in another's place; False when that one is gone or too old."""
        try:
            await patiently(partial(self.posts.update, channel, ts, message), harmless=True)
        except TransportError as error:
            if not error.permanent:
                raise
            return False
        return True

    async def _once(self, channel: str, message: Rendered, uid: str, thread: str) -> Sent:
        post = partial(self.posts.post, channel, message, uid, thread)
        for _try in range(_TRIES - 1):
            try:
                return await patiently(post)
            except TransportError as error:
                if not error.ambiguous:
                    raise
            # Every try may have arrived, so each is looked for before the next.
            found = await self._found(channel, uid)
            if found is not None:
                return found
        return await patiently(post)

    async def _found(self, channel: str, uid: str) -> Sent | None:
        for wait in _LOOKS_S:
            await asyncio.sleep(wait)
            look = partial(self.posts.arrived, channel, uid)
            found = await patiently(look, harmless=True)
            if found is not None:
                return found
        return None
