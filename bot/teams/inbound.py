"""What arrives from Teams: stored, acknowledged, answered."""

from bot.assembly import Bot
from bot.chats.answering import Told
from bot.chats.inbox import Inbox
from bot.teams.answering import TeamsAnswering
from bot.teams.arrivals import Arrival
from bot.teams.identity import CHANNEL
from bot.teams.telling import Telling


class Moment:
    """Something has just come; nothing is open for a short while in Teams."""


class TeamsInbox(Inbox[Arrival, Moment]):
    """Takes what people do in Teams and sees that each is answered once."""

    def __init__(self, bot: Bot, answering: TeamsAnswering, telling: Telling) -> None:
        super().__init__(bot, CHANNEL, Arrival, answering)
        self._telling = telling

    def moment(self, arrival: Arrival) -> Moment:  # noqa: ARG002
        """Begin a moment, in which nothing is open."""
        return Moment()

    def later(self, *, again: bool) -> Moment:  # noqa: ARG002
        """Return the moment of what a crash left; Teams lets nobody look whether it was told."""
        return Moment()

    async def tell(self, arrival: Arrival, told: Told, moment: Moment) -> None:  # noqa: ARG002
        """Send an answer to where it belongs; Teams does not let one look whether it is there."""
        await self._telling.tell(arrival, told)

    async def add(self, arrival: Arrival, told: Told) -> None:
        """Send one more message directly to whoever was answered."""
        await self._telling.add(arrival, told)
