"""With a list of people open, words for contact begin a request for one of them."""

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import Dialogue, cards

LIST = {
    "sv": "Vilka alumner är mentorer inom marknadsföring?",
    "en": "Which alumni are mentors in marketing?",
}


@pytest.mark.parametrize(
    ("lang", "said", "place"),
    [
        ("sv", "kontakta nummer två", 1),
        ("sv", "Kan du sätta mig i kontakt med den tredje?", 2),
        ("sv", "jag vill komma i kontakt med ettan", 0),
        ("sv", "kontakta den sista", 4),
        ("en", "put me in touch with the second one", 1),
        ("en", "contact number 3 please", 2),
        ("en", "I'd like to get in touch with the first one", 0),
    ],
)
async def test_a_place_in_the_list(chat: JsonChat, lang: str, said: str, place: int) -> None:
    johan = Dialogue(chat)
    listed = cards(await johan.say(LIST[lang]))
    asked = await johan.say(said)
    assert asked["draft"]["action"] == "request_contact"
    assert asked["draft"]["filled"]["name"] == listed[place]["title"]
    assert asked["draft"]["missing"] == ["purpose"]


async def test_her_of_a_card(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    await johan.say(LIST["sv"])
    shown = cards(await johan.say("nummer två"))[0]
    asked = await johan.say("kontakta henne")
    assert asked["draft"]["filled"]["name"] == shown["title"]


async def test_her_of_a_whole_list_is_asked_about(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    await johan.say(LIST["sv"])
    asked = await johan.say("kontakta henne")
    assert asked["draft"]["action"] == "request_contact"
    assert "alumnus" in asked["draft"]["missing"]


async def test_by_name(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    name = cards(await johan.say(LIST["en"]))[1]["title"]
    asked = await johan.say(f"contact {name}")
    assert asked["draft"]["filled"]["name"] == name


@pytest.mark.parametrize("said", ["nummer två", "sortera efter senast kontaktad", "fler"])
async def test_other_words_stay_with_the_list(chat: JsonChat, said: str) -> None:
    johan = Dialogue(chat)
    await johan.say(LIST["sv"])
    assert (await johan.say(said))["draft"] is None
