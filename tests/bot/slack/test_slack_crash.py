"""What a crash leaves behind is answered after the restart, once."""

from typing import Any

import pytest

from actions.reply import Reply
from actions.words import plain
from bot.assembly import Bot
from bot.reply_codec import encode
from bot.slack.arrivals import Arrival
from bot.slack.posting import uid_of
from storage.queries.inbound import mark_done, receive, unanswered
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import JOHAN
from tests.bot.slack.proxy import Proxy
from tests.conftest import NOW


async def left(bot: Bot, arrival: Arrival, reply: Reply | None = None) -> int:
    """Leave a stored event as a crash would: received, or done and not sent."""
    async with bot.database.begin() as session:
        event = await receive(
            session,
            channel="slack",
            event_id=arrival.key,
            sender=arrival.user,
            payload=arrival.stored(),
            now=NOW,
        )
        assert event is not None
        if reply is not None:
            kept: dict[str, Any] = {"reply": encode(reply), "locale": "sv", "person": 1}
            await mark_done(session, event, kept)
        return event


async def waiting(bot: Bot) -> int:
    async with bot.database.begin() as session:
        return len(await unanswered(session, "slack"))


async def test_what_was_received_is_answered_after_the_restart(connect: Connect, bot: Bot) -> None:
    await left(bot, Arrival("Ev1", "text", JOHAN, channel="", text="hjälp"))
    slack = await connect(bot)
    await slack.side.idle()
    (menu,) = await slack.told(JOHAN)
    assert "Hitta en mentor" in labels(menu["blocks"])
    assert await waiting(bot) == 0


async def test_it_is_not_answered_again_at_the_next_restart(connect: Connect, bot: Bot) -> None:
    await left(bot, Arrival("Ev1", "text", JOHAN, text="hjälp"))
    for _restart in range(3):
        slack = await connect(bot)
        await slack.side.idle()
        await slack.side.stop()
    assert len(await slack.told(JOHAN)) == 1


async def test_a_kept_reply_is_only_sent(connect: Connect, bot: Bot) -> None:
    await left(bot, Arrival("Ev1", "text", JOHAN, text="hjälp"), Reply(plain("Sparat.")))
    slack = await connect(bot)
    await slack.side.idle()
    assert [words(m["blocks"]) for m in await slack.told(JOHAN)] == ["Sparat."]
    assert await waiting(bot) == 0


async def test_a_reply_that_had_arrived_is_not_sent_again(
    connect: Connect, bot: Bot, proxy: Proxy
) -> None:
    first = await connect(bot)
    arrival = Arrival("Ev7", "text", JOHAN, text="hjälp")
    await first.side.channel._posts.client.chat_postMessage(
        channel=JOHAN,
        text="Sparat.",
        metadata={
            "event_type": "spindel_message",
            "event_payload": {"id": uid_of(f"Ev7:{JOHAN}", 0)},
        },
        unfurl_links=False,
        unfurl_media=False,
        link_names=False,
        mrkdwn=False,
    )
    await first.side.stop()
    await left(bot, arrival, Reply(plain("Sparat.")))
    again = await connect(bot)
    await again.side.idle()
    assert len(await again.told(JOHAN)) == 1
    assert await waiting(bot) == 0
    assert proxy.called("conversations.history")


async def test_a_form_whose_trigger_died_comes_as_a_button(connect: Connect, bot: Bot) -> None:
    slack = await connect(bot)
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, "Lägg in en påminnelse")
    button = next(
        e
        for m in await slack.told(JOHAN)
        for b in m["blocks"]
        for e in b.get("elements", ())
        if e.get("action_id", "").startswith("form.open")
    )
    await slack.side.stop()
    direct = await slack.direct(JOHAN)
    await left(
        bot,
        Arrival(
            "press:1",
            "open",
            JOHAN,
            channel=direct,
            message="1.1",
            press="form.open",
            value=button["value"],
        ),
    )
    again = await connect(bot)
    await again.side.idle()
    assert "Fyll i som formulär" in labels((await again.told(JOHAN))[-1]["blocks"])


async def test_a_redelivery_after_the_restart_has_no_second_effect(
    slack: Driver, bot: Bot, proxy: Proxy, connect: Connect
) -> None:
    await slack.say(JOHAN, "hjälp")
    seen = proxy.envelopes[-1]
    await slack.side.stop()
    again = await connect(bot)
    arrival = Arrival(
        seen["payload"]["event_id"],
        "text",
        JOHAN,
        channel=seen["payload"]["event"]["channel"],
        text="hjälp",
    )
    assert await again.side.take(arrival) is None
    await again.side.idle()
    assert len(await again.told(JOHAN)) == 1


@pytest.mark.parametrize("said", ["Anna 19121212-1212", "hjälp"])
async def test_no_words_are_kept_of_what_was_answered(slack: Driver, bot: Bot, said: str) -> None:
    await slack.say(JOHAN, said)
    assert len(await slack.told(JOHAN)) == 1
    async with bot.database.engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT payload, reply FROM inbound")
        rows = [tuple(row) for row in found]
    assert len(rows) == 1
    assert set(rows[0]) <= {None, "null"}
