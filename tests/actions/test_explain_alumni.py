"""The approved texts, with owner and version."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, Dialogue, buttons, elements, text


async def test_definition_in_both_languages(chat: JsonChat) -> None:
    swedish = await Dialogue(chat, JOHAN).say("Vad är en alumn?")
    assert "tidigare student" in text(swedish)
    assert {e["label"] for e in elements(swedish, "fact")} >= {"Ansvarig", "Version"}
    english = await Dialogue(chat, JOHAN).say("What is an alumnus?")
    assert english["replies"][0]["lang"] == "en"
    assert "former student" in text(english)


async def test_share_gives_both_languages(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Vad är en alumn?")
    shared = await johan.press("statement.share")
    assert "tidigare student" in text(shared)
    assert "former student" in text(shared)


async def test_decision_that_governs(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("vilket beslut styr alumnarbetet här?")
    assert answer["replies"][0]["action"] == "explain_alumni"
    assert buttons(answer)


async def test_a_text_is_found_by_its_title(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    assert text(await johan.say("Mall för inbjudan?")).startswith("Mall för inbjudan")
