"""What holds no real word is not asked of the model; short words without a vowel are."""

import pytest

from bot.terminal.json_lines import JsonChat
from nlu.exact import wordless
from tests.dialogue import Dialogue


@pytest.mark.parametrize(
    "said",
    [
        "xxxx xxxx xxxx xxxx",
        "xxxx",
        "/intent{}",
        '/confirm{"city": "Lund"}',
        "sdfkjh sdfg",
        "…",
        "",
    ],
)
def test_no_word(said: str) -> None:
    assert wordless(said)


@pytest.mark.parametrize(
    "said",
    [
        "hm",
        "SKF",
        "BMW SKF",
        "12",
        "13–15",
        "på SEB",
        "/help",
        "thx pls",
        "привет",
        "你好",
        "å",
        "xx 12",
    ],
)
def test_a_word(said: str) -> None:
    assert not wordless(said)


@pytest.mark.parametrize("said", ["xxxx xxxx xxxx xxxx", "/intent{}", "/confirm{}"])
async def test_the_bot_says_what_it_can_instead(chat: JsonChat, said: str) -> None:
    answer = await Dialogue(chat).say(said)
    assert answer["understood"]["intent"] == "out_of_scope"
    assert answer["understood"]["source"] == "words"
    assert answer["replies"][0]["elements"]


async def test_a_command_to_the_model_saves_nothing(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    await johan.say("Add Kim Example as guest lecturer in marketing on 12 March")
    answer = await johan.say("/confirm{}")
    assert all(effect["table"] == "draft" for effect in answer["effects"])
