"""What arrives from Slack, with the moments in which a modal can be opened."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Bot
from bot.chats.answering import Told
from bot.chats.inbox import Inbox
from bot.slack.answering import SlackAnswering
from bot.slack.arrivals import Arrival
from bot.slack.form_button import unpacked
from bot.slack.home import Homes
from bot.slack.identity import CHANNEL
from bot.slack.opening import Opening
from bot.slack.telling import Moment, Telling
from bot.translation import Locale


class Arrivals(Inbox[Arrival, Moment]):
    """Takes what people do in Slack and sees that each is answered once."""

    def __init__(
        self,
        bot: Bot,
        client: AsyncWebClient,
        answering: SlackAnswering,
        telling: Telling,
        homes: Homes,
    ) -> None:
        super().__init__(bot, CHANNEL, Arrival, answering)
        self._client = client
        self._telling = telling
        self._homes = homes

    def moment(self, arrival: Arrival) -> Moment:
        """Begin the three seconds in which Slack lets a modal be opened, or shown its errors."""
        if arrival.kind == "submit":
            return Moment(errors=asyncio.get_running_loop().create_future())
        if not arrival.trigger or arrival.kind == "text":
            return Moment()

        async def language() -> Locale:
            told = unpacked(arrival.value)
            if arrival.kind == "open" and told.form is not None:
                return told.locale
            return await self._homes.locale_of(arrival.user)

        return Moment(Opening(self._client, arrival.trigger, language, wait=arrival.opens))

    def later(self, *, again: bool) -> Moment:
        """Return a moment in which nothing is open any longer."""
        return Moment(again=again)

    async def tell(self, arrival: Arrival, told: Told, moment: Moment) -> None:
        """Send an answer to where it belongs."""
        await self._telling.tell(arrival, told, moment)

    async def add(self, arrival: Arrival, told: Told) -> None:
        """Send one more message directly to whoever was answered."""
        await self._telling.add(arrival, told)

    async def after(self, arrival: Arrival) -> None:
        """Show in the Home tab what was done there."""
        if not arrival.channel:
            await self._homes.publish(arrival.user)

    def open_home(self, user: str) -> None:
        """Publish somebody's Home tab."""
        self.tasks.begin(self._homes.publish(user))
