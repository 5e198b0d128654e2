"""Before a message is sent: is it still true, who gets it, through which channel, when."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.access import Actor, actor_of
from actions.action import Action, Renderer
from actions.digest_rows import PARTS
from actions.reply import Reply
from bot.translation import Locale
from bot.transport import Channel, Outgoing, Sent
from storage import Session
from storage.database import database_now
from storage.queries import outbox
from storage.queries.accounts import accounts_of
from storage.queries.pacing import Limit, take_turn
from storage.queries.people import person_by_id
from storage.queries.preferences import choices_of
from storage.tables import Account, Outbox

_PATIENCE = timedelta(seconds=5)  # a turn that comes later than this is waited for elsewhere
_UNTIL_ORIGINAL_S = 3.0


class Void(Exception):
    """The message is no longer allowed or true."""


class Dead(Exception):
    """The message cannot be delivered; the text says why."""


class Later(Exception):
    """The message waits until a moment of the database's clock."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment


class Quiet(Exception):
    """The receiver's quiet hours hold the message back until a moment of the business time."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that may go through a channel once `wait_s` seconds have passed."""

    outgoing: Outgoing
    channel: Channel
    limit: Limit | None
    wait_s: float


class Preparing:
    """Renders rows with what the capabilities declare."""

    def __init__(self, actions: Sequence[Action], channels: Sequence[Channel]) -> None:
        self._channels = channels
        self._renderers: dict[str, tuple[str, Renderer]] = {
            kind: (action.name, renderer)
            for action in actions
            for kind, renderer in action.renderers.items()
        }
        self._digest_parts = [part for action in actions for part in action.digest_parts]
        self._can_wait = {kind for action in actions for kind in action.can_wait}
        self.kinds = sorted(self._renderers)

    async def prepared(self, row: Outbox, now: datetime, session: Session) -> Prepared:
        """Render a row and choose its channel and turn, in an open transaction.

        now: the business time, aware, UTC.

        Raises:
            Void, Dead, Later, Quiet: it is not sent, or not yet; the transaction is rolled back.
        """
        if row.expires_utc <= now:
            raise Dead("expired")
        name, renderer = self._renderers[row.kind]
        clock = await database_now(session)
        original = await self._original(row, clock, session)
        receiver = await actor_of(session, await person_by_id(session, row.person_id), now)
        if not receiver.roles:
            raise Dead("left")
        if row.kind in self._can_wait and row.edits_id is None:
            await self._not_in_quiet_hours(receiver, now, session)
        session.info["now"] = now  # a renderer says how late a message is
        session.info[PARTS] = self._digest_parts
        reply = await renderer(row, receiver, session)
        if reply is None:
            raise Void
        draft = _outgoing(row, receiver, reply, name)
        if original is not None:
            outgoing, channel = self._again(draft, original)
        else:
            outgoing, channel = await self._reached(draft, session)
        return await self._paced(outgoing, channel, clock, session)

    async def _not_in_quiet_hours(self, receiver: Actor, now: datetime, session: Session) -> None:
        until = (await choices_of(session, receiver.id)).quiet_until(now, receiver.zone)
        if until is not None and until > now:
            raise Quiet(until)

    async def _paced(
        self, outgoing: Outgoing, channel: Channel, clock: datetime, session: Session
    ) -> Prepared:
        # Later rolls back what the rendering has promised further.
        wait = channel.turn(outgoing, _PATIENCE.total_seconds())
        if wait > _PATIENCE.total_seconds():
            raise Later(clock + timedelta(seconds=wait))
        limit = channel.limit(outgoing)
        if limit is None:
            return Prepared(outgoing, channel, None, wait)
        taken, turn = await take_turn(session, limit, clock, _PATIENCE)
        if not taken:
            raise Later(turn)
        return Prepared(outgoing, channel, limit, max(wait, (turn - clock).total_seconds()))

    async def _original(self, row: Outbox, clock: datetime, session: Session) -> Outbox | None:
        """Return the row whose message this one replaces; wait for it to be sent."""
        if row.edits_id is None:
            return None
        original = await outbox.row_by_id(session, row.edits_id)
        if original is None or original.state in {"void", "dead"}:
            raise Void
        if original.state == "pending" or await outbox.edited_before(session, row):
            raise Later(clock + timedelta(seconds=_UNTIL_ORIGINAL_S))
        return original

    def _again(self, draft: Outgoing, original: Outbox) -> tuple[Outgoing, Channel]:
        channel = next((c for c in self._channels if c.name == original.channel), None)
        if channel is None or not original.address or not original.message_id:
            raise Dead("channel gone")
        return replace(draft, replaces=Sent(original.address, original.message_id)), channel

    async def _reached(self, draft: Outgoing, session: Session) -> tuple[Outgoing, Channel]:
        async for channel, account in self._ways(draft.row, session):
            return replace(draft, account=account), channel
        raise Dead("no account")

    async def has_another_way(self, row: Outbox, failed: Channel, session: Session) -> bool:
        """Whether a row could go through a channel that has not yet failed to take it."""
        return any([c is not failed async for c, _account in self._ways(row, session)])

    async def _ways(
        self, row: Outbox, session: Session
    ) -> AsyncIterator[tuple[Channel, Account | None]]:
        """Yield the channels that reach a row's receiver: her choice, then where she was last."""
        accounts = await accounts_of(session, row.person_id)
        recent = [account.channel for account in accounts]
        chosen = (await choices_of(session, row.person_id)).chat if len(set(recent)) > 1 else None
        # One that may have arrived somewhere is looked for there and goes nowhere else.
        begun = row.channel if row.uncertain_since is not None else None
        order = [name for name in (begun, chosen, *recent) if name is not None]
        avoided = row.avoids.split(",")
        for channel in sorted(self._channels, key=lambda c: _place(c.name, order)):
            reached, account = channel.reaches(accounts)
            if reached and channel.name not in avoided:
                yield channel, account


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def _outgoing(row: Outbox, receiver: Actor, reply: Reply, action: str) -> Outgoing:
    locale: Locale = "en" if (receiver.locale or receiver.spoken) == "en" else "sv"
    return Outgoing(row, receiver, locale, reply, action, None)
