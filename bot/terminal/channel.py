"""The terminal as a way to reach people: everybody is reached, and what came is kept."""

from collections.abc import Sequence

from bot.delivery import Outgoing, Sent
from storage.tables import Account


class TerminalChannel:
    """Keeps what was delivered until it is taken and printed."""

    name = "terminal"

    def __init__(self) -> None:
        self._delivered: list[Outgoing] = []
        self._count = 0

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:  # noqa: ARG002
        """Reach everybody, account or not: one terminal plays all the people of a demo."""
        return True, None

    async def send(self, outgoing: Outgoing) -> Sent:
        """Keep a message for printing."""
        self._delivered.append(outgoing)
        self._count += 1
        return Sent("terminal", f"d{self._count}")

    def take(self) -> list[Outgoing]:
        """Return what was delivered since the last time, in order."""
        taken, self._delivered = self._delivered, []
        return taken
