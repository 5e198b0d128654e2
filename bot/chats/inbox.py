"""Arrivals: stored, acknowledged, then answered, one at a time per person, in order."""

import asyncio
import logging
import secrets
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Generic, TypeVar

from bot.assembly import Bot
from bot.chats.answering import Answering, Told
from bot.chats.arrivals import Arrival
from bot.tasks import Tasks
from bot.transport import TransportError
from storage import Session, Unreachable
from storage.database import database_now
from storage.queries.inbound import (
    EVENT_LEASE,
    Lease,
    keep_leases,
    mark_answered,
    receive,
    take_over,
)
from storage.tables import Inbound

_LOG = logging.getLogger(__name__)
_DRAIN_S = 10
_LOOK_S = 10
_Arrival = TypeVar("_Arrival", bound=Arrival)
_Moment = TypeVar("_Moment")


class Inbox(ABC, Generic[_Arrival, _Moment]):
    """Takes what people do in a chat and sees that each is answered once.

    channel: the chat. arrivals: what is stored is restored as. A moment is what is open for a
    short while after an arrival, such as a trigger.
    """

    def __init__(
        self, bot: Bot, channel: str, arrivals: type[_Arrival], answering: Answering[_Arrival]
    ) -> None:
        self._bot = bot
        self._channel = channel
        self._arrivals = arrivals
        self._answering = answering
        # A lock serves those who wait in the order they came.
        self._doors: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        # What was not answered stays so in the database, and is taken up at the next start.
        self.tasks = Tasks(f"{channel}: an answer was not sent")
        self._owner = secrets.token_hex(8)
        self._open: set[int] = set()
        self._watch: asyncio.Task[None] | None = None

    @abstractmethod
    def moment(self, arrival: _Arrival) -> _Moment:
        """Begin the moment of something that has just come."""

    @abstractmethod
    def later(self, *, again: bool) -> _Moment:
        """Return the moment of what a crash left; again: the answer may have been told before."""

    @abstractmethod
    async def tell(self, arrival: _Arrival, told: Told, moment: _Moment) -> None:
        """Send an answer to where it belongs, or raise TransportError."""

    @abstractmethod
    async def add(self, arrival: _Arrival, told: Told) -> None:
        """Send one more message directly to whoever was answered, or raise TransportError."""

    async def after(self, arrival: _Arrival) -> None:
        """Do what follows an answer in this chat."""

    async def take(self, arrival: _Arrival) -> _Moment | None:
        """Store an arrival and begin to answer it; None when it came before.

        Raises:
            Unreachable: it could not be stored, so the chat shall send it again.
        """
        return await self.tasks.within(self._take(arrival))

    async def _take(self, arrival: _Arrival) -> _Moment | None:
        async with self._doors[arrival.user]:
            now = await self._bot.time.now()
            async with self._bot.database.begin() as session:
                lease = await self._lease(session)
                event = await receive(
                    session,
                    channel=self._channel,
                    event_id=arrival.key,
                    sender=arrival.user,
                    payload=arrival.stored(),
                    now=now,
                    lease=lease,
                )
            if event is None:
                return None
            moment = self.moment(arrival)
            self.tasks.begin(self._answer(arrival, event, moment))
            return moment

    async def take_up(self) -> int:
        """Begin to answer what a crash left, here or in another process; return how much it was.

        From then on it is looked for again and again, while what is being worked on is kept.
        """
        alone = self._bot.database.sqlite and self._watch is None  # the file is held by this one
        async with self._bot.database.begin() as session:
            lease = await self._lease(session)
            await keep_leases(session, lease, self._open)
            clock = await database_now(session)
            rows = await take_over(session, self._channel, lease, clock, alone=alone)
        for row in rows:
            if row.id not in self._open:
                self.tasks.begin(self._again(row))
        if self._watch is None:
            self._watch = asyncio.create_task(self._look_after())
        return len(rows)

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            try:
                await self.take_up()
            except Unreachable:
                _LOG.warning("the database does not answer; what waits is looked for again")

    async def _lease(self, session: Session) -> Lease:
        return Lease(self._owner, await database_now(session) + EVENT_LEASE)

    async def drain(self) -> None:
        """Finish what is being answered, within ten seconds; the rest waits for the next start."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self.tasks.drain(_DRAIN_S)

    async def _answer(self, arrival: _Arrival, event: int, moment: _Moment) -> None:
        with self._working_on(event):
            await self._answered(arrival, event, moment)

    async def _answered(self, arrival: _Arrival, event: int, moment: _Moment) -> None:
        async with self._turns[arrival.user]:
            told = await self._answering.answer(arrival, event)
            await self.tell(arrival, told, moment)
            await self._close(event)
            question = await self._answering.newcomer_question(told)
            if question is not None:
                await self.add(arrival, replace(told, reply=question))
        await self.after(arrival)

    @contextmanager
    def _working_on(self, event: int) -> Iterator[None]:
        self._open.add(event)
        try:
            yield
        except Unreachable:
            _LOG.warning("the database went away; event %d is answered when it is back", event)
        finally:
            self._open.discard(event)

    async def _again(self, row: Inbound) -> None:
        arrival = self._arrivals.restored(row.payload or {})
        with self._working_on(row.id):
            await self._answered_again(row, arrival)

    async def _answered_again(self, row: Inbound, arrival: _Arrival) -> None:
        async with self._turns[arrival.user]:
            # Nothing was said before the answer was kept.
            again = row.state == "done"
            if again:
                told = self._answering.restored(row)
            else:
                told = await self._answering.answer(arrival, row.id)
            try:
                await self.tell(arrival, told, self.later(again=again))
            except TransportError as error:
                if not error.permanent:
                    raise
                _LOG.warning("%s: an answer has nowhere to go: %s", self._channel, error)
            await self._close(row.id)

    async def _close(self, event: int) -> None:
        async with self._bot.database.begin() as session:
            await mark_answered(session, event)
