"""Teams as a way to reach people: proactive messages from the outbox."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.chats.pace import Pace
from bot.teams.connector import Connector
from bot.teams.identity import CHANNEL
from bot.teams.place import place_of
from bot.teams.render import Rendered, rendered
from bot.transport import NoLooking, Outgoing, Sent, TransportError
from storage.queries.pacing import Limit
from storage.tables import Account

_AND = ","  # between the ids of the messages of one reply
_PACE_S = 0.55  # Teams takes 60 messages in 30 seconds in one conversation, 8 in two
_BURST = 2
_SECOND = timedelta(seconds=1)


class TeamsChannel:
    """Sends outbox rows to the members of one tenant; reaches nobody until it is open.

    per_second: how many messages Teams takes from an app in a tenant.
    """

    name = CHANNEL

    def __init__(self, connector: Connector, tenant: str, per_second: float = 50) -> None:
        self._connector = connector
        self._tenant = tenant
        burst = min(_BURST, int(per_second / 10))
        self._limit = Limit(f"teams:{tenant}", per_second, burst, _SECOND)
        self._pace = Pace(_PACE_S)
        self._open = False

    def open(self) -> None:
        """Begin to send."""
        self._open = True

    def close(self) -> None:
        """Send no more."""
        self._open = False

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        """Whether somebody has let the bot in, so that her conversation is known."""
        mine = (
            a for a in accounts if a.channel == CHANNEL and a.tenant == self._tenant and a.address
        )
        account = next(mine, None)
        return self._open and account is not None, account

    def limit(self, outgoing: Outgoing) -> Limit | None:  # noqa: ARG002
        """Return what Teams lets an app send in a tenant."""
        return self._limit

    def turn(self, outgoing: Outgoing, patience: float) -> float:
        """Take the next turn of the conversation."""
        return self._pace.take(_address(outgoing), patience)

    async def find(self, outgoing: Outgoing) -> Sent | None:  # noqa: ARG002
        """Teams does not let a bot read what it has said."""
        raise NoLooking

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send all parts of a message."""
        parts = rendered(outgoing.reply, outgoing.locale).messages()
        address = _address(outgoing)
        ids = [await self._part(outgoing, address, parts[0])]
        ids += [await self._next(outgoing, address, part) for part in parts[1:]]
        return Sent(address, _AND.join(ids))

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        """Put a message in the place of one sent before; parts may become more or fewer."""
        parts = rendered(outgoing.reply, outgoing.locale).messages()
        before = sent.message_id.split(_AND)
        place = place_of(sent.address)
        now_there: list[str] = []
        for number, message in enumerate(parts):
            if number < len(before):
                await self._connector.update(place, before[number], message.activity())
                now_there.append(before[number])
            else:
                now_there.append(await self._next(outgoing, sent.address, message))
        for surplus in before[len(parts) :]:
            await self._connector.remove(place, surplus)
        return Sent(sent.address, _AND.join(now_there))

    async def _next(self, outgoing: Outgoing, address: str, message: Rendered) -> str:
        await self._pace.turn(address)  # the first part had the turn that delivery took
        return await self._part(outgoing, address, message)

    async def _part(self, outgoing: Outgoing, address: str, message: Rendered) -> str:
        if not self._open:
            raise TransportError("Teams is not connected")
        if asyncio.get_running_loop().time() > outgoing.good_until:
            # The process stood still since the fence: somebody else may have the row by now.
            raise TransportError("too late", ambiguous=True)
        return await self._connector.post(place_of(address), message.activity())


def _address(outgoing: Outgoing) -> str:
    if outgoing.replaces is not None:
        return outgoing.replaces.address
    account = outgoing.account
    return account.address if account is not None and account.address else ""
