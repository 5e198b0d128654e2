"""From what somebody did in a chat to the reply: who she is, then the walk of every message."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from actions.reply import Form, Reply
from actions.request import Surface
from bot import newcomer
from bot.assembly import Bot
from bot.chats import demo
from bot.chats.arrivals import Arrival
from bot.chats.identity import Identities, Who, spoken_by
from bot.conversation import Answer, Gesture, Heard
from bot.reply_codec import decode, encode
from bot.translation import Locale
from bot.web.people import somebody
from storage.queries.inbound import mark_done
from storage.queries.people import person_by_id
from storage.tables import Inbound

_SOMEBODY = 0  # whom the conversation answered: a person of the university for sure
_Arrival = TypeVar("_Arrival", bound=Arrival)


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said, and to whom: a person, or somebody who is none here."""

    reply: Reply
    locale: Locale
    person_id: int | None = None

    @property
    def form(self) -> Form | None:
        """The form of the reply, if it has one."""
        return next((e for e in self.reply.elements if isinstance(e, Form)), None)


class Answering(ABC, Generic[_Arrival]):
    """Answers arrivals; whatever was answered is kept with its reply until that is sent."""

    def __init__(self, bot: Bot, identities: Identities[_Arrival]) -> None:
        self._bot = bot
        self._identities = identities

    @abstractmethod
    async def surface(self, arrival: _Arrival) -> Surface:
        """Return who sees what is said where this was done."""

    async def of_the_chat(self, arrival: _Arrival, who: Who) -> Told | None:  # noqa: ARG002
        """Return the answer to what only this chat has; None: there is nothing of the kind."""
        return None

    def pressed(self, arrival: _Arrival) -> tuple[str, str]:
        """Return the press id and value of a button."""
        return arrival.press, arrival.value

    async def answer(self, arrival: _Arrival, event: int) -> Told:
        """Return what to say; event: the stored row, marked done with the effect.

        Raises:
            TransportError: the chat does not tell who she is, for now.
        """
        if arrival.kind != "text" or arrival.withheld:
            return await self._answer(arrival, event, None)
        # The model thinks while it is looked up who asks.
        heard = self._bot.conversation.hear(arrival.text)
        try:
            return await self._answer(arrival, event, heard)
        finally:
            heard.cancel()

    async def _answer(self, arrival: _Arrival, event: int, heard: Heard | None) -> Told:
        now = await self._bot.time.now()
        who = await self._identities.of(arrival, now)
        if who.no is not None:
            return await self._kept(Told(who.no, who.locale), event)
        if self._identities.demo and (who.person_id is None or _about_demo(arrival)):
            return await self._kept(await self._demo(arrival, who, now), event)
        if arrival.press == newcomer.PRESS and who.person_id is not None:
            return await self._kept(await self._unit(arrival, who, who.person_id), event)
        own = await self.of_the_chat(arrival, who)
        if own is not None:
            return await self._kept(own, event)
        gesture = await self._gesture(arrival, who)
        answer = await self._bot.conversation.answer(gesture, now, event, heard)
        return Told(answer.reply, answer.locale, who.person_id)

    def restored(self, row: Inbound) -> Told:
        """Return what was answered before a crash and may not have been sent."""
        kept = row.reply or {}
        return Told(decode(kept["reply"]), kept["locale"], kept.get("person", _SOMEBODY))

    async def newcomer_question(self, told: Told) -> Reply | None:
        """Return the question for somebody whom the import does not know, once."""
        if told.person_id is None or self._identities.demo:
            return None
        async with self._bot.database.begin() as session:
            person = await person_by_id(session, told.person_id)
            if not newcomer.is_asked(person):
                return None
            person.asked_unit = True
            return await newcomer.question(session)

    async def menu(self, person_id: int, locale: Locale | None) -> Answer:
        """Return what somebody can do here; locale: None where she has one of her own."""
        gesture = Gesture(person_id, press="intent.help", locale=locale)
        return await self._bot.conversation.answer(gesture, await self._bot.time.now())

    async def _gesture(self, arrival: _Arrival, who: Who) -> Gesture:
        assert who.person_id is not None  # noqa: S101 (everybody else was answered before)
        said = arrival.kind == "text"
        press, value = self.pressed(arrival)
        return Gesture(
            person_id=who.person_id,
            surface=await self.surface(arrival),
            conversation=f"{self._identities.channel}:{arrival.channel}"[:_CONVERSATION],
            text=arrival.text if said else None,
            press=None if said or arrival.kind == "submit" else press,
            submit=arrival.submit if arrival.kind == "submit" else None,
            value=value,
            values=arrival.values,
            locale=who.locale if who.silent and not said else None,
            withheld=arrival.withheld,
        )

    async def _demo(self, arrival: _Arrival, who: Who, now: datetime) -> Told:
        database = self._bot.database
        if arrival.press == demo.OTHERS:
            return Told(await demo.others(database, now), who.locale, who.person_id)
        if demo.BE not in (arrival.press, arrival.submit):
            return Told(await demo.picker(database, now), who.locale, who.person_id)
        email = demo.chosen(arrival.value, arrival.values)
        async with database.begin() as session:
            person = await self._identities.become(session, arrival.user, email, now)
        chosen = await somebody(database, person.id, now) if person else None
        if person is None or chosen is None:
            return Told(await demo.picker(database, now), who.locale, who.person_id)
        locale = who.locale if person.locale is None and person.spoken is None else None
        menu = await self.menu(person.id, locale)
        return Told(demo.became(chosen, menu.reply), menu.locale, person.id)

    async def _unit(self, arrival: _Arrival, who: Who, person_id: int) -> Told:
        async with self._bot.database.begin() as session:
            reply = await newcomer.answered(session, person_id, arrival.value)
            person = await person_by_id(session, person_id)
        return Told(reply, spoken_by(person, who.locale), person_id)

    async def _kept(self, told: Told, event: int) -> Told:
        kept = {"reply": encode(told.reply), "locale": told.locale, "person": told.person_id}
        async with self._bot.database.begin() as session:
            await mark_done(session, event, kept)
        return told


def _about_demo(arrival: Arrival) -> bool:
    return arrival.press in demo.PRESSES or arrival.submit == demo.BE


_CONVERSATION = 120  # characters that a draft keeps
