"""The side panel offers what one can say; the peer cannot show it, so its payload is checked."""

import json

import pytest

from bot.slack.assistant import prompts
from bot.translation import Locale
from tests.bot.slack.driver import Driver, labels
from tests.bot.slack.peer import BOT, JOHAN, NOVA, TEAM, Json
from tests.bot.slack.proxy import Proxy


@pytest.mark.parametrize("locale", ["sv", "en"])
def test_the_prompts_are_within_slacks_limits(locale: Locale) -> None:
    made = prompts(locale)
    assert 1 <= len(made) <= 4
    for prompt in made:
        assert prompt.keys() == {"title", "message"}
        assert 0 < len(prompt["title"]) <= 75
        assert 0 < len(prompt["message"]) <= 3_000


async def _opened(slack: Driver, proxy: Proxy, user: str) -> None:
    thread = {"user_id": user, "channel_id": "D1", "thread_ts": "1.1", "context": {}}
    event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": "1.1"}
    await _deliver(slack, proxy, event)


async def _deliver(slack: Driver, proxy: Proxy, event: Json) -> None:
    payload = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{event['event_ts']}",
        "event": event,
        "authorizations": [{"team_id": TEAM, "user_id": BOT}],
    }
    (socket,) = proxy._open
    envelope = {"envelope_id": "e1", "type": "events_api", "payload": payload}
    await socket.send_str(json.dumps(envelope))
    await proxy.acknowledged("e1")
    await slack.side.idle()


async def test_opening_the_panel_offers_prompts(slack: Driver, proxy: Proxy) -> None:
    await _opened(slack, proxy, JOHAN)
    await proxy.until("assistant.threads.setSuggestedPrompts")
    (offered,) = proxy.called("assistant.threads.setSuggestedPrompts")
    assert offered["prompts"] == prompts("sv")
    assert (offered["channel_id"], offered["thread_ts"]) == ("D1", "1.1")
    assert offered["title"] == "Vad behöver du?"


async def test_the_prompts_speak_the_persons_language(slack: Driver, proxy: Proxy) -> None:
    proxy.people[NOVA] = {"locale": "en-US"}
    await _opened(slack, proxy, NOVA)
    await proxy.until("assistant.threads.setSuggestedPrompts")
    (offered,) = proxy.called("assistant.threads.setSuggestedPrompts")
    assert offered["prompts"] == prompts("en")


async def test_the_panels_channel_may_change(slack: Driver, proxy: Proxy) -> None:
    thread = {
        "user_id": JOHAN,
        "channel_id": "D1",
        "thread_ts": "1.1",
        "context": {"channel_id": "C1"},
    }
    event = {
        "type": "assistant_thread_context_changed",
        "assistant_thread": thread,
        "event_ts": "2.2",
    }
    await _deliver(slack, proxy, event)
    assert proxy.called("chat.update") == []


async def test_what_is_written_in_the_panel_is_answered_in_its_thread(
    slack: Driver, proxy: Proxy
) -> None:
    direct = await slack.direct(JOHAN)
    await slack.say(JOHAN, "hjälp", direct, thread="1.1")
    (answer,) = await slack.told(JOHAN)
    assert answer["thread_ts"] == "1.1"
    assert "Hitta en mentor" in labels(answer["blocks"])
    assert proxy.called("chat.postMessage")
