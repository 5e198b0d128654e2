"""Who answers for a unit; a vacancy climbs the tree."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, MARIA, Dialogue, cards, text


async def test_named_unit(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("vem är alumnkoordinator på juridicum?")
    assert [c["title"] for c in cards(answer)] == ["Fatima Haddad"]


async def test_vacancy_climbs_and_says_so(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Vem är alumnkoordinator på odontologen?")
    assert "vakant" in text(answer)
    assert [c["title"] for c in cards(answer)] == ["Gunilla Forsberg"]


async def test_unknown_unit_is_said(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("vem är alumnkoordinator på trollerihögskolan?")
    assert cards(answer)


async def test_management_may_ask(chat: JsonChat) -> None:
    answer = await Dialogue(chat, MARIA).say("Who is the alumni coordinator at Law?")
    assert cards(answer)


async def test_a_place_that_is_no_unit_is_told(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Vem är koordinator på Narnia?")
    assert "Narnia" in text(answer)
    own = await Dialogue(chat, JOHAN).say("Vem är koordinator på min institution?")
    assert "inte till någon enhet" not in text(own)
