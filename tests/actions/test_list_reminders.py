"""One's own reminders, nobody else's."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, cards


async def test_own_reminders_next_first(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Påminn mig på fredag kl 9 att ringa Volvo")
    await johan.say("Påminn mig imorgon kl 8 att boka sal")
    answer = await johan.say("visa mina påminnelser")
    assert [c["title"] for c in cards(answer)] == ["boka sal", "ringa Volvo"]
    other = await Dialogue(chat, ALMA).say("visa mina påminnelser")
    assert not cards(other)


async def test_none_yet_offers_to_set_one(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("vilka påminnelser har jag?")
    assert "intent.set_reminder" in {b["press"] for b in buttons(answer)}
