"""The language, changed at once and undone."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, Dialogue, text


async def test_language_holds_until_it_is_undone(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    changed = await johan.say("Svara på engelska")
    assert changed["replies"][0]["lang"] == "en"
    menu = await johan.say("hjälp")
    assert menu["replies"][0]["lang"] == "en"
    await johan.press("settings.language", "auto")
    again = await johan.say("hjälp")
    assert again["replies"][0]["lang"] == "sv"


async def test_digest_is_answered_honestly(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("pausa min veckosammanfattning till 10 januari")
    assert answer["effects"] == []
    assert text(answer)
