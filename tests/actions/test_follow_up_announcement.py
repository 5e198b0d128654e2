"""An announcement after it is sent: read, counted, corrected, recalled, cancelled."""

import json
from typing import Any

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, KARIN, Dialogue, buttons, elements, text

SAID = "Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu"


async def _sent(chat: JsonChat) -> tuple[Dialogue, dict[str, Any]]:
    karin = Dialogue(chat, KARIN)
    await karin.say(SAID)
    return karin, await karin.say("ja")


def _total(answer: dict[str, Any]) -> float:
    return sum(float(bar["value"]) for bar in elements(answer, "chart")[-1]["series"])


def _copies(answer: dict[str, Any]) -> list[str]:
    return [
        reply["to"]["email"]
        for reply in answer["replies"]
        if any(b["press"] == "announcement.read" for b in buttons({"replies": [reply]}))
    ]


async def test_read_shows_when_and_counts(chat: JsonChat) -> None:
    karin, sent = await _sent(chat)
    alma = Dialogue(chat, ALMA, answers=[sent])
    read = await alma.press("announcement.read")
    assert "Läst" in text(read)
    assert "announcement.read" not in {b["press"] for b in buttons(read)}
    report = await karin.say("Vem har inte läst?")
    assert _total(report) == len(_copies(sent))
    assert "varav lästa: 1" in text(report)


async def test_correction_and_recall_replace_the_copies(chat: JsonChat) -> None:
    karin, sent = await _sent(chat)
    report = await karin.say("hur gick utskicket?")
    number = next(b["value"] for b in buttons(report) if b["press"] == "announcement.stop")
    same = await karin.submit("announcement.corrected", number)
    assert "Rättat" not in text(same)
    corrected = await karin.submit("announcement.corrected", number, text_sv="Nya mallar i maj")
    assert set(_copies(corrected)) == set(_copies(sent))
    assert "Rättat" in text(corrected)
    asked = await karin.press("announcement.stop", number)
    assert "återkalla det här från 12 personer?" in text(asked)
    assert asked["effects"] == []
    recalled = await karin.say("ja")
    assert "Återkallat av Karin Lind" in text(recalled)
    assert _copies(recalled) == []


async def test_scheduled_one_is_cancelled(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    await karin.submit(
        "announcement.save", audience="alla koordinatorer", text="God jul!", when="2026-12-20T09:00"
    )
    await karin.say("ja")
    report = await karin.say("hur gick utskicket?")
    await karin.press("announcement.stop")
    await karin.say("ja")
    later = json.loads(await chat.line('{"now": "2026-12-20T10:00:00+01:00"}'))
    assert _copies(later) == []
    assert report["replies"]


async def test_a_correction_takes_the_place_of_its_own_language(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    both = {"audience": "Alma Berg", "text": "Mallen är ny.", "text_en": "The template is new."}
    await karin.submit("announcement.save", **both)
    await karin.say("ja")
    karin.lang = "en"
    opened = await karin.say("correct: The template is on the staff pages.")
    form = next(e for r in opened["replies"] for e in r["elements"] if e["type"] == "form")
    values = {field["name"]: field["value"] for field in form["fields"]}
    assert values == {"text_sv": "Mallen är ny.", "text_en": "The template is on the staff pages."}


async def test_how_it_went_is_asked_of_what_has_been_sent(chat: JsonChat) -> None:
    karin, _sent_one = await _sent(chat)
    await karin.say("Skicka till alla koordinatorer på fredag kl 9: träffen flyttas till januari")
    await karin.say("ja")
    assert "nya mallarna" in json.dumps(await karin.say("Vem har inte läst?"), ensure_ascii=False)
    cancel = await karin.say("avbryt utskicket")
    assert "träffen flyttas" in json.dumps(cancel, ensure_ascii=False)


async def test_one_receiver_is_counted_as_many_are(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    await karin.submit("announcement.save", audience="Alma Berg", text="Hej Alma, läs det här.")
    await karin.say("ja")
    report = text(await karin.say("hur gick utskicket?"))
    assert "Mottagare: 1. Levererade: 1 (varav lästa: 0). Misslyckade: 0. Väntar: 0." in report
