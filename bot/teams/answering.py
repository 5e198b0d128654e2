"""What Teams adds to answering: a welcome, and conversations of several kinds."""

from dataclasses import replace

from actions.request import Surface
from actions.words import _, lines
from bot.chats.answering import Answering, Told
from bot.chats.identity import Who
from bot.teams.arrivals import Arrival

_WELCOME = _(
    "I'm Spindel. Whatever names persons I show here only, to you alone. Write “help” at any time."
)


class TeamsAnswering(Answering[Arrival]):
    """Answers what came from Teams."""

    async def of_the_chat(self, arrival: Arrival, who: Who) -> Told | None:
        """Return the welcome for somebody who has just let the bot in."""
        if arrival.kind != "came" or who.person_id is None:
            return None
        menu = await self.menu(who.person_id, who.locale if who.silent else None)
        reply = replace(menu.reply, text=lines(menu.reply.text, _WELCOME, by="\n\n"))
        return Told(reply, menu.locale, who.person_id)

    async def surface(self, arrival: Arrival) -> Surface:
        """Return who sees what is said in a conversation."""
        if arrival.direct:
            return Surface.DIRECT
        return Surface.PUBLIC if arrival.scope == "channel" else Surface.PRIVATE
