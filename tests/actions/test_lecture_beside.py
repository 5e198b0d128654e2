"""What a guest lecture keeps of a message: the hours of an impossible day, an unknown name."""

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import Dialogue, cards, facts


@pytest.mark.parametrize(
    ("said", "corrected", "hours"),
    [
        (
            "Lägg in Camilla Nord som gästföreläsare om prissättning 30 februari 13–15",
            "12 mars",
            ("13:00", "15:00"),
        ),
        (
            "Lägg in Camilla Nord som gästföreläsare om prissättning den 31 april kl 9",
            "12 mars",
            ("09:00", None),
        ),
        (
            "Lägg in Camilla Nord som gästföreläsare om prissättning 30 februari 13–15",
            "12 mars 10-12",
            ("10:00", "12:00"),
        ),
        (
            "Add Camilla Nord as guest lecturer in pricing on 30 February at 1-3 pm",
            "12 March",
            ("13:00", "15:00"),
        ),
        (
            "Lägg in Camilla Nord som gästföreläsare om prissättning 29 februari 2027",
            "12 mars",
            (None, None),
        ),
    ],
)
async def test_the_hours_of_an_impossible_day_stay(
    chat: JsonChat, said: str, corrected: str, hours: tuple[str | None, str | None]
) -> None:
    johan = Dialogue(chat)
    assert "date" in (await johan.say(said))["draft"]["missing"]
    filled = (await johan.say(corrected))["draft"]["filled"]
    assert filled["date"] == "2027-03-12"
    assert (filled.get("starts"), filled.get("ends")) == hours


async def test_the_hours_of_a_day_that_has_been_stay(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    said = "Lägg in Camilla Nord som gästföreläsare om prissättning den 3 mars 2024 kl 13-15"
    assert (await johan.say(said))["draft"]["missing"] == ["date"]
    shown = await johan.say("12 mars 2027")
    assert "13:00–15:00" in facts(cards(shown)[0])["När"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Add Kim Example as guest lecturer in marketing on 12 March", "Kim Example"),
        ("lägg in Kim Exempel som gästföreläsare i marknadsföring 12 mars", "Kim Exempel"),
        ("Book Kim van der Example as guest lecturer on 12 March", "Kim van der Example"),
    ],
)
async def test_a_name_that_nobody_knows_is_a_lecturer(chat: JsonChat, said: str, name: str) -> None:
    shown = await Dialogue(chat).say(said)
    assert shown["draft"]["filled"]["lecturer"] == name


async def test_a_new_name_is_nobody_of_the_list_shown(chat: JsonChat) -> None:
    johan = Dialogue(chat)
    listed = await johan.say("Which alumni are mentors in marketing?")
    first = cards(listed)[0]["title"].split()[0]
    shown = await johan.say(f"Add {first} Example as guest lecturer in marketing on 12 March")
    assert shown["draft"]["filled"]["lecturer"] == f"{first} Example"


@pytest.mark.parametrize(
    "said", ["Add a guest lecturer on 12 March", "add somebody new as guest lecturer on 12 March"]
)
async def test_no_name_is_no_lecturer(chat: JsonChat, said: str) -> None:
    shown = await Dialogue(chat).say(said)
    assert "lecturer" in shown["draft"]["missing"]
