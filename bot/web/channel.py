"""The page as a way to reach people: everybody of the demo is reached, account or not."""

from collections import defaultdict
from collections.abc import Sequence

from bot.transport import NoLooking, Outgoing, Sent
from bot.web.history import Talk
from storage.queries.pacing import Limit
from storage.tables import Account


class PageChannel:
    """Keeps each person's conversation; stands last among channels, since it reaches everybody."""

    name = "page"

    def __init__(self) -> None:
        self.talks: defaultdict[int, Talk] = defaultdict(Talk)

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:  # noqa: ARG002
        """Reach everybody: one page plays all the people of a demo."""
        return True, None

    def turn(self, outgoing: Outgoing, patience: float) -> float:  # noqa: ARG002
        """Take a turn at once."""
        return 0

    async def find(self, outgoing: Outgoing) -> Sent | None:  # noqa: ARG002
        """Nobody can look."""
        raise NoLooking

    async def send(self, outgoing: Outgoing) -> Sent:
        """Put a message in its receiver's conversation."""
        talk = self.talks[outgoing.receiver.id]
        talk.name = outgoing.receiver.name
        entry = talk.deliver(outgoing.reply, outgoing.row.due_utc, outgoing.locale)
        return Sent(f"page:{outgoing.receiver.id}", entry.id)

    def limit(self, outgoing: Outgoing) -> Limit | None:  # noqa: ARG002
        """There is none."""
        return None

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        """Put a message in the place of one in its receiver's conversation."""
        talk = self.talks[outgoing.receiver.id]
        at = outgoing.row.due_utc
        if talk.renew(sent.message_id, outgoing.reply, at, outgoing.locale):
            return sent
        # The conversation is kept in memory only; after a restart there is nothing to replace.
        return await self.send(outgoing)

    def waiting(self, except_for: int | None = None) -> list[tuple[int, Talk]]:
        """Return the conversations that hold messages not yet seen, by the person's name."""
        found = [
            (person_id, talk)
            for person_id, talk in self.talks.items()
            if talk.unseen and person_id != except_for
        ]
        return sorted(found, key=lambda pair: pair[1].name)
