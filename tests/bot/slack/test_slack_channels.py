"""In channels the bot says nothing personal: it answers directly and says so."""

import pytest

from bot.assembly import Bot
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import BOT, CHANNEL, CLOSED, JOHAN
from tests.bot.slack.proxy import Proxy


@pytest.mark.parametrize("channel", [CHANNEL, CLOSED])
async def test_a_mention_is_answered_directly(
    connect: Connect, demo_bot: Bot, channel: str
) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, f"<@{BOT}> Vilka alumner är mentorer inom hållbarhet?", channel)
    (notice,) = await slack.told(JOHAN, channel)
    asked = (await slack.messages(channel))[0]
    assert notice["thread_ts"] == asked["ts"]
    assert words(notice["blocks"]) == "Jag svarade dig i ett direktmeddelande."
    assert "Anna" not in str(notice)
    (answer,) = await slack.told(JOHAN)
    assert "Anna Svensson" in words(answer["blocks"])


async def test_the_menu_is_no_secret(slack: Driver) -> None:
    await slack.say(JOHAN, f"<@{BOT}> hjälp", CHANNEL)
    (menu,) = await slack.told(JOHAN, CHANNEL)
    assert "Hitta en mentor" in labels(menu["blocks"])
    assert await slack.told(JOHAN) == []


async def test_a_press_in_a_channel_is_answered_directly(slack: Driver) -> None:
    await slack.say(JOHAN, f"<@{BOT}> hjälp", CHANNEL)
    await slack.press(JOHAN, "Mina påminnelser", CHANNEL)
    notice = (await slack.told(JOHAN, CHANNEL))[-1]
    assert notice["subtype"] == "ephemeral"
    assert notice["ephemeral_to"] == JOHAN
    (answer,) = await slack.told(JOHAN)
    assert "påminnelser" in words(answer["blocks"])


async def test_what_is_said_beside_the_bot_is_not_answered(slack: Driver) -> None:
    await slack.say(JOHAN, "hjälp", CHANNEL)
    assert await slack.told(JOHAN, CHANNEL) == []


async def test_no_reply_of_the_bot_unfurls_or_mentions(slack: Driver, proxy: Proxy) -> None:
    await slack.say(JOHAN, f"<@{BOT}> hjälp", CHANNEL)
    (posted,) = proxy.called("chat.postMessage")
    quiet = ("unfurl_links", "unfurl_media", "link_names", "mrkdwn")
    assert [posted[key] for key in quiet] == [False] * 4
    assert posted["metadata"]["event_payload"].keys() == {"id"}
