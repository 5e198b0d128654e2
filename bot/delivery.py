"""Send what the outbox promises: lease, render at send time, take a turn, fence, send, settle."""

import asyncio
import logging
import random
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from actions.action import Action, Undelivered
from bot.preparing import Dead, Later, Prepared, Preparing, Quiet, Void
from bot.transport import Channel, NoLooking, Sent, TransportError
from storage import Database
from storage.database import database_now
from storage.queries import outbox
from storage.queries.pacing import close_until
from storage.queries.restored import LostTime
from storage.tables import Outbox

_LOG = logging.getLogger(__name__)
_BACK_OFF_S = (1, 5, 30, 120, 600)
_TRUSTED_S = 5.0  # so long after the fence a send may begin
_LOOK_AGAIN_S = 12.0  # longer than a call may take
_AGAIN_S = 1.0
_ENOUGH = 4  # failures in one chat before another one is tried
_JITTER = 1.2
_REFUSALS = 5  # as many in a row mean that the platform refuses everybody, not one receiver
Business = Callable[[datetime], datetime]  # the business time at a moment of the database's clock


class _Stopped(Exception):
    """The bot stops before the message's turn."""


class Delivery:
    """Works the outbox for one process.

    channels: in the order of preference where a person's last use does not tell. at_once: how
    many messages may be on their way at the same time; with one they keep their order.
    """

    def __init__(
        self,
        database: Database,
        actions: Sequence[Action],
        channels: Sequence[Channel],
        at_once: int = 1,
    ) -> None:
        self.database = database
        self.channels = list(channels)
        self.owner = secrets.token_hex(8)
        self.lost: LostTime | None = None  # by a restore
        self._room = asyncio.Semaphore(at_once)
        self._stopping = asyncio.Event()
        self._refusals: Counter[str] = Counter()
        self._preparing = Preparing(actions, self.channels)
        self._undelivered: dict[str, Undelivered] = {}
        for action in actions:
            self._undelivered |= action.undeliverable

    def stop(self) -> None:
        """Begin no more; what waits for its turn is given back."""
        self._stopping.set()

    async def run_once(self, now: datetime, limit: int = 10) -> int:
        """Send what is due by the business time `now`; return how many rows were taken."""
        return await self.run(lambda _clock: now, limit)

    async def run(self, business: Business, limit: int | None = None) -> int:
        """Send until nothing is due; return how many rows were taken, at most `limit`."""
        taken = 0
        going: set[asyncio.Task[None]] = set()
        try:
            while not self._stopping.is_set() and (limit is None or taken < limit):
                await self._room.acquire()
                try:
                    claimed = await self._claimed(business)
                except BaseException:
                    self._room.release()
                    raise
                if claimed is not None:
                    taken += 1
                    going.add(asyncio.create_task(self._work(*claimed)))
                    continue
                self._room.release()
                going = {task for task in going if not task.done()}
                if not going:
                    break
                # Something may fall due while the last ones are on their way.
                first = asyncio.FIRST_COMPLETED
                await asyncio.wait(going, timeout=_AGAIN_S, return_when=first)
        finally:
            if going:
                await asyncio.wait(going)
        return taken

    async def _claimed(self, business: Business) -> tuple[Outbox, datetime] | None:
        async with self.database.begin() as session:
            clock = await database_now(session)
            now = business(clock)
            rows = await outbox.claim(
                session, self.owner, business_now=now, clock=clock, kinds=self._preparing.kinds
            )
        return (rows[0], now) if rows else None

    async def _work(self, row: Outbox, now: datetime) -> None:
        if self.lost is not None:
            self.lost.doubt(row)
        try:
            await self._deliver(row, now)
        except Exception:  # noqa: BLE001 (one of the three borders)
            # The lease runs out and the row is tried again; the id leads to the log.
            _LOG.exception("delivery failed, row %s", row.uid)
        finally:
            self._room.release()

    async def _deliver(self, row: Outbox, now: datetime) -> None:
        try:
            async with self.database.begin() as session:
                prepared = await self._preparing.prepared(row, now, session)
            await self._go(row, prepared, now)
        except Void:
            await self._settle(row, state="void", settled_at=now)
        except Dead as why:
            await self._die(row, str(why), now)
        except Later as later:
            await self._settle(row, not_before=later.moment)
        except Quiet as quiet:
            # The quiet hours are hers, so they count against nobody's patience.
            held = quiet.until - row.due_utc
            await self._settle(row, due_utc=quiet.until, expires_utc=row.expires_utc + held)
        except _Stopped:
            await self._settle(row)

    async def _go(self, row: Outbox, prepared: Prepared, now: datetime) -> None:
        await self._wait(prepared.wait_s)
        try:
            there = await self._there(row, prepared)
        except TransportError as error:
            await self._failed(row, error, prepared)
            return
        if there is not None:
            await self._arrived(row, prepared, there, now)
            return
        begun = asyncio.get_running_loop().time()
        async with self.database.begin() as session:
            clock = await database_now(session)
            mine = await outbox.renew(session, row, clock, prepared.channel.name)
        if not mine:
            return
        outgoing = replace(prepared.outgoing, good_until=begun + _TRUSTED_S)
        channel = prepared.channel
        try:
            if outgoing.replaces is None:
                sent = await channel.send(outgoing)
            else:
                sent = await channel.edit(outgoing, outgoing.replaces)
        except TransportError as error:
            await self._failed(row, error, prepared)
            return
        self._refusals[channel.name] = 0
        await self._arrived(row, prepared, sent, now)

    async def _there(self, row: Outbox, prepared: Prepared) -> Sent | None:
        """Look for a message of which it is not known whether it arrived.

        The first copy may still be on its way, or not be shown yet, so absence is seen twice; what
        parts the two looks is no clock that somebody can set.
        """
        if row.uncertain_since is None or prepared.outgoing.replaces is not None:
            return None
        try:
            found = await prepared.channel.find(prepared.outgoing)
            if found is None:
                await self._wait_aside(_LOOK_AGAIN_S)
                found = await prepared.channel.find(prepared.outgoing)
        except NoLooking:
            return None
        return found

    async def _arrived(self, row: Outbox, prepared: Prepared, sent: Sent, now: datetime) -> None:
        await self._settle(
            row,
            state="sent",
            channel=prepared.channel.name,
            address=sent.address,
            message_id=sent.message_id,
            settled_at=now,
        )

    async def _wait_aside(self, seconds: float) -> None:
        """Wait without taking the room of those who could be sent meanwhile."""
        self._room.release()
        try:
            await self._wait(seconds)
        finally:
            await self._room.acquire()

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
        raise _Stopped

    async def _failed(self, row: Outbox, error: TransportError, prepared: Prepared) -> None:
        if error.ambiguous:
            return  # keep the claim until the lease ends: it may have arrived
        if error.permanent or row.failures >= _ENOUGH:
            if await self._tries_another_way(row, error, prepared):
                return
            if error.permanent:
                raise Dead(str(error))
        wait = error.retry_after or _BACK_OFF_S[min(row.failures, len(_BACK_OFF_S) - 1)]
        wait *= random.uniform(1, _JITTER)  # noqa: S311 (those who failed together come apart)
        async with self.database.begin() as session:
            clock = await database_now(session)
            again = clock + timedelta(seconds=wait)
            if prepared.limit is not None and self._refuses_all(error, prepared.channel):
                await close_until(session, prepared.limit.key, again, clock)
            await outbox.settle(
                session,
                row,
                not_before=again,
                error=str(error)[:120],
                failures=row.failures + (0 if error.closed else 1),
                uncertain_since=row.uncertain_since,  # as it was before this attempt
            )
        _LOG.info("not sent: %s, again in %d s, row %s", error, wait, row.uid)

    async def _tries_another_way(
        self, row: Outbox, error: TransportError, prepared: Prepared
    ) -> bool:
        """Let a row that surely has not arrived go through another of its receiver's chats."""
        if prepared.outgoing.replaces is not None or row.uncertain_since is not None:
            return False
        async with self.database.begin() as session:
            if not await self._preparing.has_another_way(row, prepared.channel, session):
                return False
            avoids = ",".join(filter(None, (row.avoids, prepared.channel.name)))
            await outbox.settle(
                session,
                row,
                avoids=avoids,
                failures=0,
                error=str(error)[:120],
                not_before=None,
                uncertain_since=None,
            )
        _LOG.info("not sent by %s: %s, another way, row %s", prepared.channel.name, error, row.uid)
        return True

    def _refuses_all(self, error: TransportError, channel: Channel) -> bool:
        if error.closed:
            return True
        if error.retry_after is None:
            return False
        self._refusals[channel.name] += 1
        return self._refusals[channel.name] >= _REFUSALS

    async def _settle(self, row: Outbox, **values: object) -> None:
        async with self.database.begin() as session:
            await outbox.settle(session, row, **values)

    async def _die(self, row: Outbox, why: str, now: datetime) -> None:
        async with self.database.begin() as session:
            mine = await outbox.settle(session, row, state="dead", error=why[:120], settled_at=now)
            tell = self._undelivered.get(row.kind)
            if mine and tell is not None:
                row.error = why[:120]
                await tell(row, now, session)
        _LOG.warning("undelivered: %s, %s, row %s", row.kind, why, row.uid)
