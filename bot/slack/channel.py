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
        return account is not None, account

    async def send(self, outgoing: Outgoing) -> Sent:
        """Deliver a message, or raise TransportError; on a later attempt look for it first."""
        account, identities = outgoing.account, self._identities
        if account is None or identities is None:
            raise TransportError("no Slack account", permanent=identities is not None)
        messages = rendered(outgoing.reply, outgoing.locale).messages()
        sent: Sent | None = None
        for number, message in enumerate(messages):
            sent = await self._part(outgoing, account, number, message)
            await identities.keep_address(account.external_id, sent.address)
        assert sent is not None  # noqa: S101 (a reply is at least one message)
        return sent

    async def _part(
        self, outgoing: Outgoing, account: Account, number: int, message: Rendered
    ) -> Sent:
        row = outgoing.row
        uid = row.uid if number == 0 else uid_of(row.uid, number)
        if row.attempt > 1:
            found = await self._posts.arrived(account.address or account.external_id, uid)
            if found is not None:
                return found
        return await self._posts.post(account.external_id, message, uid)
