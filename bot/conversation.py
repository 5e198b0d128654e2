"""The walk of a message: from what one person said, pressed or submitted to the answer."""

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from actions.access import Actor, actor_of
from actions.action import Action
from actions.digest_rows import PARTS
from actions.reply import Reply
from actions.request import Locale, Request, Surface
from actions.words import _
from bot import offers, routing
from bot.reply_codec import encode
from bot.unsure import Unsure
from nlu import Understanding
from nlu.language import language_of
from nlu.masking import has_personnummer
from nlu.understanding import Nlu, Parsed, pointing
from storage import Database, Effect, Unreachable
from storage.queries.drafts import open_drafts
from storage.queries.inbound import mark_done
from storage.queries.people import note_language, person_by_id

_LOG = logging.getLogger(__name__)
INTENT_PRESS = "intent."
Heard = asyncio.Task[Parsed]


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing that a person did in a chat; exactly one of text, press and submit is set.

    A text that names a button that was offered becomes its press and keeps its text.

    withheld: its words held a personal identity number and were dropped before it was stored.
    """

    person_id: int
    surface: Surface = Surface.DIRECT
    conversation: str = ""
    text: str | None = None
    press: str | None = None
    submit: str | None = None
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    locale: Locale | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a gesture: the reply and everything that is told about it."""

    reply: Reply
    locale: Locale
    actor: Actor | None = None
    action: str = ""
    understood: Understanding | None = None
    draft: dict[str, Any] | None = None
    effects: Sequence[Effect] = ()


class Conversation:
    """Answers gestures, one at a time per person, in the order they came."""

    def __init__(self, database: Database, nlu: Nlu, actions: Sequence[Action]) -> None:
        self.database = database
        self.nlu = nlu
        self.routes = routing.Routes(actions)
        self.told: Callable[[str], object] = str  # of each answer: ok, or failed (the apology)
        self.unsure: Unsure | None = None  # set where the university lets the bot collect
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def hear(self, text: str) -> Heard:
        """Begin to ask the model; whoever begins it cancels it in the end."""
        return asyncio.create_task(self.nlu.hear(text))

    async def answer(
        self, gesture: Gesture, now: datetime, event: int | None = None, heard: Heard | None = None
    ) -> Answer:
        """Answer a gesture; whatever goes wrong, the person gets an honest reply.

        now: aware, UTC. event: the stored event's row, marked done together with the effect.
        heard: what `hear` of the gesture's text began, if somebody could begin it before.

        Raises:
            Unreachable: the database went away while a stored event was answered.
        """
        async with self._turns[gesture.person_id]:
            try:
                answer = await self._answer(gesture, now, event, heard)
                self._learn(gesture, answer, now)
            except Unreachable:
                if event is not None:
                    raise  # it is stored, and answered as soon as the database is back
                return self._stumbled(gesture)
            except Exception:  # noqa: BLE001 (one of the three borders)
                return self._stumbled(gesture)
            self.told("ok")
            return answer

    def _stumbled(self, gesture: Gesture) -> Answer:
        reference = secrets.token_hex(4)
        _LOG.exception("answer failed, reference %s", reference)
        self.told("failed")
        return Answer(_failed(reference), gesture.locale or "sv")

    def _learn(self, gesture: Gesture, answer: Answer, now: datetime) -> None:
        if self.unsure is None or answer.understood is None:
            return
        if gesture.press is not None:
            self.unsure.answered(answer.understood, gesture.press.removeprefix(INTENT_PRESS))
        elif answer.understood.text != gesture.text:  # she typed what stands on the button
            self.unsure.answered(answer.understood, answer.action)
        elif answer.action == "ask" and gesture.surface is Surface.DIRECT:
            self.unsure.heard(answer.understood, now)

    async def _answer(
        self, gesture: Gesture, now: datetime, event: int | None, heard: Heard | None
    ) -> Answer:
        if gesture.withheld or _every_word_of(gesture, has_personnummer):
            return await self._refused(gesture, now)
        gesture, understood = await self._understood(gesture, now, heard)
        async with self.database.begin() as session:
            # Another process may be answering her too: one of the two waits here.
            person = await person_by_id(session, gesture.person_id, turn=True)
            if understood is not None and language_of(gesture.text or ""):
                await note_language(session, person, understood.lang)
            session.info[PARTS] = self.routes.digest_parts
            request = _request(gesture, await actor_of(session, person, now), now, understood)
            name, reply = await self.routes.answer(request, gesture, session)
            await session.flush()
            live = await open_drafts(session, person.id, now)
            if understood is not None or (gesture.press or "").startswith("draft."):
                reply = self.routes.with_left_behind(reply, live)
            offers.keep(session, person.id, live, reply, now)
            locale = reply.locale or request.locale
            if event is not None:
                await mark_done(session, event, {"reply": encode(reply), "locale": locale})
            return Answer(
                reply=reply,
                locale=locale,
                actor=request.actor,
                action=name,
                understood=understood,
                draft=self.routes.draft_line(live),
                effects=tuple(session.effects),
            )

    async def _understood(
        self, gesture: Gesture, now: datetime, heard: Heard | None
    ) -> tuple[Gesture, Understanding | None]:
        asked_again = (gesture.press or "").startswith(INTENT_PRESS) and gesture.value
        if gesture.text is None and not asked_again:
            return gesture, None
        text = gesture.text or gesture.value
        # The model thinks meanwhile, and no transaction waits for it.
        heard = heard or self.hear(text)
        try:
            return await self._meant(gesture, text, now, heard)
        finally:
            heard.cancel()

    async def _meant(
        self, gesture: Gesture, text: str, now: datetime, heard: Heard | None
    ) -> tuple[Gesture, Understanding | None]:
        async with self.database.begin() as session:
            person = await person_by_id(session, gesture.person_id)
            live = await open_drafts(session, person.id, now)
        lang = gesture.locale or _locale(person.locale)
        pressed = offers.meant(gesture.text, live) if gesture.text else None
        if pressed is not None:
            gesture = replace(gesture, press=pressed.press, value=pressed.value)
            if not (pressed.press.startswith(INTENT_PRESS) and pressed.value):
                return gesture, pointing(text, lang)
            # "did you mean …?" was answered: the same words once more
            text, heard = pressed.value, None
        open_ = bool(offers.talked_of(live) or offers.choices(live))
        understood = await self.nlu.understand(
            text, now, zone=person.zone, lang=lang, something_open=open_, heard=heard
        )
        return gesture, understood

    async def _refused(self, gesture: Gesture, now: datetime) -> Answer:
        async with self.database.begin() as session:
            person = await person_by_id(session, gesture.person_id)
            actor = await actor_of(session, person, now)
            live = await open_drafts(session, person.id, now)
        spoken = language_of(gesture.text or "")
        locale = gesture.locale or _locale(person.locale) or spoken or "sv"
        reply = Reply(
            _(
                "That looks like a personal identity number. I never take those, and I have not "
                "kept it. Write the name instead."
            ),
            private=False,
        )
        return Answer(reply, locale, actor, "refused", draft=self.routes.draft_line(live))


def _every_word_of(gesture: Gesture, check: Any) -> bool:
    return any(
        check(words) for words in (gesture.text or "", gesture.value, *gesture.values.values())
    )


def _request(
    gesture: Gesture, actor: Actor, now: datetime, understood: Understanding | None
) -> Request:
    heard = language_of(gesture.text or "")
    locale = gesture.locale or _locale(actor.locale) or heard or _locale(actor.spoken) or "sv"
    return Request(
        actor=actor,
        now=now,
        locale=locale,
        surface=gesture.surface,
        conversation=gesture.conversation,
        text=_words(gesture),
        understanding=understood,
        press=gesture.press or "",
        value=gesture.value,
        submission=gesture.values,
    )


def _words(gesture: Gesture) -> str:
    if gesture.press is not None and gesture.press.startswith(INTENT_PRESS):
        return gesture.value.strip()
    return (gesture.text or "").strip()


def _locale(value: str | None) -> Locale | None:
    if value == "sv":
        return "sv"
    return "en" if value == "en" else None


def _failed(reference: str) -> Reply:
    return Reply(
        _(
            "Something went wrong on my side and nothing was changed. Try again, or tell IT the "
            "reference {reference}.",
            reference=reference,
        ),
        private=False,
    )


def kept_private(answer: Answer) -> Answer:
    """Return what is said in a channel while the answer itself goes in a direct message."""
    return replace(answer, reply=Reply(_("I answered you in a direct message."), private=False))
