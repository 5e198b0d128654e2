"""Arrivals: stored, acknowledged, then answered, one at a time per person, in order."""

import asyncio
from collections import defaultdict
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
from storage.queries.inbound import mark_answered, receive, unanswered
from storage.tables import Inbound

_DRAIN_S = 10


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
                event = await receive(
                    session,
                    channel=CHANNEL,
                    event_id=arrival.key,
                    sender=arrival.user,
                    payload=arrival.stored(),
                    now=now,
                )
            if event is None:
                return None
            moment = self._moment(arrival)
            self.tasks.begin(self._answer(arrival, event, moment))
            return moment

    async def take_up(self) -> int:
        """Begin to answer what a crash left; return how much it was."""
        async with self._bot.database.begin() as session:
            rows = await unanswered(session, CHANNEL)
        for row in rows:
            self.tasks.begin(self._again(row))
        return len(rows)

    def open_home(self, user: str) -> None:
        """Publish somebody's Home tab."""
        self.tasks.begin(self._homes.publish(user))

    async def drain(self) -> None:
        """Finish what is being answered, within ten seconds; the rest waits for the next start."""
        await self.tasks.drain(_DRAIN_S)

    def _moment(self, arrival: Arrival) -> Moment:
        if arrival.kind == "submit":
            return Moment(errors=asyncio.get_running_loop().create_future())
        if not arrival.trigger or arrival.kind == "text":
            return Moment()
        asked = arrival.kind == "open"
        locale = unpacked(arrival.value).locale
        return Moment(Opening(self._client, arrival.trigger, locale, wait=asked))

    async def _answer(self, arrival: Arrival, event: int, moment: Moment) -> None:
        async with self._turns[arrival.user]:
            told = await self._answering.answer(arrival, event)
            await self._telling.tell(arrival, told, moment)
            await self._close(event)
            question = await self._answering.newcomer_question(told)
            if question is not None:
                await self._telling.add(arrival, replace(told, reply=question))
        if not arrival.channel:
            await self._homes.publish(arrival.user)

    async def _again(self, row: Inbound) -> None:
        arrival = restored(row.payload or {})
        async with self._turns[arrival.user]:
            if row.state == "done":
                told = self._answering.restored(row)
            else:
                told = await self._answering.answer(arrival, row.id)
            await self._telling.tell(arrival, told, Moment(again=True))
            await self._close(row.id)

    async def _close(self, event: int) -> None:
        async with self._bot.database.begin() as session:
            await mark_answered(session, event)
