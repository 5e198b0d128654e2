"""The menu: for everybody, by name, with buttons that work."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, MARIA, Dialogue, buttons, text


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


async def test_files_are_imported_elsewhere(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    for said in ("jag vill ladda upp en csv med alumner", "how do I import a CSV of alumni?"):
        assert "spindel import" in text(await alma.say(said))
    assert "spindel import" not in text(await alma.say("vilka mentorer kan import och export?"))


async def test_management_gets_no_buttons_she_may_not_use(chat: JsonChat) -> None:
    menu = await Dialogue(chat, MARIA).say("hjälp")
    assert "intent.find_mentor" not in {b["press"] for b in buttons(menu)}
    assert "gästföreläsningar" not in text(menu)


async def test_a_coordinator_finds_her_week_and_announcements_in_the_menu(chat: JsonChat) -> None:
    hers = {b["press"] for b in buttons(await Dialogue(chat, ALMA).say("hjälp"))}
    his = {b["press"] for b in buttons(await Dialogue(chat, JOHAN).say("hjälp"))}
    own = {"intent.show_digest", "intent.send_announcement", "intent.follow_up_announcement"}
    assert own <= hers
    assert not own & his
    assert "intent.change_settings" in his


async def test_management_is_promised_only_what_she_may(chat: JsonChat) -> None:
    maria = Dialogue(chat, MARIA)
    assert "förmedlar kontakter" not in text(await maria.say("hjälp"))
    refused = await maria.say("Vilka alumner är mentorer inom AI?")
    assert "aldrig namn" in text(refused)
    answer = await maria.press("intent.find_coordinator")
    assert "Alma Berg" in str(answer)
