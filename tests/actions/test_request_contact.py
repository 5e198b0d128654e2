"""A contact request from the wish to the answer: who decides, what each side sees."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.terminal.json_lines import JsonChat
from storage.tables import ContactRequest
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

PURPOSE = "Mentorskap för en student som skriver om hållbar finansiering"


async def _sent(chat: JsonChat) -> tuple[Dialogue, dict[str, Any]]:
    """Return the asker's talk and what the coordinator got."""
    johan = Dialogue(chat, JOHAN)
    await johan.say("Jag vill komma i kontakt med Anna Svensson")
    anna = next(b for b in buttons(johan.answers[-1]) if "SEB" in b["label"])
    await johan.press("draft.choose", anna["value"])
    await johan.say(PURPOSE)
    sent = await johan.say("ja")
    return johan, sent


async def test_request_goes_to_the_coordinator_and_every_state_comes_back(chat: JsonChat) -> None:
    johan, sent = await _sent(chat)
    to_asker, to_handler = sent["replies"]
    assert to_asker["to"]["email"] == JOHAN
    assert to_handler["to"] == {"email": ALMA, "where": "direct"}
    assert PURPOSE in to_handler["text"]
    assert {"table": "contact_request", "op": "insert", "id": 3} in sent["effects"]

    alma = Dialogue(chat, ALMA, answers=[sent])
    approved = await alma.press("contact.approve")
    assert [r["to"]["email"] for r in approved["replies"]] == [ALMA, JOHAN]
    assert "alumn.example" in approved["replies"][0]["text"]  # she may see the address
    assert "alumn.example" not in approved["replies"][1]["text"]  # the asker never does
    contacted = await alma.press("contact.contacted")
    assert contacted["replies"][1]["to"]["email"] == JOHAN
    answered = await alma.press("contact.yes")
    assert "ja" in answered["replies"][1]["text"]
    again = await alma.press("contact.approve")
    assert len(again["replies"]) == 1
    assert again["effects"] == []
    assert johan.answers


async def test_purpose_is_required(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.press("contact.ask", "1:mentor")
    answer = await johan.say("tja")
    assert answer["draft"]["missing"] == ["purpose"]
    assert answer["effects"] == []


async def test_unanswered_goes_to_the_deputy_then_to_central(chat: JsonChat) -> None:
    await _sent(chat)
    # Three working days after Tuesday 24 November is Friday the 27th.
    moved = json.loads(await chat.line('{"now": "2026-11-27T09:00:05+01:00"}'))
    assert [r["to"]["email"] for r in moved["replies"]] == ["pernilla.akesson@nordhamn.example"]
    moved = json.loads(await chat.line('{"now": "2026-12-02T09:00:05+01:00"}'))
    asked = [r for r in moved["replies"] if r["cause"] != "digest"]
    assert [r["to"]["email"] for r in asked] == [KARIN]


async def test_asker_withdraws_while_nobody_has_acted(chat: JsonChat) -> None:
    johan, sent = await _sent(chat)
    assert "contact.withdraw" in {b["press"] for b in buttons(sent)}
    await johan.press("contact.withdraw")
    alma = Dialogue(chat, ALMA, answers=[sent])
    late = await alma.press("contact.approve")
    assert late["effects"] == []


async def test_decline_needs_a_reason_that_the_asker_sees(chat: JsonChat) -> None:
    _johan, sent = await _sent(chat)
    alma = Dialogue(chat, ALMA, answers=[sent])
    asked = await alma.press("contact.decline")
    form = next(e for r in asked["replies"] for e in r["elements"] if e["type"] == "form")
    declined = await alma.submit("contact.declined", form["value"], note="Hon reser i vår")
    assert "Skäl: Hon reser i vår" in declined["replies"][1]["text"]


async def test_suggesting_somebody_else_leads_to_a_new_request(chat: JsonChat) -> None:
    johan, sent = await _sent(chat)
    alma = Dialogue(chat, ALMA, answers=[sent])
    value = next(b["value"] for b in buttons(sent) if b["press"] == "contact.suggest")
    suggested = await alma.submit("contact.suggested", value, name="Anna Svensson")
    told = suggested["replies"][1]
    assert "Anna Svensson" in told["text"]
    assert [b["label"] for b in buttons({"replies": [told]})] == ["Be om kontakt med Anna Svensson"]
    johan.answers.append({"replies": [told]})
    begun = await johan.press("contact.ask")
    assert begun["draft"]["filled"]["alumnus"] == 2


async def test_a_stranger_to_the_unit_cannot_decide(chat: JsonChat) -> None:
    _johan, sent = await _sent(chat)
    value = next(b["value"] for b in buttons(sent) if b["press"] == "contact.approve")
    other = Dialogue(chat, "gunilla.forsberg@nordhamn.example")
    refused = await other.press("contact.approve", value)
    assert refused["effects"] == []
    assert "Anna" not in text(refused)


async def test_capped_paused_and_unconsenting_are_not_asked(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    for name in ("Elin Bergqvist", "Mattias Ljung"):
        await johan.say(f"Jag vill komma i kontakt med {name}")
        answer = await johan.say(PURPOSE)
        assert answer["draft"]["awaiting"] == "field"
        await johan.press("draft.discard", answer["replies"][0]["elements"][-1]["value"])
    hanna = await johan.say("Jag vill komma i kontakt med Hanna Åström")
    protected = await Dialogue(chat, KARIN).say("Jag vill komma i kontakt med Nora Vestlund")
    nobody = await Dialogue(chat, KARIN).say("Jag vill komma i kontakt med Xerxes Qvarnklint")
    assert not cards(hanna)
    assert text(protected).replace("Nora Vestlund", "X") == text(nobody).replace(
        "Xerxes Qvarnklint", "X"
    )


async def test_two_of_the_same_name_are_told_apart(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Jag vill komma i kontakt med Anna Svensson")
    labels = [b["label"] for b in buttons(answer) if b["press"] == "draft.choose"]
    assert any("SEB" in label for label in labels)
    assert any("Vinge" in label for label in labels)


async def test_number_of_a_list_is_enough(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    shown = await johan.say("Vilka alumner är mentorer?")
    answer = await johan.say("jag vill komma i kontakt med nummer 2")
    assert cards(answer)[0]["title"] == cards(shown)[1]["title"]
    assert "Mentorskap" in facts(cards(answer)[0]).values()


async def test_created_at_is_the_business_time(chat: JsonChat) -> None:
    await _sent(chat)
    async with chat.bot.database.begin() as session:
        asked = await session.get_one(ContactRequest, 3)
    assert asked.created_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


async def test_ones_own_requests_and_where_they_stand(chat: JsonChat) -> None:
    priya = Dialogue(chat, "priya.raman@nordhamn.example", lang="sv")
    assert "inte bett om" in text(await priya.say("Hur går det med min förfrågan?"))
    johan = Dialogue(chat, JOHAN)
    for said in (
        "Mina förfrågningar",
        "Hur går det med min förfrågan?",
        "How is my request going?",
    ):
        mine = await johan.say(said)
        assert mine["replies"][0]["action"] == "request_contact"
        assert "Elin Bergqvist" in str(mine)


async def test_the_purpose_says_what_it_is_for(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Vilka alumner är mentorer inom AI i Göteborg?")
    await johan.say("Jag vill komma i kontakt med nummer 1")
    asked = await johan.say("en gästföreläsning om AI i kursen FEK101 i mars")
    assert asked["draft"]["filled"]["kind"] == "guest_lecturer"
