"""Whose turn it is cannot be reached: the next one is asked at once, and nothing waits unseen."""

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons
from tests.unreachable import without

PERNILLA = "pernilla.akesson@nordhamn.example"
PURPOSE = "Mentorskap för en student som skriver om hållbar finansiering"


async def test_a_contact_request_goes_to_the_deputy(chat: JsonChat) -> None:
    without(chat, ALMA)
    johan = Dialogue(chat, JOHAN)
    await johan.say("Jag vill komma i kontakt med Anna Svensson")
    anna = next(b for b in buttons(johan.answers[-1]) if "SEB" in b["label"])
    await johan.press("draft.choose", anna["value"])
    await johan.say(PURPOSE)
    sent = await johan.say("ja")
    _to_asker, to_deputy = sent["replies"]
    assert to_deputy["to"]["email"] == PERNILLA
    assert "inte nå" in to_deputy["text"]
    assert PURPOSE in to_deputy["text"]
    moved = await johan.move_to("2026-11-27T09:00:05+01:00")
    assert len(moved["replies"]) == 1  # one promise to move it on, not two


async def test_a_lecture_goes_to_the_next_who_may_approve(chat: JsonChat) -> None:
    asked = []
    for unreached in ((), (PERNILLA,)):
        without(chat, *unreached)
        johan = Dialogue(chat, JOHAN)
        saved = await johan.submit(
            "lecture.save", lecturer="Camilla Nord", topic=f"Pris {unreached}", date="2027-03-12"
        )
        if unreached == ():
            await johan.press(
                "lecture.cancel", saved["replies"][0]["elements"][0]["buttons"][0]["value"]
            )
            await johan.press("lecture.cancelled")
        asked.append([r["to"]["email"] for r in saved["replies"]])
    assert asked[0] == [JOHAN, PERNILLA]
    assert asked[1][0] == JOHAN
    assert asked[1][1] not in {PERNILLA, JOHAN}
