"""Slack as a way to reach people: direct messages from the outbox."""

from collections.abc import Sequence

from bot.delivery import Outgoing, Sent, TransportError
from bot.slack.identity import CHANNEL, Identities
from bot.slack.posting import Posts, uid_of
from bot.slack.render import Rendered, rendered
from storage.tables import Account


class SlackChannel:
    """Sends outbox rows to the accounts of one workspace; reaches nobody until it is open."""

    name = CHANNEL

    def __init__(self, posts: Posts) -> None:
        self._posts = posts
        self._identities: Identities | None = None

    def open(self, identities: Identities) -> None:
        """Begin to send in the workspace of these identities."""
        self._identities = identities

    def close(self) -> None:
        """Send no more."""
        self._identities = None

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        """Whether somebody has an account in the workspace; the one used last."""
        if self._identities is None:
            return False, None
        team = self._identities.team
        mine = (a for a in accounts if a.channel == CHANNEL and a.tenant == team)
        account = next(mine, None)
        # Whoever has not yet written to the bot is looked up by her e-mail when it is sent;
        # the people of the demo are nobody in the real Slack.
        return account is not None or not self._identities.demo, account

    async def send(self, outgoing: Outgoing) -> Sent:
        """Deliver a message, or raise TransportError; on a later attempt look for it first."""
        if self._identities is None:
            raise TransportError("Slack is not connected")
        user = await self._user(outgoing, self._identities)
        sent: Sent | None = None
        for number, message in enumerate(rendered(outgoing.reply, outgoing.locale).messages()):
            sent = await self._part(outgoing, user, number, message)
        assert sent is not None  # noqa: S101 (a reply is at least one message)
        await self._identities.keep_address(user, sent.address)
        return sent

    async def _user(self, outgoing: Outgoing, identities: Identities) -> str:
        if outgoing.account is not None:
            return outgoing.account.external_id
        return await identities.user_of(outgoing.receiver, outgoing.row.due_utc)

    async def _part(self, outgoing: Outgoing, user: str, number: int, message: Rendered) -> Sent:
        row, account = outgoing.row, outgoing.account
        uid = row.uid if number == 0 else uid_of(row.uid, number)
        if row.attempt > 1:
            known = account.address if account is not None else None
            found = await self._posts.arrived(known or user, uid)
            if found is not None:
                return found
        return await self._posts.post(user, message, uid)
