"""A guest lecture from the first words to the thank-you."""

import json

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, cards, elements, facts, text

WHOLE = (
    "Lägg in Sofia Testgren som gästföreläsare om digital marknadsföring den 12 mars 13–15, FEK101"
)


async def test_one_message_is_enough_and_the_coordinator_approves(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    shown = await johan.say(WHOLE)
    assert shown["draft"]["awaiting"] == "confirm"
    card = cards(shown)[0]
    assert card["title"] == "Sofia Testgren"
    assert "fredag 12 mars 2027" in facts(card)["När"]
    assert "13:00–15:00" in facts(card)["När"]
    assert facts(card)["Kurs"] == "FEK101"
    saved = await johan.say("ja")
    assert {k: v for k, v in saved["effects"][0].items() if k != "id"} == {
        "table": "guest_lecture",
        "op": "insert",
    }
    # Pernilla coordinates Johan's department; Alma its faculty.
    assert saved["replies"][1]["to"]["email"] == "pernilla.akesson@nordhamn.example"
    approved = await Dialogue(chat, ALMA, answers=[saved]).press("lecture.approve")
    assert approved["replies"][1]["to"]["email"] == JOHAN
    week = json.loads(await chat.line('{"now": "2027-03-05T09:00:05+01:00"}'))
    day = json.loads(await chat.line('{"now": "2027-03-11T09:00:05+01:00"}'))
    thanks = json.loads(await chat.line('{"now": "2027-03-13T09:00:05+01:00"}'))
    for step in (week, day, thanks):
        assert [r["to"]["email"] for r in step["replies"]] == [JOHAN]
        assert "Sofia Testgren" in text(step)


async def test_missing_fields_are_asked_for_in_chat(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    begun = await johan.say("jag vill registrera en gästföreläsare")
    assert begun["draft"]["missing"] == ["lecturer", "topic", "date"]
    who = await johan.say("Sofia Testgren")
    assert who["draft"]["filled"]["lecturer"] == "Sofia Testgren"
    what = await johan.say("Marknadsföring i praktiken")
    assert what["draft"]["missing"] == ["date"]
    when = await johan.say("den 12 mars kl 13-15")
    assert when["draft"]["awaiting"] == "confirm"
    assert when["draft"]["filled"]["starts"] == "13:00"


async def test_corrections_change_the_draft(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say(WHOLE)
    thursday = await johan.say("nej, torsdag den 11 mars")
    assert thursday["draft"]["filled"]["date"] == "2027-03-11"
    later = await johan.say("byt till kl 15-17")
    assert later["draft"]["filled"]["starts"] == "15:00"
    assert later["draft"]["filled"]["date"] == "2027-03-11"
    room = await johan.say("byt till sal 5")
    assert room["draft"]["filled"]["room"] == "5"


async def test_cancel_in_the_middle_saves_nothing(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say(WHOLE)
    stopped = await johan.say("avbryt")
    assert stopped["draft"] is None
    assert stopped["effects"] == [] or all(e["table"] == "draft" for e in stopped["effects"])


async def test_change_of_subject_keeps_the_draft(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say(WHOLE)
    other = await johan.say("vem är alumnkoordinator på juridicum?")
    assert "Fatima Haddad" in text(other)
    assert other["draft"]["action"] == "register_guest_lecturer"
    back = await johan.press("draft.resume")
    assert back["draft"]["awaiting"] == "confirm"
    saved = await johan.press("draft.save")
    assert any(e["table"] == "guest_lecture" for e in saved["effects"])


async def test_form_shows_each_error_at_its_field(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    answer = await johan.submit(
        "lecture.save", lecturer="Sofia Testgren", topic="", date="2026-02-30", starts="25:00"
    )
    form = elements(answer, "form")[0]
    errors = {f["name"] for f in form["fields"] if f["error"]}
    assert {"topic", "date", "starts"} <= errors
    values = {f["name"]: f["value"] for f in form["fields"]}
    assert values["lecturer"] == "Sofia Testgren"
    saved = await johan.submit(
        "lecture.save", form["value"], topic="Handel", date="2027-03-12", starts="13:15", unit="9"
    )
    assert any(e["table"] == "guest_lecture" for e in saved["effects"])


async def test_yesterday_and_impossible_days_are_refused(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("jag vill registrera en gästföreläsare")
    await johan.say("Sofia Testgren")
    await johan.say("Marknadsföring i praktiken")
    for wrong in ("igår", "30 februari", "den 3 mars 2024"):
        answer = await johan.say(wrong)
        assert answer["draft"]["missing"] == ["date"], wrong


async def test_the_same_lecture_is_not_registered_twice(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say(WHOLE)
    await johan.say("ja")
    twice = await johan.say(WHOLE)
    assert twice["draft"]["awaiting"] == "field"
    assert "Sofia Testgren" in text(twice)


async def test_a_name_outside_the_register_is_erased_after_a_year(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    shown = await johan.say(WHOLE)
    assert "11 mars 2028" in facts(cards(shown)[0])["Finns inte i registret"]
    saved = await johan.say("ja")
    await Dialogue(chat, ALMA, answers=[saved]).press("lecture.approve")
    await chat.line('{"now": "2028-03-11T09:00:05+01:00"}')
    number = saved["effects"][0]["id"]
    again = await Dialogue(chat, ALMA).press("lecture.cancel", str(number))
    assert "Sofia Testgren" not in text(again)


async def test_decline_with_a_reason(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say(WHOLE)
    saved = await johan.say("ja")
    value = next(b["value"] for b in buttons(saved) if b["press"] == "lecture.decline")
    alma = Dialogue(chat, ALMA)
    await alma.press("lecture.decline", value)
    declined = await alma.submit("lecture.declined", value, note="Salen är bokad")
    assert "Salen är bokad" in declined["replies"][1]["text"]


async def test_own_coordinator_needs_no_approval(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    await alma.say(WHOLE)
    saved = await alma.say("ja")
    assert len(saved["replies"]) == 1
    tomorrow = json.loads(await chat.line('{"now": "2027-03-05T09:00:05+01:00"}'))
    assert [r["to"]["email"] for r in tomorrow["replies"]] == [ALMA]
