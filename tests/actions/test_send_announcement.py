"""An announcement from the words to the report, as the persons see it."""

import json
from typing import Any

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

SAID = "Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu"


async def _sent(chat: JsonChat) -> tuple[Dialogue, dict[str, Any]]:
    karin = Dialogue(chat, KARIN)
    await karin.say(SAID)
    return karin, await karin.say("ja")


def _copies(answer: dict[str, Any]) -> list[str]:
    return [
        reply["to"]["email"]
        for reply in answer["replies"]
        if any(b["press"] == "announcement.read" for b in buttons({"replies": [reply]}))
    ]


async def test_audience_is_counted_and_named_before_sending(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    answer = await karin.say(SAID)
    shown = facts(cards(answer)[0])
    assert "Alma Berg" in text(answer) or "till" in shown["Går till"]
    assert shown["Text"] == "nya mallarna ligger på medarbetarsidan nu"
    assert answer["effects"] == []


async def test_each_receiver_gets_one_copy_and_a_second_yes_none(chat: JsonChat) -> None:
    karin, sent = await _sent(chat)
    copies = _copies(sent)
    assert ALMA in copies
    assert len(copies) == len(set(copies))
    assert _copies(await karin.say("ja")) == []


async def test_local_coordinator_reaches_her_own_units_only(chat: JsonChat) -> None:
    answer = await Dialogue(chat, ALMA).say(SAID)
    assert "centrala enheten" in text(answer)
    assert answer["effects"] == []


async def test_staff_may_not(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say(SAID)
    assert answer["effects"] == []
    assert "confirm" not in json.dumps(answer.get("draft"))


async def test_a_time_beside_the_receivers_is_when_it_is_sent(chat: JsonChat) -> None:
    for said in (
        "Skicka till alla koordinatorer på fredag kl 9: Nätverksträffen flyttas till januari.",
        "Send to all coordinators on Friday at 9: The network meeting moves to 12 January.",
    ):
        karin = Dialogue(chat, KARIN)
        shown = facts(cards(await karin.say(said))[0])
        assert "Alma Berg" in shown.get("Går till", shown.get("Goes to", ""))
        assert "27" in shown.get("När", shown.get("When", ""))
        assert "anuar" in shown["Text"]
        assert _copies(await karin.say("ja")) == []


async def test_a_day_inside_the_text_is_not_when_it_is_sent(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say(
        "Skicka till alla koordinatorer: Anmäl era mentorer senast fredag 15 januari."
    )
    assert facts(cards(answer)[0])["När"] == "genast"


async def test_a_filled_form_is_counted_and_named_before_it_leaves(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    answer = await karin.submit("announcement.save", audience="alla koordinatorer", text="Hej hej!")
    assert "Alma Berg" in facts(cards(answer)[0])["Går till"]
    assert _copies(answer) == []
    assert ALMA in _copies(await karin.say("ja"))


async def test_unknown_audience_is_asked_about_and_not_widened(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    answer = await karin.submit("announcement.save", audience="alla vikarier", text="Hej på er!")
    assert "vikarier" in text(answer)
    assert answer["effects"] == []


async def test_words_without_an_audience_never_mean_everybody(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    answer = await karin.submit("announcement.save", audience="nytt utskick", text="Hej på er!")
    assert answer["effects"] == []
    assert _copies(answer) == []


async def test_yes_to_what_is_beyond_her_keeps_the_text_and_sends_nothing(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    await alma.say(SAID)
    answer = await alma.say("ja")
    assert answer["effects"] == []
    assert answer["draft"]["filled"]["text"] == "nya mallarna ligger på medarbetarsidan nu"
    sent = await alma.say("koordinatorerna på Handels")
    assert sent["draft"]["missing"] == []


async def test_the_verb_of_the_order_is_nobody(chat: JsonChat) -> None:
    for said in ("Write to the whole network", "Skriv till hela nätverket"):
        answer = await Dialogue(chat, KARIN).submit(
            "announcement.save", audience=said, text="Hej hej!"
        )
        assert "Alma Berg" in facts(cards(answer)[0])["Går till"]


async def test_a_bare_time_moves_a_finished_draft(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    await karin.say("Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu")
    moved = await karin.say("nej, på fredag kl 9")
    assert moved["draft"]["filled"]["when"] == "2026-11-27T09:00"


async def test_an_announcement_to_a_unit_is_one_though_its_text_is_of_an_event(
    chat: JsonChat,
) -> None:
    alma = Dialogue(chat, ALMA)
    draft = await alma.say(
        "Skicka till alla på Handelshögskolan: Lunchseminarium torsdag kl 12 i sal B33."
    )
    assert draft["draft"]["awaiting"] == "confirm"
    assert draft["draft"]["filled"]["text"].startswith("Lunchseminarium")
    assert "when" not in draft["draft"]["filled"]
