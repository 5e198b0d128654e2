"""The menu: for everybody, by name, with buttons that work."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import JOHAN, MARIA, Dialogue, buttons, text


async def test_menu_in_both_languages(chat: JsonChat) -> None:
    swedish = await Dialogue(chat, JOHAN).say("hjälp")
    assert "Johan" in text(swedish)
    english = await Dialogue(chat, JOHAN).say("help")
    assert english["replies"][0]["lang"] == "en"


async def test_every_button_of_the_menu_works(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    menu = await johan.say("hjälp")
    for button in buttons(menu):
        answer = await johan.press(button["press"], button["value"])
        assert text(answer)
        if answer["draft"]:
            await johan.say("avbryt")


async def test_management_gets_no_buttons_she_may_not_use(chat: JsonChat) -> None:
    menu = await Dialogue(chat, MARIA).say("hjälp")
    assert "intent.find_mentor" not in {b["press"] for b in buttons(menu)}
