"""Greetings, thanks, and what is out of scope."""

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, Dialogue, buttons, text


@pytest.mark.parametrize("said", ["Hej!", "tack så mycket", "Hello there", "thank you"])
async def test_short_answers(chat: JsonChat, said: str) -> None:
    answer = await Dialogue(chat, JOHAN).say(said)
    assert answer["replies"][0]["action"] in {"smalltalk", "help"}
    assert len(text(answer)) < 300


@pytest.mark.parametrize("said", ["🎉🎉🎉", "/intent{}", "/find_mentor", "   ", "a" * 100_000])
async def test_odd_input_gets_an_honest_answer(chat: JsonChat, said: str) -> None:
    answer = await Dialogue(chat, JOHAN).say(said)
    assert text(answer)
    assert answer["effects"] == []


async def test_out_of_scope_gets_the_nearest_things(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("skrivaren på plan 3 är trasig igen")
    assert answer["effects"] == []
    assert buttons(answer)
