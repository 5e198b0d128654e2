"""Talking with the bot in Slack: direct messages, buttons, the slash command."""

import asyncio

from bot.assembly import Bot
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import BOT, CHANNEL, JOHAN, MARIA
from tests.bot.slack.proxy import Proxy


async def test_a_mentor_search_is_answered_with_cards(connect: Connect, demo_bot: Bot) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Vilka alumner är mentorer inom hållbarhet?")
    (answer,) = await slack.told(JOHAN)
    shown = words(answer["blocks"])
    assert "Anna Svensson" in shown
    assert "Be om kontakt" in labels(answer["blocks"])
    assert "Anna Svensson" in answer["text"]


async def test_a_search_is_refined_by_words_and_by_button(connect: Connect, demo_bot: Bot) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Who can mentor in finance?")
    await slack.press(JOHAN, "Show the whole university")
    await slack.say(JOHAN, "only in Göteborg")
    first, wider, narrower = await slack.told(JOHAN)
    assert "Gothenburg" in words(narrower["blocks"])
    assert first["ts"] < wider["ts"] < narrower["ts"]


async def test_the_nearest_field_and_what_is_left_out_are_told(
    connect: Connect, demo_bot: Bot
) -> None:
    slack = await connect(demo_bot)
    assert await demo_bot.learn_fields()
    await slack.say(JOHAN, "Vilka alumner är mentorer inom drönarlogistik, utom i Göteborg?")
    await slack.say(JOHAN, "Which alumni are mentors in cyberbullying, but not from Gothenburg?")
    swedish, english = (words(answer["blocks"]) for answer in await slack.told(JOHAN))
    assert "”drönarlogistik”. Närmast är Logistik, så jag sökte på det." in swedish
    assert "Logistik · utom i Göteborg" in swedish
    assert "“cyberbullying”. The nearest is Cybersecurity, so I searched for that." in english
    assert "Cybersecurity · except in Gothenburg" in english


async def test_a_button_answers_in_the_persons_language(slack: Driver) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, "Hitta en mentor")
    _menu, answer = await slack.told(JOHAN)
    assert "mentorer" in words(answer["blocks"])


async def test_an_answer_may_take_the_place_of_the_pressed_message(
    connect: Connect, demo_bot: Bot
) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Påminn mig på fredag kl 9 att ringa Volvo")
    await slack.press(JOHAN, "Ångra")
    told = await slack.told(JOHAN)
    assert len(told) == 1
    assert "Ångra" not in labels(told[0]["blocks"])
    assert "påminner" in words(told[0]["blocks"])


async def test_the_slash_command_alone_shows_the_menu(slack: Driver) -> None:
    await slack.slash(JOHAN)
    (menu,) = await slack.told(JOHAN)
    assert "Hitta en mentor" in labels(menu["blocks"])


async def test_the_slash_command_takes_words(connect: Connect, demo_bot: Bot) -> None:
    slack = await connect(demo_bot)
    await slack.slash(JOHAN, "Vem är alumnkoordinator på Handels?")
    (answer,) = await slack.told(JOHAN)
    assert "Alma Berg" in words(answer["blocks"])


async def test_the_slash_command_in_a_channel_answers_directly_and_says_so(
    slack: Driver, proxy: Proxy
) -> None:
    await slack.slash(MARIA, "hjälp", CHANNEL)
    shown = [m for m in await slack.told(MARIA, CHANNEL) if m.get("subtype") == "ephemeral"]
    assert len(shown) == 1
    assert proxy.called("response_url")


async def test_two_quick_messages_are_answered_in_order(slack: Driver) -> None:
    await asyncio.gather(slack.say(JOHAN, "hjälp"), slack.say(JOHAN, "what can you do"))
    said = [
        m["text"] for m in await slack.messages(await slack.direct(JOHAN)) if not m.get("bot_id")
    ]
    told = await slack.told(JOHAN)
    assert len(told) == 2
    languages = ["sv" if "Hej" in m["text"] else "en" for m in told]
    assert languages == ["sv" if text == "hjälp" else "en" for text in said]


async def test_ten_quick_messages_keep_their_order(slack: Driver, proxy: Proxy) -> None:
    texts = ["hjälp" if n % 3 else "what can you do" for n in range(10)]
    said_at_once = ({"user": JOHAN, "channel": JOHAN, "text": text} for text in texts)
    await asyncio.gather(*(slack.control("message", told) for told in said_at_once))
    await slack.side.idle()
    said = [e["payload"]["event"]["text"] for e in proxy.envelopes]
    told = ["hjälp" if "Hej" in m["text"] else "what can you do" for m in await slack.told(JOHAN)]
    assert told == said


async def test_the_same_event_three_times_has_one_effect(slack: Driver, proxy: Proxy) -> None:
    proxy.duplicates = 3
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1
    await slack.press(JOHAN, "Hitta en mentor")
    assert len(await slack.told(JOHAN)) == 2
    await slack.slash(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 3


async def test_edits_and_bots_are_not_answered(slack: Driver) -> None:
    await slack.say(JOHAN, "hjälp")
    direct = await slack.direct(JOHAN)
    first = (await slack.messages(direct))[0]
    await slack.control(
        "edit-message", {"channel": direct, "ts": first["ts"], "user": JOHAN, "text": "meny"}
    )
    await slack.control("message", {"channel": JOHAN, "user": BOT, "text": "hjälp"})
    await slack.side.idle()
    assert len(await slack.told(JOHAN)) == 1


async def test_names_that_look_like_markup_stay_words(connect: Connect, demo_bot: Bot) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "påminn mig imorgon kl 9 att ringa *Bo* på Volvo")
    (answer,) = await slack.told(JOHAN)
    card = next(b for b in answer["blocks"] if "*Bo*" in words([b]))
    assert card["text"] == {"type": "plain_text", "text": "ringa *Bo* på Volvo", "emoji": False}
