"""Who has lectured, who will, who could."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, KARIN, MARIA, Dialogue, cards, text


async def test_held_lectures_in_a_field(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("Vem har gästföreläst om marknadsföring?")
    assert answer["understood"]["intent"] == "find_guest_lecturer"
    assert cards(answer)


async def test_upcoming_lectures_of_a_unit(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say(
        "Which guest lecturers are coming to the business school this spring?"
    )
    assert answer["replies"][0]["lang"] == "en"
    assert "School of Business" in text(answer)


async def test_own_faculty_first(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Vem har gästföreläst tidigare?")
    assert "Handelshögskolan" in text(answer)


async def test_management_sees_no_names(chat: JsonChat) -> None:
    answer = await Dialogue(chat, MARIA).say("Vem har gästföreläst om marknadsföring?")
    assert not cards(answer)
