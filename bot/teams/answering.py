"""What Teams adds to answering: a welcome, and conversations of several kinds."""

from dataclasses import replace

from actions.request import Surface
from actions.words import _, lines
from bot.chats.answering import Answering, Told
from bot.chats.identity import Who, spoken_by
from bot.teams.arrivals import DECLINED, Arrival
from bot.teams.files import declined
from bot.translation import Locale
from storage.queries.people import person_by_id

_WELCOME = _(
    "I'm Spindel. Whatever names persons I show here only, to you alone. Write “help” at any time."
)


class TeamsAnswering(Answering[Arrival]):
    """Answers what came from Teams."""

    async def of_the_chat(self, arrival: Arrival, who: Who) -> Told | None:
        """Return the welcome for somebody who has just let the bot in, or what follows a no."""
        if who.person_id is None:
            return None
        if arrival.press == DECLINED:
            return await self._declined(arrival.value, who.person_id, who.locale)
        if arrival.kind != "came":
            return None
        menu = await self.menu(who.person_id, who.locale if who.silent else None)
        reply = replace(menu.reply, text=lines(menu.reply.text, _WELCOME, by="\n\n"))
        return Told(reply, menu.locale, who.person_id)

    async def _declined(self, name: str, person_id: int, locale: Locale) -> Told:
        async with self._bot.database.begin() as session:
            person = await person_by_id(session, person_id)
        return Told(declined(name), spoken_by(person, locale), person_id)

    async def surface(self, arrival: Arrival) -> Surface:
        """Return who sees what is said in a conversation."""
        if arrival.direct:
            return Surface.DIRECT
        return Surface.PUBLIC if arrival.scope == "channel" else Surface.PRIVATE
