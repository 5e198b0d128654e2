"""The shortcut on a message: one form, one reminder, a link that can be clicked."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from actions.words import plain
from bot.assembly import Bot
from bot.slack.app import SlackSide
from bot.slack.elements import text_pieces
from bot.slack.http import PATH
from bot.slack.limits import problems
from bot.slack.reading import read
from storage.queries.people import person_by_email
from storage.queries.schedules import promise
from tests.bot.slack.driver import Driver, words
from tests.bot.slack.peer import JOHAN, TEAM
from tests.bot.slack.proxy import Proxy
from tests.bot.slack.test_slack_http import client, side, signed

__all__ = ["client", "side"]
LINK = "https://lund.slack.com/archives/C0ELSEWHERE/p1795470000000100"


def shortcut(kind: str = "alumni", text: str = "Ring Volvo om praktik", **changes: Any) -> Any:
    """Return the payload as Slack sends it; the bot is not in the channel."""
    return {
        "type": "message_action",
        "token": "x",
        "action_ts": "1795480000.000200",
        "team": {"id": TEAM, "domain": "lund"},
        "user": {"id": JOHAN, "name": "johan", "team_id": TEAM, "username": "johan"},
        "channel": {"id": "C0ELSEWHERE", "name": kind},
        "is_enterprise_install": False,
        "enterprise": None,
        "callback_id": "remind_me",
        "trigger_id": "1795480000.1.abc",
        "response_url": "https://hooks.slack.com/app/T/1/x",
        "message_ts": "1795470000.000100",
        "message": {"type": "message", "user": "U0X", "ts": "1795470000.000100", "text": text},
        **changes,
    }


def body_of(payload: Any) -> tuple[bytes, dict[str, str]]:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    return body, {**signed(body), "Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("channel", "text", "task"),
    [
        ("alumni", "<@U0X> Ring  Volvo", f"Ring Volvo {LINK}"),
        ("alumni", "", f"#alumni: {LINK}"),
        ("alumni", "hon är 811218-9876", f"#alumni: {LINK}"),
        ("privategroup", "hemligt", f"Slack: {LINK}"),
        ("directmessage", "hemligt", f"Slack: {LINK}"),
        ("alumni", "a" * 80, f"{'a' * 59}… {LINK}"),
    ],
)
def test_little_of_the_message_is_kept(channel: str, text: str, task: str) -> None:
    arrival = read(shortcut(channel, text), "U0BOT")
    assert arrival is not None
    assert arrival.value == task
    assert not arrival.withheld
    assert arrival.direct


def test_another_apps_shortcut_is_dropped() -> None:
    assert read(shortcut(callback_id="other"), "U0BOT") is None


async def test_sent_five_times_it_opens_one_form_and_saves_one_reminder(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy
) -> None:
    body, headers = body_of(shortcut())
    calls = (client.post(PATH, content=body, headers=headers) for _ in range(5))
    assert {a.status_code for a in await asyncio.gather(*calls)} == {200}
    await side.idle()
    # The peer refuses triggers that are not its own, so the form's button comes as a message too.
    (opened,) = [call.args for call in proxy.calls if call.method == "views.open"]
    view = opened["view"]
    assert view["callback_id"] == "reminder.save"
    assert view["blocks"][0]["element"]["initial_value"] == f"Ring Volvo om praktik {LINK}"
    before = len(proxy.called("chat.postMessage"))
    body, headers = body_of(filled(view, f"Ring Volvo om praktik {LINK}", "imorgon kl 9"))
    calls = (client.post(PATH, content=body, headers=headers) for _ in range(5))
    assert {a.status_code for a in await asyncio.gather(*calls)} == {200}
    await side.idle()
    (told,) = proxy.called("chat.postMessage")[before:]
    assert told["channel"] == JOHAN
    assert told["unfurl_links"] is False
    assert {"type": "link", "url": LINK} in [
        part
        for block in told["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
    ]


def filled(view: Any, task: str, when: str) -> Any:
    values = {"task": {"task": {"value": task}}, "when": {"when": {"value": when}}}
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "lund"},
        "user": {"id": JOHAN, "team_id": TEAM},
        "trigger_id": "1795480000.2.abc",
        "view": {**view, "id": "V1", "state": {"values": values}},
    }


@pytest.mark.parametrize(("language", "said"), [("sv", "Ett ögonblick …"), ("en", "One moment …")])
async def test_the_view_that_waits_speaks_her_language(
    client: httpx.AsyncClient, side: SlackSide, proxy: Proxy, bot: Bot, language: str, said: str
) -> None:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, "johan.ek@nordhamn.example")
        assert johan is not None
        johan.locale = language
    turn = bot.conversation._turns[johan.id]
    body, headers = body_of(shortcut())
    async with turn:
        assert (await client.post(PATH, content=body, headers=headers)).status_code == 200
        async with asyncio.timeout(10):
            while not (opened := [c.args for c in proxy.calls if c.method == "views.open"]):
                await asyncio.sleep(0.01)
    await side.idle()
    assert words(opened[0]["view"]["blocks"]) == said


async def test_a_reminder_that_comes_can_be_followed_to_its_message(
    slack: Driver, bot: Bot
) -> None:
    await slack.say(JOHAN, "hjälp")
    now = await bot.time.now()
    async with bot.database.begin() as session:
        johan = await person_by_email(session, "johan.ek@nordhamn.example")
        assert johan is not None
        await promise(
            session,
            kind="reminder",
            owner_id=johan.id,
            payload={"task": f"Ring Volvo {LINK}"},
            dtstart=(now + timedelta(hours=1)).replace(tzinfo=None),
            zone="UTC",
            now=now,
        )
    assert await bot.time.move_to(now + timedelta(days=1))
    await bot.work_until_idle(await bot.time.now())
    told = (await slack.told(JOHAN))[-1]
    assert "Påminnelse" in words(told["blocks"])
    links = [
        part["url"]
        for block in told["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"][0]["elements"]
        if part["type"] == "link"
    ]
    assert links == [LINK]


def test_only_links_to_messages_become_links() -> None:
    (piece,) = text_pieces(plain(f"*Ring* {LINK} https://evil.example"), "sv")
    assert problems(piece.blocks) == []
    assert [p["type"] for p in piece.blocks[0]["elements"][0]["elements"]] == [
        "text",
        "link",
        "text",
    ]
    (other,) = text_pieces(plain("https://evil.slack.com.example/archives/C0/p1"), "sv")
    assert other.blocks[0]["text"]["type"] == "plain_text"
