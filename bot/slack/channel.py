"""Slack as a way to reach people: direct messages from the outbox."""

import asyncio
from collections.abc import Sequence

from bot.slack.identity import CHANNEL, SlackIdentities
from bot.slack.posting import Posts, uid_of
from bot.slack.render import Rendered, rendered
from bot.transport import Outgoing, Sent, TransportError
from storage.queries.pacing import Limit
from storage.tables import Account

_AND = ","  # between the ids of the messages of one reply
_EDITS_ARE_SLOWER = 6  # chat.update: 50 a minute where chat.postMessage has 300


class SlackChannel:
    """Sends outbox rows to the accounts of one workspace; reaches nobody until it is open.

    per_minute: how many messages Slack takes from an app in a workspace.
    """

    name = CHANNEL

    def __init__(self, posts: Posts, per_minute: float = 300) -> None:
        self._posts = posts
        self._per_minute = per_minute
        self._identities: SlackIdentities | None = None

    def open(self, identities: SlackIdentities) -> None:
        """Begin to send in the workspace of these identities."""
        self._identities = identities

    def close(self) -> None:
        """Send no more."""
        self._identities = None

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        """Whether somebody has an account in the workspace; the one used last."""
        if self._identities is None:
            return False, None
        team = self._identities.tenant
        mine = (a for a in accounts if a.channel == CHANNEL and a.tenant == team)
        account = next(mine, None)
        # Whoever has not yet written to the bot is looked up by her e-mail when it is sent;
        # the people of the demo are nobody in the real Slack.
        return account is not None or not self._identities.demo, account

    def limit(self, outgoing: Outgoing) -> Limit | None:
        """Return what Slack lets a workspace's app post, or edit, in a minute."""
        team = self._identities.tenant if self._identities else ""
        if outgoing.replaces is not None:
            return Limit(f"slack:{team}:update", self._per_minute / _EDITS_ARE_SLOWER)
        return Limit(f"slack:{team}:post", self._per_minute)

    def turn(self, outgoing: Outgoing, patience: float) -> float:
        """Take the next of the seconds that Slack puts between two messages to a person."""
        if outgoing.replaces is not None:
            return self._posts.pace.take(outgoing.replaces.address, patience)
        known = outgoing.account.external_id if outgoing.account else str(outgoing.receiver.id)
        return self._posts.pace.take(known, patience)

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Return where all parts of a message have arrived."""
        user = await self._user(outgoing, self._connected())
        parts = rendered(outgoing.reply, outgoing.locale).messages()
        found = [await self._found(outgoing, user, number) for number in range(len(parts))]
        return _whole([s for s in found if s is not None]) if all(found) else None

    async def send(self, outgoing: Outgoing) -> Sent:
        """Deliver a message, or raise TransportError; an uncertain one is looked for first."""
        identities = self._connected()
        user = await self._user(outgoing, identities)
        parts = rendered(outgoing.reply, outgoing.locale).messages()
        sent = [await self._part(outgoing, user, number, m) for number, m in enumerate(parts)]
        await identities.keep_address(user, sent[-1].address)
        return _whole(sent)

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        """Put a message in the place of one sent before, part by part."""
        identities = self._connected()
        user = await self._user(outgoing, identities)
        parts = rendered(outgoing.reply, outgoing.locale).messages()
        before = sent.message_id.split(_AND)
        now_there = []
        for number, message in enumerate(parts):
            if number < len(before):
                ts = before[number]
                posted = await self._posts.update(sent.address, ts, message, paced=number == 0)
            else:
                posted = await self._part(outgoing, user, number, message)
            now_there.append(posted)
        for surplus in before[len(parts) :]:
            await self._posts.remove(sent.address, surplus)
        return _whole(now_there)

    def _connected(self) -> SlackIdentities:
        if self._identities is None:
            raise TransportError("Slack is not connected")
        return self._identities

    async def _user(self, outgoing: Outgoing, identities: SlackIdentities) -> str:
        if outgoing.account is not None:
            return outgoing.account.external_id
        if outgoing.replaces is not None:
            return outgoing.replaces.address  # its conversation, where any further part goes too
        return await identities.user_of(outgoing.receiver, outgoing.row.due_utc)

    async def _part(self, outgoing: Outgoing, user: str, number: int, message: Rendered) -> Sent:
        if outgoing.row.uncertain_since is not None:
            found = await self._found(outgoing, user, number)
            if found is not None:
                return found
        if asyncio.get_running_loop().time() > outgoing.good_until:
            # The process stood still since the fence: somebody else may have the row by now.
            raise TransportError("too late", ambiguous=True)
        uid = _uid(outgoing, number)
        return await self._posts.post(user, message, uid, paced=number == 0)

    async def _found(self, outgoing: Outgoing, user: str, number: int) -> Sent | None:
        known = outgoing.account.address if outgoing.account is not None else None
        since = outgoing.row.uncertain_since
        return await self._posts.arrived(known or user, _uid(outgoing, number), since)


def _uid(outgoing: Outgoing, number: int) -> str:
    uid = outgoing.row.uid
    return uid if number == 0 else uid_of(uid, number)


def _whole(parts: Sequence[Sent]) -> Sent:
    return Sent(parts[-1].address, _AND.join(part.message_id for part in parts))
