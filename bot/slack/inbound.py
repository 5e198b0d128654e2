"""Arrivals: stored, acknowledged, then answered, one at a time per person, in order."""

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Bot
from bot.slack.answering import Answering
from bot.slack.arrivals import Arrival, restored
from bot.slack.form_button import unpacked
from bot.slack.home import Homes
from bot.slack.identity import CHANNEL
from bot.slack.opening import Opening
from bot.slack.telling import Moment, Telling
from bot.tasks import Tasks
from bot.translation import Locale
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


class Arrivals:
    """Takes what people do in Slack and sees that each is answered once."""

    def __init__(
        self,
        bot: Bot,
        client: AsyncWebClient,
        answering: Answering,
        telling: Telling,
        homes: Homes,
    ) -> None:
        self._bot = bot
        self._client = client
        self._answering = answering
        self._telling = telling
        self._homes = homes
        # A lock serves those who wait in the order they came.
        self._doors: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        # What was not answered stays so in the database, and is taken up at the next start.
        self.tasks = Tasks("Slack: an answer was not sent")
        self._owner = secrets.token_hex(8)
        self._open: set[int] = set()
        self._watch: asyncio.Task[None] | None = None

    async def take(self, arrival: Arrival) -> Moment | None:
        """Store an arrival and begin to answer it; None when it came before.

        Raises:
            Unreachable: it could not be stored, so Slack shall send it again.
        """
        return await self.tasks.within(self._take(arrival))

    async def _take(self, arrival: Arrival) -> Moment | None:
        async with self._doors[arrival.user]:
            now = await self._bot.time.now()
            async with self._bot.database.begin() as session:
                lease = await self._lease(session)
                event = await receive(
                    session,
                    channel=CHANNEL,
                    event_id=arrival.key,
                    sender=arrival.user,
                    payload=arrival.stored(),
                    now=now,
                    lease=lease,
                )
            if event is None:
                return None
            moment = self._moment(arrival)
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
            rows = await take_over(session, CHANNEL, lease, clock, alone=alone)
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

    def open_home(self, user: str) -> None:
        """Publish somebody's Home tab."""
        self.tasks.begin(self._homes.publish(user))

    async def drain(self) -> None:
        """Finish what is being answered, within ten seconds; the rest waits for the next start."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self.tasks.drain(_DRAIN_S)

    def _moment(self, arrival: Arrival) -> Moment:
        if arrival.kind == "submit":
            return Moment(errors=asyncio.get_running_loop().create_future())
        if not arrival.trigger or arrival.kind == "text":
            return Moment()

        async def language() -> Locale:
            told = unpacked(arrival.value)
            if arrival.kind == "open" and told.form is not None:
                return told.locale
            return await self._homes.locale_of(arrival.user)

        return Moment(Opening(self._client, arrival.trigger, language, wait=arrival.opens))

    async def _answer(self, arrival: Arrival, event: int, moment: Moment) -> None:
        with self._working_on(event):
            await self._answered(arrival, event, moment)

    async def _answered(self, arrival: Arrival, event: int, moment: Moment) -> None:
        async with self._turns[arrival.user]:
            told = await self._answering.answer(arrival, event)
            await self._telling.tell(arrival, told, moment)
            await self._close(event)
            question = await self._answering.newcomer_question(told)
            if question is not None:
                await self._telling.add(arrival, replace(told, reply=question))
        if not arrival.channel:
            await self._homes.publish(arrival.user)

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
        arrival = restored(row.payload or {})
        with self._working_on(row.id):
            await self._answered_again(row, arrival)

    async def _answered_again(self, row: Inbound, arrival: Arrival) -> None:
        async with self._turns[arrival.user]:
            # Nothing was said before the answer was kept.
            again = row.state == "done"
            if again:
                told = self._answering.restored(row)
            else:
                told = await self._answering.answer(arrival, row.id)
            try:
                await self._telling.tell(arrival, told, Moment(again=again))
            except TransportError as error:
                if not error.permanent:
                    raise
                _LOG.warning("Slack: an answer has nowhere to go: %s", error)
            await self._close(row.id)

    async def _close(self, event: int) -> None:
        async with self._bot.database.begin() as session:
            await mark_answered(session, event)
