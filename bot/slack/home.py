"""The Home tab: the neutral page of a person, published when she opens it."""

import logging
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from actions.access import actor_of
from actions.reply import Reply
from bot.assembly import Bot
from bot.chats import demo
from bot.chats.identity import Who, spoken_by
from bot.home import home
from bot.slack.buttons import numbered
from bot.slack.elements import pieces
from bot.slack.errors import as_transport_errors
from bot.slack.identity import SlackIdentities
from bot.slack.limits import BLOCKS
from bot.slack.markup import Json, plain
from bot.translation import Locale, render
from bot.transport import TransportError
from storage.queries.people import person_by_id

_LOG = logging.getLogger(__name__)
_HEADING = 150


class Homes:
    """Publishes Home tabs, each in its person's language."""

    def __init__(self, bot: Bot, client: AsyncWebClient, identities: SlackIdentities) -> None:
        self._bot = bot
        self._client = client
        self._identities = identities

    async def publish(self, user: str) -> None:
        """Publish somebody's Home tab; one that Slack does not take is shown at the next visit."""
        try:
            now = await self._bot.time.now()
            who = await self._identities.of_user(user, now)
            parts, locale = await self._parts(who)
            with as_transport_errors():
                await self._client.views_publish(user_id=user, view=home_view(parts, locale))
        except TransportError as error:
            _LOG.warning("no Home tab for a user: %s", error)

    async def locale_of(self, user: str) -> Locale:
        """Return the language to speak to a user in, whoever she is."""
        try:
            who = await self._identities.of_user(user, await self._bot.time.now())
        except TransportError:
            return "sv"
        if who.person_id is None:
            return who.locale
        async with self._bot.database.begin() as session:
            return spoken_by(await person_by_id(session, who.person_id), who.locale)

    async def _parts(self, who: Who) -> tuple[list[Reply], Locale]:
        now = await self._bot.time.now()
        if who.no is not None:
            return [who.no], who.locale
        if who.person_id is None:
            return [await demo.picker(self._bot.database, now)], who.locale
        actions = list(self._bot.conversation.routes.actions.values())
        async with self._bot.database.begin() as session:
            person = await person_by_id(session, who.person_id)
            actor = await actor_of(session, person, now)
            parts = await home(session, actor, now, actions)
        if self._identities.demo:
            parts.append(demo.aside())
        return parts, spoken_by(person, who.locale)


def home_view(parts: Sequence[Reply], locale: Locale) -> Json:
    """Return the view of a page: each part's text as its heading, its elements below."""
    blocks: list[Json] = []
    for number, part in enumerate(parts):
        heading = render(part.text, locale)
        blocks.extend([{"type": "divider"}] if number else [])
        kind = "header" if len(heading) <= _HEADING else "section"
        blocks.append({"type": kind, "text": plain(heading)})
        for piece in pieces(part.elements, locale):
            blocks.extend(piece.blocks)
    return {"type": "home", "blocks": numbered(blocks[: BLOCKS["home"]])}
