"""Between delivery and the channels: a message on its way, where it arrived, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from actions.access import Actor
from actions.reply import Reply
from bot.translation import Locale
from storage.queries.pacing import Limit
from storage.tables import Account, Outbox


class TransportError(Exception):
    """A send failed; the message says how, permanent whether trying again is in vain.

    retry_after: seconds to wait that the platform named. ambiguous: it may have arrived. closed:
    the platform takes nothing from the bot at all for now, so no message is to blame.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        ambiguous: bool = False,
        closed: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.ambiguous = ambiguous
        self.closed = closed


class NoLooking(Exception):
    """A platform does not let the bot look for its own messages."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message arrived: the platform's address and message id."""

    address: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message on its way: the row it settles, its receiver and her language.

    replaces: the message whose place it takes; None for a new one. good_until: the loop's time
    in seconds after which the lease can no longer be trusted and nothing may be sent.
    """

    row: Outbox
    receiver: Actor
    locale: Locale
    reply: Reply
    action: str
    account: Account | None
    replaces: Sent | None = None
    good_until: float = float("inf")


class Channel(Protocol):
    """A way to reach people."""

    name: str

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        """Whether this channel reaches somebody with these accounts, and through which."""

    def limit(self, outgoing: Outgoing) -> Limit | None:
        """Return the platform's limit that all processes keep together; None: there is none."""

    def turn(self, outgoing: Outgoing, patience: float) -> float:
        """Take the receiver's next turn; return in how many seconds it comes.

        A turn that comes later than `patience` seconds is not taken.
        """

    async def find(self, outgoing: Outgoing) -> Sent | None:
        """Return where a message has arrived, in all its parts; None: it has not.

        Raises:
            NoLooking: the platform does not let one look.
            TransportError: it does not answer.
        """

    async def send(self, outgoing: Outgoing) -> Sent:
        """Deliver a message, or raise TransportError; of an uncertain one only what is missing."""

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        """Put a message in the place of one sent before, or raise TransportError."""
