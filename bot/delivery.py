"""Send what the outbox promises: lease, render at send time, fence, send, settle."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from actions.access import Actor, actor_of
from actions.action import Action, Renderer
from actions.reply import Reply
from bot.translation import Locale
from storage import Database, Session
from storage.database import database_now
from storage.queries import outbox
from storage.queries.accounts import accounts_of
from storage.queries.people import person_by_id
from storage.tables import Account, Outbox

_LOG = logging.getLogger(__name__)
_BACK_OFF_S = (1, 5, 30, 120, 600)


class TransportError(Exception):
    """A send failed; the message says how, permanent whether trying again is in vain.

    retry_after: seconds to wait that the platform named. ambiguous: it may have arrived.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        ambiguous: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.ambiguous = ambiguous


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message on its way: the row it settles, its receiver and her language."""

    row: Outbox
    receiver: Actor
    locale: Locale
    reply: Reply
    action: str
    account: Account | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message arrived: the platform's address and message id."""

    address: str
    message_id: str


class Channel(Protocol):
    """A way to reach people."""

    name: str

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        """Whether this channel reaches somebody with these accounts, and through which."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """Deliver a message, or raise TransportError."""


class Delivery:
    """Works the outbox for one process.

    channels: in the order of preference where a person's last use does not tell.
    """

    def __init__(
        self, database: Database, actions: Sequence[Action], channels: Sequence[Channel]
    ) -> None:
        self.database = database
        self.channels = list(channels)
        self.owner = secrets.token_hex(8)
        self._renderers: dict[str, tuple[str, Renderer]] = {
            kind: (action.name, renderer)
            for action in actions
            for kind, renderer in action.renderers.items()
        }

    async def run_once(self, now: datetime, limit: int = 10) -> int:
        """Send what is due by the business time `now`; return how many rows were taken."""
        async with self.database.begin() as session:
            clock = await database_now(session)
            rows = await outbox.claim(
                session, self.owner, business_now=now, clock=clock, limit=limit
            )
        for row in rows:
            try:
                await self._deliver(row, now)
            except Exception:  # noqa: BLE001 (one of the three borders)
                # The lease runs out and the row is tried again; a reference leads to the log.
                _LOG.exception("delivery failed, row %s", row.uid)
        return len(rows)

    async def _deliver(self, row: Outbox, now: datetime) -> None:
        if row.expires_utc <= now:
            await self._settle(row, state="dead", error="expired", settled_at=now)
            return
        async with self.database.begin() as session:
            outgoing, channel = await self._prepared(row, now, session)
        if outgoing is None:
            await self._settle(row, state="void", settled_at=now)
            return
        if channel is None:
            await self._settle(row, state="dead", error="no account", settled_at=now)
            return
        if not await self._fence(row):
            return
        await self._send(row, channel, outgoing, now)

    async def _prepared(
        self, row: Outbox, now: datetime, session: Session
    ) -> tuple[Outgoing | None, Channel | None]:
        name, renderer = self._renderers[row.kind]
        receiver = await actor_of(session, await person_by_id(session, row.person_id), now)
        reply = await renderer(row, receiver, session) if receiver.roles else None
        if reply is None:
            return None, None
        accounts = await accounts_of(session, receiver.id)
        locale: Locale = "en" if (receiver.locale or receiver.spoken) == "en" else "sv"
        for channel in self.channels:
            reached, account = channel.reaches(accounts)
            if reached:
                return Outgoing(row, receiver, locale, reply, name, account), channel
        return Outgoing(row, receiver, locale, reply, name, None), None

    async def _fence(self, row: Outbox) -> bool:
        async with self.database.begin() as session:
            return await outbox.renew(session, row, await database_now(session))

    async def _send(self, row: Outbox, channel: Channel, outgoing: Outgoing, now: datetime) -> None:
        try:
            sent = await channel.send(outgoing)
        except TransportError as error:
            await self._failed(row, error, now)
            return
        await self._settle(
            row,
            state="sent",
            channel=channel.name,
            address=sent.address,
            message_id=sent.message_id,
            settled_at=now,
        )

    async def _failed(self, row: Outbox, error: TransportError, now: datetime) -> None:
        if error.ambiguous:
            return  # keep the claim until the lease ends: it may have arrived
        if error.permanent:
            await self._settle(row, state="dead", error=str(error)[:120], settled_at=now)
            return
        wait = error.retry_after or _BACK_OFF_S[min(row.attempt, len(_BACK_OFF_S)) - 1]
        async with self.database.begin() as session:
            again = await database_now(session) + timedelta(seconds=wait)
            await outbox.settle(session, row, not_before=again, error=str(error)[:120])

    async def _settle(self, row: Outbox, **values: object) -> None:
        async with self.database.begin() as session:
            await outbox.settle(session, row, **values)
