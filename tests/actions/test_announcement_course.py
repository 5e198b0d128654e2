"""The course of an announcement: progress, reminders, failures, the digest, orders in words."""

import json
from typing import Any

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text
from tests.unreachable import without

SAID = "Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu"


def _to(answer: dict[str, Any], email: str) -> dict[str, Any]:
    return {"replies": [r for r in answer["replies"] if r["to"]["email"] == email]}


def _reminded(answer: dict[str, Any]) -> list[str]:
    return [r["to"]["email"] for r in answer["replies"] if "påminnelse: du har" in r["text"]]


async def _sent(chat: JsonChat, **more: str) -> tuple[Dialogue, dict[str, Any]]:
    karin = Dialogue(chat, KARIN)
    values = {"audience": "Johan Ek, Alma Berg", "text": "Hej alla!", **more}
    await karin.submit("announcement.save", **values)
    return karin, await karin.say("ja")


async def test_progress_is_shown_until_no_copy_waits(chat: JsonChat) -> None:
    karin, _copies = await _sent(chat)
    shown = _to(await karin.move_to("2026-11-24T10:32:00+01:00"), KARIN)
    assert "Mottagare: 2. Levererade: 2" in text(shown)
    later = await karin.move_to("2026-11-24T11:30:00+01:00")
    assert _to(later, KARIN)["replies"] == []


@pytest.mark.parametrize(("lang", "done"), [("sv", "1 person får"), ("en", "1 person is")])
async def test_unread_are_reminded_once_by_hand(chat: JsonChat, lang: str, done: str) -> None:
    karin, sent = await _sent(chat)
    await Dialogue(chat, JOHAN, answers=[sent]).press("announcement.read")
    karin.lang = lang
    await karin.say("påminn de som inte läst")
    answer = await karin.press("announcement.remind")
    assert done in text(answer)
    again = await karin.press("announcement.remind")
    assert [r for a in (answer, again) for r in _reminded(a)] == [ALMA]


async def test_unread_are_reminded_after_working_days(chat: JsonChat) -> None:
    karin, sent = await _sent(chat, remind="2")
    await Dialogue(chat, JOHAN, answers=[sent]).press("announcement.read")
    assert _reminded(await karin.move_to("2026-11-26T08:59:00+01:00")) == []
    assert _reminded(await karin.move_to("2026-11-26T09:01:00+01:00")) == [ALMA]


async def test_sender_is_told_and_resends_to_the_failed_only(chat: JsonChat) -> None:
    without(chat, ALMA)
    karin, _copies = await _sent(chat)
    told = text(_to(await karin.move_to("2026-11-24T10:45:00+01:00"), KARIN))
    assert "Alma Berg" in told
    assert "Misslyckade: 1" in told
    without(chat)
    await karin.say("vem har inte läst?")
    again = await karin.press("announcement.resend")
    assert _to(again, ALMA)["replies"] != []
    assert _to(again, JOHAN)["replies"] == []


async def test_each_gets_her_language(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    await alma.press("settings.language", "en")
    _karin, sent = await _sent(chat, text_en="Hello everybody!")
    assert "Hello everybody!" in text(_to(sent, ALMA))
    assert "Hej alla!" in text(_to(sent, JOHAN))


async def test_report_shows_the_text_in_the_readers_language(chat: JsonChat) -> None:
    karin, _copies = await _sent(chat, text_en="Hello everybody!")
    for lang, shown in (("sv", "Hej alla!"), ("en", "Hello everybody!")):
        karin.lang = lang
        assert facts(cards(await karin.press("announcement.report", "1"))[-1])["Text"] == shown


async def test_named_staff_marks_hers_as_read(chat: JsonChat) -> None:
    _karin, sent = await _sent(chat)
    read = await Dialogue(chat, JOHAN, answers=[_to(sent, JOHAN)]).press("announcement.read")
    assert "Läst" in text(read)
    assert not [b for b in buttons(read) if b["press"] == "announcement.read"]


async def test_the_words_of_a_question_are_kept_when_it_is_answered(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    words = "Skriv till hela nätverket: Alumnidagen flyttas till aulan"
    answer = await karin.press("intent.send_announcement", words)
    assert answer["draft"]["filled"]["text"] == "Alumnidagen flyttas till aulan"


async def test_digest_row_is_read_where_it_stands(chat: JsonChat) -> None:
    await _sent(chat)
    alma = Dialogue(chat, ALMA)
    digest = await alma.say("Vad har jag missat?")
    assert "Meddelanden du inte har läst (1)" in text(digest)
    row = next(b for b in buttons(digest) if b["value"].startswith("announcement.read|"))
    after = await alma.press(row["press"], row["value"])
    assert "Meddelanden du inte har läst" not in text(after)
    assert "Din vecka 48" in text(after)  # the digest again, with what else it holds


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("påminn de som inte läst", "announcement.remind"),
        ("återkalla utskicket", "announcement.recall"),
    ],
)
async def test_an_order_in_words_waits_for_its_button(
    chat: JsonChat, said: str, press: str
) -> None:
    karin, _copies = await _sent(chat)
    answer = await karin.say(said)
    assert [b["press"] for b in buttons(answer)] == [press]
    assert answer["effects"] == []


async def test_the_named_one_is_meant_and_a_local_one_sees_hers_only(chat: JsonChat) -> None:
    karin, _copies = await _sent(chat, text="Lunchen flyttas")
    await karin.submit("announcement.save", audience="Johan Ek", text="Nya rutiner")
    await karin.say("ja")
    asked = await karin.say("vem har inte läst meddelandet om lunchen?")
    assert "Mottagare: 2" in text(asked)
    alma = await Dialogue(chat, ALMA).say("vem har inte läst meddelandet om lunchen?")
    assert "Mottagare: 2" not in text(alma)


async def test_preview_names_all_and_shows_the_copy(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    asked = await karin.say(SAID)
    assert "och 2 till" in facts(cards(asked)[0])["Går till"]
    assert "Tove Sandström" in text(await karin.press("announcement.audience"))
    seen = await karin.press("announcement.look")
    assert "nya mallarna ligger på medarbetarsidan nu" in text(seen)
    assert "Meddelande från Karin Lind" in text(seen)
    assert "announcement.read" not in {b["press"] for b in buttons(seen)}
    assert seen["effects"] == []


async def test_said_in_so_many_words(chat: JsonChat) -> None:
    karin, _copies = await _sent(chat)
    listed = await karin.say("visa mina utskick")
    assert [b["press"] for b in buttons(listed)] == ["announcement.report"]
    other = await Dialogue(chat, ALMA).say("visa mina utskick")
    assert "Hej alla!" not in text(other)
    corrected = await karin.say("rätta: hej igen, alla")
    assert "announcement.corrected" in json.dumps(corrected)
    assert corrected["effects"] == []
