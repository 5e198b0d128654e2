"""What a conversation keeps, changes and counts."""

import httpx

from actions.reply import Button, Card, Reply
from actions.words import plain
from bot.assembly import Bot
from bot.web.channel import PageChannel
from bot.web.history import LONGEST_TALK, Talk
from bot.web.people import FIRST, everybody, first_and_rest, matching
from tests.bot.web.conftest import person_id
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN


def _reply(words: str) -> Reply:
    return Reply(plain(words), (Card(plain("Anna"), buttons=(Button(plain("Ja"), "a", "1"),)),))


def test_a_talk_is_bounded_and_keeps_the_newest() -> None:
    talk = Talk()
    for number in range(LONGEST_TALK + 50):
        talk.add("said", plain(str(number)), NOW, "sv")
    assert len(talk.entries) == LONGEST_TALK
    assert talk.entries[-1].text == plain(str(LONGEST_TALK + 49))
    assert len(talk.since(talk.step - 3)) == 3


def test_a_reply_can_take_the_place_of_another() -> None:
    talk = Talk()
    first = talk.answer(_reply("first"), NOW, "sv")
    talk.answer(_reply("second"), NOW, "sv")
    before = talk.step
    assert talk.renew(first.id, Reply(plain("changed")), NOW, "en")
    assert [entry.text for entry in talk.entries] == [plain("changed"), plain("second")]
    assert [entry.id for entry in talk.since(before)] == [first.id]
    assert not talk.renew("m0", Reply(plain("changed")), NOW, "en")


def test_what_was_said_is_never_changed_into_a_reply() -> None:
    talk = Talk()
    said = talk.add("said", plain("hello"), NOW, "sv")
    assert not talk.renew(said.id, Reply(plain("changed")), NOW, "sv")
    assert not talk.close(said.id, plain("changed"))


def test_only_messages_that_came_by_themselves_are_counted_as_new() -> None:
    talk = Talk()
    talk.answer(_reply("answer"), NOW, "sv")
    talk.deliver(_reply("reminder"), NOW, "sv")
    talk.deliver(_reply("request"), NOW, "sv")
    assert talk.unseen == 2
    talk.show()
    assert talk.unseen == 0
    talk.deliver(_reply("reminder"), NOW, "sv")
    assert talk.unseen == 1


def test_a_pressed_button_is_told_by_its_label() -> None:
    entry = Talk().answer(_reply("answer"), NOW, "sv")
    assert entry.label_of("a", "1") == plain("Ja")
    assert entry.label_of("a", "2") is None


async def test_the_four_come_first_and_the_rest_are_found(speechless: Bot) -> None:
    people = await everybody(speechless.database, NOW)
    first, rest = first_and_rest(people)
    assert [person.email for person in first] == list(FIRST)
    assert [str(person.role) for person in first] == [
        "staff",
        "coordinator",
        "central",
        "management",
    ]
    assert not {person.id for person in first} & {person.id for person in rest}
    assert [p.name for p in matching(rest, "åkesson")] == ["Pernilla Åkesson"]
    assert [p.name for p in matching(rest, "AKESSON  pernilla")] == ["Pernilla Åkesson"]
    assert {p.name for p in matching(rest, "local coordinator law")} >= {"Fatima Haddad"}
    assert matching(rest, "nobody at all") == []


async def test_the_page_speaks_the_language_that_a_person_has_chosen(
    client: httpx.AsyncClient, speechless: Bot
) -> None:
    emily = await person_id(speechless, "emily.carter@nordhamn.example")
    shown = await client.get(f"/chat/{emily}")
    assert shown.headers["content-language"] == "en"
    assert "Hello Emily!" in shown.text


async def test_conversations_do_not_mix(
    client: httpx.AsyncClient, speechless: Bot, channel: PageChannel
) -> None:
    johan, alma = await person_id(speechless, JOHAN), await person_id(speechless, ALMA)
    await client.get(f"/chat/{johan}")
    await client.post(f"/chat/{johan}/press", data={"pressed": "settings.language|en"})
    assert len(channel.talks[johan].entries) == 2
    assert len(channel.talks[alma].entries) == 0


async def test_news_are_what_came_after_a_step(client: httpx.AsyncClient, speechless: Bot) -> None:
    johan = await person_id(speechless, JOHAN)
    await client.get(f"/chat/{johan}")
    assert "entry reply" in (await client.get(f"/chat/{johan}/news?after=0")).text
    assert "entry reply" not in (await client.get(f"/chat/{johan}/news?after=1")).text
