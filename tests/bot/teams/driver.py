"""Somebody at the other end: writes, presses, fills in cards, and reads what came.

The peer lets only the person who sits at its page write. What others write and install are
activities of our own making, which the peer sends to the bot as its own; others press as she does.
What the bot says to her is read as the peer's page reads it; what it says to others is read from
the proxy, since the peer shows it to nobody.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.bot.teams.cards import actions, filled
from tests.bot.teams.playground import BOT, BOT_NAME, Json, Person, Playground
from tests.bot.teams.proxy import Proxy

_PATIENCE_S = 30
_STREAM = "/_ws_conversation/v1/conversations/stream"
_LOG = "/_ws/log/stream"
_CARD = "application/vnd.microsoft.card.adaptive"


@dataclass
class Message:
    """A message as it stands now. edits: how often another took its place."""

    id: str
    where: str
    text: str
    cards: list[Json]
    edits: int = 0


@dataclass(frozen=True)
class Delivery:
    """An activity that the peer brought to the bot, and how the bot answered it."""

    activity: Json
    status: int
    answer: Any


@dataclass
class Driver:
    """Hands and eyes of everybody in the tenant.

    idle: waits until the bot has done everything that came to it.
    """

    peer: Playground
    proxy: Proxy
    idle: Callable[[], Awaitable[None]]
    deliveries: list[Delivery] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    _shown: dict[str, Message] = field(default_factory=dict)
    _chats: dict[str, str] = field(default_factory=dict)
    _http: aiohttp.ClientSession | None = None
    _sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)
    _reading: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self) -> None:
        """Begin to read."""
        self._http = aiohttp.ClientSession()
        for path, take in ((_STREAM, self._showed), (_LOG, self._logged)):
            socket = await self._http.ws_connect(f"{self.peer.url}{path}", max_msg_size=0)
            self._sockets.append(socket)
            self._reading.append(asyncio.create_task(_read(socket, take)))

    async def close(self) -> None:
        """Read no more."""
        for socket in self._sockets:
            await socket.close()
        await asyncio.gather(*self._reading)
        if self._http is not None:
            await self._http.close()

    async def chat(self, person: Person) -> str:
        """Return somebody's chat with the bot, which begins unless there is one."""
        if person is self.peer.me:
            return person.chat
        if person.key not in self._chats:
            wanted = {"isGroup": False, "members": [{"id": person.id}]}
            told = await self._post("/_connector/v3/conversations", wanted)
            self._chats[person.key] = str(told["id"])
        return self._chats[person.key]

    async def install(self, person: Person | None = None) -> None:
        """Add the bot to somebody's personal apps: two activities, as in Teams."""
        if person is None or person is self.peer.me:
            done = len(self.deliveries) + 2
            await self._post(f"/_debug/conversation/{self.peer.me.chat}/installation", {})
            await self._until(lambda: len(self.deliveries) >= done)
            await self.settle()
            return
        await self.made(person, "install")
        await self.made(person, "botAdded")

    async def uninstall(self, person: Person | None = None) -> None:
        """Remove the bot from somebody's personal apps."""
        await self.made(person or self.peer.me, "uninstall")

    async def say(self, text: str, by: Person | None = None, where: str = "") -> None:
        """Write to the bot alone, or in GROUP or CHANNEL, where the bot is mentioned."""
        person = by or self.peer.me
        words = f"<at>{BOT_NAME}</at> {text}" if where else text
        mentions = [{"mentioned": {"id": BOT}, "text": f"<at>{BOT_NAME}</at>"}] if where else []
        if person is not self.peer.me:
            named = [{"type": "mention", **mention} for mention in mentions]
            more: Json = {
                "type": "message",
                "text": words,
                "textFormat": "plain",
                "entities": named,
            }
            _took(await self.made(person, where=where, **more))
            return
        typed = {"from": {"id": person.id}, "text": words, "textFormat": "plain"}
        path = f"/_conversation/v1/conversations/{where or person.chat}/messages"
        begun = len(self.deliveries)
        await self._post(path, {**typed, "mentions": mentions})
        _took(await self._delivered(begun))

    async def made(self, person: Person, kind: str = "", where: str = "", **more: Any) -> Delivery:
        """Send an activity of our own making as somebody; kind: a template of the peer's."""
        own = await self.chat(person)
        template = await self._template(where or own, kind)
        sender = {"id": person.id, "aadObjectId": person.entra, "name": person.name}
        return await self.send({**template, **more, "from": sender})

    async def send(self, activity: Json) -> Delivery:
        """Send an activity as it is, perhaps one that came before."""
        begun = len(self.deliveries)
        await self._post("/_internal/v1/customActivities", activity)
        return await self._delivered(begun)

    async def press(
        self,
        label: str,
        by: Person | None = None,
        where: str = "",
        values: dict[str, str] | None = None,
        nth: int = 0,
    ) -> list[str]:
        """Press the newest action of this label, the inputs around it filled in.

        As a client does, nothing is sent while an input is not filled in as it must be: the ids
        of such inputs are returned.
        """
        person = by or self.peer.me
        found = [
            (message, action, inputs)
            for message in reversed(await self.messages(person, where))
            for card in message.cards
            for action, inputs in actions(card)
            if action.get("title") == label
        ]
        assert found, f"no button {label}; there is {await self.labels(person, where)}"
        message, action, inputs = found[nth]
        data, wrong = filled(action, inputs, values or {})
        if not wrong:
            await self._pressed(person, message, action, data)
        return wrong

    async def messages(self, person: Person | None = None, where: str = "") -> list[Message]:
        """Return what the bot has said in a conversation, as it stands now, oldest first."""
        await self._in_step()
        if where:
            return [m for m in self._shown.values() if m.where.partition(";")[0] == where]
        if person is None or person is self.peer.me:
            return [m for m in self._shown.values() if m.where == self.peer.me.chat]
        return self._kept(await self.chat(person))

    async def labels(self, person: Person | None = None, where: str = "") -> list[str]:
        """Return what every action in a conversation says."""
        return [
            str(action.get("title"))
            for message in await self.messages(person, where)
            for card in message.cards
            for action, _inputs in actions(card)
        ]

    async def settle(self) -> None:
        """Wait until the bot has done what came, and what it said has been read."""
        await self.idle()
        await self._in_step()

    async def _pressed(self, person: Person, message: Message, action: Json, data: Json) -> None:
        about: Json = {
            "from": {"id": person.id},
            "conversation": {"id": message.where},
            "replyToId": message.id,
        }
        begun = len(self.deliveries)
        if action["type"] == "Action.Submit":
            await self._post("/_conversation/v1/submit", {**about, "value": data})
        else:
            named = {key: action[key] for key in ("type", "id", "verb", "title") if key in action}
            value: Json = {"action": {**named, "data": data}, "trigger": "manual"}
            told = {**about, "name": "adaptiveCard/action", "value": value}
            answer = await self._post("/_conversation/v1/invoke", told)
            self._replaced(message, answer)
        _took(await self._delivered(begun))

    def _replaced(self, message: Message, answer: Json) -> None:
        """Do as the page does: a card that Action.Execute was answered with takes the place."""
        if answer.get("type") == _CARD:
            message.cards = [answer["value"]]
            message.edits += 1

    async def _delivered(self, begun: int) -> Delivery:
        await self._until(lambda: len(self.deliveries) > begun)
        told = self.deliveries[begun]
        await self.settle()
        return told

    async def _template(self, where: str, kind: str) -> Json:
        assert self._http is not None
        about = {"conversationId": where} | ({"type": kind} if kind else {})
        address = f"{self.peer.url}/_internal/v1/customActivities/template"
        async with self._http.get(address, params=about) as response:
            template: Json = await response.json()
            assert response.status == 200, template
            return template

    async def _post(self, path: str, told: Json) -> Json:
        assert self._http is not None
        async with self._http.post(f"{self.peer.url}{path}", json=told) as response:
            text = await response.text()
            assert response.status in {200, 201, 202}, f"{path}: {response.status} {text}"
            is_json = "json" in response.headers.get("Content-Type", "")
            return dict(await response.json()) if text and is_json else {}

    async def _in_step(self) -> None:
        """Wait until everything that the peer has shown so far has been read.

        Its page is fed in order, so a sign of our own, sent last, is the last to be read.
        """
        seen = self.typing.count(self.peer.me.id)
        path = f"/_connector/v3/conversations/{self.peer.me.id}/activities"
        await self._post(path, {"type": "typing"})
        await self._until(lambda: self.typing.count(self.peer.me.id) > seen)

    async def _until(self, done: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not done():
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"nothing came\n{self.peer.log()[-3000:]}") from None

    def _showed(self, told: Json) -> None:
        where, message = told["actionConversationId"], told.get("message", {})
        if told["action"] == "typing":
            self.typing.append(where)
        elif message and message["from"]["id"] == BOT:
            seen = self._shown.get(message["messageId"])
            self._shown[message["messageId"]] = Message(
                message["messageId"],
                message.get("postConversationId") or (seen.where if seen else where),
                message.get("text") or "",
                [a["content"] for a in message["attachments"] if a["contentType"] == _CARD],
                edits=seen.edits + 1 if seen else 0,
            )

    def _logged(self, told: Json) -> None:
        item = told.get("log", {})
        if item.get("type") == "bot" and item.get("from") != "User Application":
            answer = item["response"]
            body = item["request"]["body"]
            self.deliveries.append(Delivery(body, answer["statusCode"], answer.get("body")))

    def _kept(self, conversation: str) -> list[Message]:
        """Return what was said to somebody else, by what the peer took from the bot."""
        kept: dict[str, Message] = {}
        for call in self.proxy.calls:
            right = call.taken and call.body.get("type") == "message"
            if not right or call.conversation != conversation:
                continue
            key = call.message if call.method == "PUT" else str(call.answer.get("id", ""))
            before = kept.get(key)
            attached = call.body.get("attachments") or ()
            cards = [each["content"] for each in attached if each["contentType"] == _CARD]
            text = call.body.get("text") or ""
            edits = before.edits + 1 if before else 0
            kept[key] = Message(key, conversation, text, cards, edits)
        return list(kept.values())


def _took(delivery: Delivery) -> None:
    """See that the bot took an activity."""
    assert delivery.status in {200, 201, 202}, delivery


async def _read(socket: aiohttp.ClientWebSocketResponse, take: Callable[[Json], None]) -> None:
    async for message in socket:
        take(message.json())
