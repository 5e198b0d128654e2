"""`spindel chat --json`: one line in, exactly one line out, as the contract says."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from actions.reply import Reply
from actions.request import Locale, Surface
from bot.assembly import Bot
from bot.contract import element_json, plain_text
from bot.conversation import Answer, Gesture, kept_private
from bot.terminal.channel import TerminalChannel
from bot.transport import Outgoing
from storage import Unreachable
from storage.queries.inbound import mark_answered, receive
from storage.queries.people import person_by_email

LONGEST_LINE = 200_000
_REDELIVERED = -1
_LOCKED = "the database does not answer: it is locked, away, or its disk is full; try again"


class BadLine(Exception):
    """A line that cannot be answered; code is for programs, the text says what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(slots=True)
class JsonChat:
    """A conversation in JSON lines; as_, lang and surface hold where a line does not say."""

    bot: Bot
    channel: TerminalChannel
    as_: str | None = None
    lang: Locale | None = None
    surface: Surface = Surface.DIRECT
    _count: int = 0
    _messages: dict[tuple[str, str], str] = field(default_factory=dict)
    _delivered_as: dict[str, str] = field(default_factory=dict)

    async def line(self, raw: str) -> str:
        """Answer one line; whatever it holds, the answer is one line of JSON."""
        given: Any = None
        try:
            given = _object(raw)
            answer = await self._answer(given)
        except BadLine as bad:
            answer = {"error": {"code": bad.code, "text": str(bad)}}
        except Unreachable:
            answer = {"error": {"code": "unreachable", "text": _LOCKED}}
        if isinstance(given, dict) and "id" in given:
            answer = {"id": given["id"], **answer}
        return json.dumps(answer, ensure_ascii=False)

    async def _answer(self, given: dict[str, Any]) -> dict[str, Any]:
        if not {"say", "press", "submit"} & given.keys():
            return await self._moved(given)
        now = await self.bot.time.now()
        gesture = await self._gesture(given)
        event = await self._event(given, now)
        if event == _REDELIVERED:
            return _silence(now)
        answer = await self.bot.conversation.answer(gesture, now, event)
        await self._close(event)
        replies = self._answered(answer, gesture)
        await self.bot.work_until_idle(now)
        replies.extend(self._delivered(outgoing) for outgoing in self.channel.take())
        return {
            "now": _stamp(now),
            "replies": replies,
            "understood": answer.understood.to_json() if answer.understood else None,
            "draft": answer.draft,
            "effects": [{"table": e.table, "op": e.op, "id": e.id} for e in answer.effects],
        }

    async def _moved(self, given: dict[str, Any]) -> dict[str, Any]:
        if "now" not in given:
            raise BadLine("usage", "a line holds one of say, press, submit and now")
        moment = _moment(given["now"])
        if not await self.bot.time.move_to(moment):
            raise BadLine("backward", "time can only be moved forward")
        now = await self.bot.time.now()
        await self.bot.work_until_idle(now)
        replies = [self._delivered(outgoing) for outgoing in self.channel.take()]
        return {**_silence(now), "replies": replies}

    async def _gesture(self, given: dict[str, Any]) -> Gesture:
        values = given.get("values") or {}
        if not isinstance(values, dict):
            raise BadLine("usage", "values is an object")
        return Gesture(
            person_id=await self._person(given),
            surface=_surface(given.get("surface"), self.surface),
            conversation="terminal",
            text=_string(given, "say"),
            press=_string(given, "press"),
            submit=_string(given, "submit"),
            value=str(given.get("value") or ""),
            values={str(k): _form_value(v) for k, v in values.items()},
            locale=_lang(given.get("lang")) or self.lang,
        )

    async def _person(self, given: dict[str, Any]) -> int:
        email = given.get("as") or self.as_
        if not isinstance(email, str):
            raise BadLine("who", 'say who speaks with --as EMAIL or "as"')
        async with self.bot.database.begin() as session:
            person = await person_by_email(session, email)
        if person is None:
            raise BadLine("who", f"nobody here has the e-mail {email}")
        return person.id

    async def _event(self, given: dict[str, Any], now: datetime) -> int | None:
        if "event_id" not in given:
            return None
        async with self.bot.database.begin() as session:
            event = await receive(
                session,
                channel="terminal",
                event_id=str(given["event_id"])[:120],
                sender="",
                payload={},
                now=now,
            )
        return _REDELIVERED if event is None else event

    async def _close(self, event: int | None) -> None:
        if event is not None:
            async with self.bot.database.begin() as session:
                await mark_answered(session, event)

    def _answered(self, answer: Answer, gesture: Gesture) -> list[dict[str, Any]]:
        email = answer.actor.email if answer.actor else ""
        if gesture.surface is Surface.DIRECT or not answer.reply.private:
            return [self._reply(answer, email, "here", self._updated(answer.reply, gesture))]
        notice = kept_private(answer)
        return [
            self._reply(notice, email, "here", None),
            self._reply(answer, email, "direct", None),
        ]

    def _updated(self, reply: Reply, gesture: Gesture) -> str | None:
        if not reply.updates or gesture.press is None:
            return None
        return self._messages.get((gesture.press, gesture.value))

    def _reply(self, answer: Answer, email: str, where: str, updates: str | None) -> dict[str, Any]:
        return self._line_of(
            answer.reply, answer.locale, answer.action, email, where, "answer", updates
        )

    def _delivered(self, outgoing: Outgoing) -> dict[str, Any]:
        before = outgoing.replaces.message_id if outgoing.replaces else ""
        line = self._line_of(
            outgoing.reply,
            outgoing.locale,
            outgoing.action,
            outgoing.receiver.email,
            "direct",
            outgoing.row.cause,
            self._delivered_as.get(before),
        )
        self._delivered_as[before or outgoing.row.uid] = line["message_id"]
        return line

    def _line_of(
        self,
        reply: Reply,
        locale: Locale,
        action: str,
        email: str,
        where: str,
        cause: str,
        updates: str | None,
    ) -> dict[str, Any]:
        self._count += 1
        message_id = updates or f"m{self._count}"
        elements = [element_json(element, locale) for element in reply.elements]
        for button in _buttons(elements):
            self._messages[button["press"], button["value"]] = message_id
        return {
            "to": {"email": email, "where": where},
            "cause": cause,
            "action": action,
            "message_id": message_id,
            "updates": updates,
            "lang": locale,
            "text": plain_text(reply, locale),
            "elements": elements,
        }


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _silence(now: datetime) -> dict[str, Any]:
    return {"now": _stamp(now), "replies": [], "understood": None, "draft": None, "effects": []}


def _buttons(elements: list[dict[str, Any]]) -> list[dict[str, str]]:
    single = [e for e in elements if e["type"] == "button"]
    return single + [b for e in elements if e["type"] == "card" for b in e["buttons"]]


def _object(raw: str) -> dict[str, Any]:
    if len(raw) > LONGEST_LINE:
        raise BadLine("too_long", f"a line holds at most {LONGEST_LINE} characters")
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadLine("json", "a line is one JSON object") from None
    if not isinstance(given, dict):
        raise BadLine("json", "a line is one JSON object")
    return given


def _string(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadLine("usage", f"{key} is a string")
    return value


def _form_value(value: Any) -> str:
    return ",".join(str(v) for v in value) if isinstance(value, list) else str(value or "")


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadLine("time", "now is an ISO 8601 time with an offset") from None
    if moment.tzinfo is None:
        raise BadLine("time", "now is an ISO 8601 time with an offset")
    return moment


def _surface(value: Any, default: Surface) -> Surface:
    if value is None:
        return default
    try:
        return Surface(value)
    except ValueError:
        raise BadLine("usage", "surface is direct, private or public") from None


def _lang(value: Any) -> Locale | None:
    if value is None:
        return None
    if value not in {"sv", "en"}:
        raise BadLine("usage", "lang is sv or en")
    return cast("Locale", value)
