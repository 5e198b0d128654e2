"""Somebody at the other end: writes, presses, fills modals, opens Home, and reads what came."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.slack.app import SlackSide
from tests.bot.slack.peer import Json

_WAIT_S = 15


@dataclass
class Driver:
    """A person's hands and eyes on the peer; every act returns when the bot is done with it."""

    peer: str
    side: SlackSide
    http: aiohttp.ClientSession

    async def say(self, user: str, text: str, channel: str = "", thread: str = "") -> None:
        """Write to the bot directly, or in a channel."""
        told = {"user": user, "channel": channel or user, "text": text}
        await self.control("message", told | ({"thread_ts": thread} if thread else {}))
        await self.side.idle()

    async def slash(self, user: str, text: str = "", channel: str = "") -> None:
        """Give the slash command."""
        where = channel or await self.direct(user)
        await self.control(
            "command", {"user": user, "channel": where, "command": "/spindel", "text": text}
        )
        await self.side.idle()

    async def press(self, user: str, label: str, channel: str = "", nth: int = 0) -> None:
        """Press the newest button of this label in a conversation."""
        where = channel or await self.direct(user)
        found = [
            (message, button)
            for message in reversed(await self.messages(where))
            for button in buttons(message.get("blocks", []))
            if button["text"]["text"] == label
        ]
        assert found, f"no button {label}"
        message, button = found[nth]
        await self.press_button(user, button, where, message["ts"])

    async def press_home(self, user: str, label: str) -> None:
        """Press a button of the Home tab."""
        view = await self.home(user)
        button = next(b for b in buttons(view["blocks"]) if b["text"]["text"] == label)
        await self.press_button(user, button, await self.direct(user), "home")

    async def press_button(self, user: str, button: Json, channel: str, ts: str) -> None:
        """Press a button as the peer's page would."""
        action = {k: button[k] for k in ("type", "action_id", "value", "text") if k in button}
        told = {"user": user, "channel": channel, "messageTs": ts, "action": action}
        await self.control("interact", told)
        await self.side.idle()

    async def submit(self, user: str, values: dict[str, str]) -> Json:
        """Fill and send the modal on top; return the errors at its fields, if any."""
        view = await self.modal()
        assert view is not None, "no modal is open"
        filled = {
            block["block_id"]: {block["element"]["action_id"]: _filled(block["element"], value)}
            for block in view["blocks"]
            if block["type"] == "input"
            and (value := values.get(block["block_id"], _initial(block["element"])))
        }
        async with self.http.ws_connect(f"{self.peer}/ui") as ui:
            await ui.receive_json(timeout=_WAIT_S)
            await ui.send_str(json.dumps({"t": "view_submit", "user": user, "values": filled}))
            while True:
                told = await ui.receive_json(timeout=_WAIT_S)
                if told["t"] in {"view", "view_errors"}:
                    break
        await self.side.idle()
        return dict(told.get("errors") or {})

    async def open_home(self, user: str) -> Json:
        """Open the Home tab and return its view."""
        await self.control("open-home", {"user": user})
        await self.side.idle()
        return await self.home(user)

    async def home(self, user: str) -> Json:
        """Return the view of the Home tab as it was published last."""
        views: Json = (await self._state()).get("homeViews", {})
        return dict(next(iter(views[user].values())))

    async def modal(self) -> Json | None:
        """Return the modal on top."""
        stack = (await self._state())["modalStack"]
        return stack[-1] if stack else None

    async def direct(self, user: str) -> str:
        """Return the direct-message channel between somebody and the bot."""
        answer = await self._post("/api/conversations.open", {"users": user})
        return str(answer["channel"]["id"])

    async def messages(self, channel: str) -> list[Json]:
        """Return a channel's messages, oldest first."""
        async with self.http.get(f"{self.peer}/_control/messages/{channel}") as response:
            return list((await response.json())["messages"])

    async def told(self, user: str, channel: str = "") -> list[Json]:
        """Return what the bot said in a conversation, oldest first."""
        where = channel or await self.direct(user)
        return [m for m in await self.messages(where) if "bot_id" in m]

    async def control(self, what: str, told: Json) -> None:
        """Use the peer's control API."""
        await self._post(f"/_control/{what}", told)

    async def _post(self, path: str, told: Json) -> Json:
        async with self.http.post(f"{self.peer}{path}", json=told) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def _state(self) -> Json:
        async with self.http.ws_connect(f"{self.peer}/ui") as ui:
            told: Json = await ui.receive_json(timeout=_WAIT_S)
            return dict(told["state"])


def buttons(blocks: list[Json]) -> Iterator[Json]:
    """Yield the buttons of some blocks."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory")):
            if isinstance(element, dict) and element.get("type") == "button":
                yield element


def labels(blocks: list[Json]) -> list[str]:
    """Return what the buttons of some blocks say."""
    return [button["text"]["text"] for button in buttons(blocks)]


def words(value: Any) -> str:
    """Return every text in some blocks, one a line."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(words, value)))
    if not isinstance(value, dict):
        return ""
    own = value["text"] if isinstance(value.get("text"), str) else ""
    return "\n".join(filter(None, (own, *(words(part) for part in value.values()))))


def _filled(element: Json, value: str) -> Json:
    kind = element["type"]
    if kind == "datepicker":
        return {"type": kind, "selected_date": value}
    if kind == "timepicker":
        return {"type": kind, "selected_time": value}
    if kind == "static_select":
        groups = element.get("option_groups", [{"options": element.get("options", [])}])
        options = [option for group in groups for option in group["options"]]
        return {"type": kind, "selected_option": next(o for o in options if o["value"] == value)}
    return {"type": kind, "value": value}


def _initial(element: Json) -> str:
    option = element.get("initial_option") or {}
    keys = ("initial_value", "initial_date", "initial_time")
    return str(option.get("value") or next((element[k] for k in keys if k in element), ""))
