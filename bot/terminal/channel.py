"""The terminal as a way to reach people: everybody is reached, and what came is kept."""

from collections.abc import Sequence

from bot.transport import NoLooking, Outgoing, Sent
from storage.queries.pacing import Limit
from storage.tables import Account


class TerminalChannel:
    """Keeps what was delivered until it is taken and printed."""

    name = "terminal"

    def __init__(self) -> None:
        self._delivered: list[Outgoing] = []

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:  # noqa: ARG002
        """Reach everybody, account or not: one terminal plays all the people of a demo."""
        return True, None

    def limit(self, outgoing: Outgoing) -> Limit | None:  # noqa: ARG002
        """There is none."""
        return None

    def turn(self, outgoing: Outgoing, patience: float) -> float:  # noqa: ARG002
        """Take a turn at once."""
        return 0

    async def find(self, outgoing: Outgoing) -> Sent | None:  # noqa: ARG002
        """Nobody can look."""
        raise NoLooking

    async def send(self, outgoing: Outgoing) -> Sent:
        """Keep a message for printing."""
        self._delivered.append(outgoing)
        return Sent("terminal", outgoing.row.uid)

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        """Keep a message for printing that takes the place of another."""
        self._delivered.append(outgoing)
        return sent

    def take(self) -> list[Outgoing]:
        """Return what was delivered since the last time, in order."""
        taken, self._delivered = self._delivered, []
        return taken
