"""Where an answer goes in Teams: the pressed card, the conversation, or the person alone."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from actions.reply import Reply
from actions.words import _
from bot.chats.answering import Told
from bot.chats.patience import patiently
from bot.conversation import Answer, kept_private
from bot.teams.arrivals import Arrival
from bot.teams.connector import Connector
from bot.teams.files import Ready, files_of, handed_over, question, unsaved
from bot.teams.identity import TeamsIdentities
from bot.teams.place import Place, place_of
from bot.teams.render import Rendered, rendered
from bot.transport import TransportError

_ADD_ME = _(
    "I answer that to you alone, but you have not added me yet. Open “Apps” in Teams, look for "
    "Spindel, choose “Add” and ask again there."
)


class Telling:
    """Sends answers; every method raises TransportError where Teams does not take one."""

    def __init__(self, connector: Connector, identities: TeamsIdentities) -> None:
        self._connector = connector
        self._identities = identities

    async def tell(self, arrival: Arrival, told: Told) -> None:
        """Send an answer to where it belongs."""
        files = files_of(told.reply, told.locale)
        if arrival.consent and files:
            await self._hand_over(arrival, told, files[0])
            return
        if arrival.direct or not told.reply.private:
            await self._here(arrival, told)
            await self._ask(arrival, arrival.place, files if arrival.direct else [])
            return
        place = await self._alone(arrival)
        if place is None:
            await self._here(arrival, replace(told, reply=Reply(_ADD_ME, private=False)))
            return
        await self._post(place, rendered(told.reply, told.locale).messages())
        await self._ask(arrival, place, files)
        notice = kept_private(Answer(told.reply, told.locale)).reply
        await self._here(arrival, replace(told, reply=notice))

    async def add(self, arrival: Arrival, told: Told) -> None:
        """Send one more message directly to whoever was answered."""
        place = arrival.place if arrival.direct else await self._alone(arrival)
        if place is not None:
            await self._post(place, rendered(told.reply, told.locale).messages())

    async def _here(self, arrival: Arrival, told: Told) -> None:
        messages = rendered(told.reply, told.locale).messages()
        # A form that was sent has nothing more to say, so the answer takes its place.
        replaces = told.reply.updates or arrival.kind == "submit"
        if replaces and arrival.message and await self._replaced(arrival, messages[0]):
            messages = messages[1:]
        await self._post(arrival.place, messages)

    async def _ask(self, arrival: Arrival, place: Place, files: Sequence[Ready]) -> None:
        for file in files:
            await patiently(partial(self._connector.post, place, question(file, arrival)))

    async def _hand_over(self, arrival: Arrival, told: Told, file: Ready) -> None:
        url = str(arrival.consent.get("uploadUrl") or "")
        try:
            await patiently(partial(self._connector.upload, url, file.content), harmless=True)
        except TransportError:
            await self._here(arrival, replace(told, reply=unsaved(file, arrival)))
            return
        shown = handed_over(file, arrival.consent)
        await patiently(partial(self._connector.post, arrival.place, shown))
        with suppress(TransportError):  # the question stays where it cannot be taken away
            await self._connector.remove(arrival.place, arrival.message)

    async def _replaced(self, arrival: Arrival, message: Rendered) -> bool:
        update = partial(self._connector.update, arrival.place, arrival.message, message.activity())
        try:
            await patiently(update, harmless=True)
        except TransportError as error:
            if not error.permanent:
                raise
            return False
        return True

    async def _post(self, place: Place, messages: Sequence[Rendered]) -> None:
        for message in messages:
            await patiently(partial(self._connector.post, place, message.activity()))

    async def _alone(self, arrival: Arrival) -> Place | None:
        """Return the conversation with one person alone; None where she has not added the bot."""
        kept = await self._identities.address(arrival.user)
        if kept is not None:
            return place_of(kept)
        begin = partial(self._connector.direct, arrival.service, arrival.member)
        try:
            place = await patiently(begin, harmless=True)
        except TransportError as error:
            if not error.permanent:
                raise
            return None
        await self._identities.keep_address(arrival.user, str(place))
        return place
