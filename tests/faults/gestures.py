"""What people do in Slack, as Slack tells it over HTTP: signed, and sent until it is taken."""

import asyncio
import hashlib
import hmac
import json
import random
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from bot.slack.http import PATH
from tests.faults.bots import SECRET, Bots
from tests.faults.ledger import TEAM
from tests.faults.troubles import Json

_DAY_S = 86_400
_PATIENCE_S = 300
_SLACK_WAITS = aiohttp.ClientTimeout(total=5)  # a little longer than Slack does


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing that somebody did: its body, how it is encoded, what it is told apart by."""

    body: str
    kind: str
    key: str


def said(user: str, text: str, key: str, *, age_s: int = 0) -> Gesture:
    """Return a direct message; age_s: how long ago it was written."""
    at = int(time.time()) - age_s
    told = {
        "type": "message", "channel": "D" + user[1:], "channel_type": "im", "user": user,
        "text": text, "ts": f"{at}.000100", "team": TEAM,
    }  # fmt: skip
    body = {
        "type": "event_callback", "team_id": TEAM, "event_id": f"Ev{key}", "event_time": at,
        "event": told,
    }  # fmt: skip
    return Gesture(json.dumps(body), "application/json", key)


def filled(user: str, submit: str, values: dict[str, str], key: str) -> Gesture:
    """Return a filled form."""
    state = {
        name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()
    }
    view: Json = {
        "id": f"V{key}", "type": "modal", "callback_id": submit, "private_metadata": "{}",
        "state": {"values": state}, "blocks": [],
    }  # fmt: skip
    return _interaction(user, {"type": "view_submission", "trigger_id": f"T{key}", "view": view})


def pressed(user: str, press: str, value: str, key: str) -> Gesture:
    """Return a pressed button of a message."""
    action = {
        "type": "button", "action_id": f"{press}|0", "value": value, "action_ts": key,
        "block_id": "b", "text": {"type": "plain_text", "text": "…"},
    }  # fmt: skip
    channel = "D" + user[1:]
    container = {"type": "message", "message_ts": "1.1", "channel_id": channel}
    body: Json = {
        "type": "block_actions", "trigger_id": f"T{key}", "actions": [action],
        "container": container, "channel": {"id": channel}, "message": {"ts": "1.1"},
    }  # fmt: skip
    return _interaction(user, body)


def commanded(user: str, text: str, hook: str, key: str) -> Gesture:
    """Return the slash command; hook: where its answer goes."""
    fields = {
        "command": "/spindel", "team_id": TEAM, "user_id": user, "channel_id": "D" + user[1:],
        "text": text, "trigger_id": f"T{key}", "response_url": hook,
    }  # fmt: skip
    return Gesture(urlencode(fields), "application/x-www-form-urlencoded", key)


def _interaction(user: str, body: Json) -> Gesture:
    body |= {"team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}}
    fields = urlencode({"payload": json.dumps(body)})
    return Gesture(fields, "application/x-www-form-urlencoded", str(body["trigger_id"]))


@dataclass
class Slack:
    """Slack's side of HTTP mode; delivered: how many copies were taken with 200."""

    bots: Bots
    chance: random.Random
    http: aiohttp.ClientSession
    delivered: int = 0
    refused: int = 0

    async def deliver(self, gesture: Gesture, *, copy: int = 0, delay_s: float = 0.0) -> None:
        """Deliver one copy to some replica, again and again until one takes it."""
        await asyncio.sleep(delay_s)
        async with asyncio.timeout(_PATIENCE_S):
            while not await self._once(gesture, copy):
                self.refused += 1
                await asyncio.sleep(self.chance.uniform(1.0, 6.0))
        self.delivered += 1

    async def _once(self, gesture: Gesture, copy: int) -> bool:
        port = self.chance.choice(self.bots.ports)
        stamp = str(int(time.time()))
        base = f"v0:{stamp}:{gesture.body}".encode()
        made = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": gesture.kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={made}",
        }
        if copy:
            headers |= {"X-Slack-Retry-Num": str(copy), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            async with self.http.post(
                f"http://127.0.0.1:{port}{PATH}",
                data=gesture.body.encode(),
                headers=headers,
                timeout=_SLACK_WAITS,
            ) as answer:
                await answer.read()
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


def day_old(chance: random.Random) -> int:
    """Return how old an event is: now and then a day."""
    return _DAY_S if chance.random() < 0.2 else 0
