"""The report as a file: one row each, what became of it, in the reader's language, hers only."""

import csv
import io
from typing import Any

import pytest

from actions.follow_up_announcement import sheet
from bot.terminal.json_lines import JsonChat
from storage.queries.people import person_by_email
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, elements, text
from tests.unreachable import without


async def _report(chat: JsonChat, **more: str) -> tuple[Dialogue, str, dict[str, Any]]:
    karin = Dialogue(chat, KARIN)
    values = {"audience": "Johan Ek, Alma Berg, Priya Raman", "text": "Hej alla!", **more}
    await karin.submit("announcement.save", **values)
    sent = await karin.say("ja")
    report = await karin.say("hur gick utskicket?")
    number = next(b["value"] for b in buttons(report) if b["press"] == "announcement.csv")
    return karin, number, sent


def _rows(answer: dict[str, Any]) -> list[list[str]]:
    (file,) = elements(answer, "file")
    return list(csv.reader(io.StringIO(file["content"][1:], newline=""), delimiter=";"))


async def test_each_receiver_has_her_row(chat: JsonChat) -> None:
    without(chat, ALMA)
    karin, number, sent = await _report(chat)
    await Dialogue(chat, JOHAN, answers=[sent]).press("announcement.read")
    answer = await karin.press("announcement.csv", number)
    (file,) = elements(answer, "file")
    assert file["name"] == "utskick-2026-11-24.csv"
    assert answer["effects"] == []
    now = "2026-11-24 10:30"
    head, *rows = _rows(answer)
    assert head == ["Namn", "Enhet", "Läge", "Tid", "Orsak"]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["Alma Berg", "Inget chattkonto", now, "inget chattkonto"],
        ["Johan Ek", "Läst", now, ""],
        ["Priya Raman", "Levererat, inte läst", now, ""],
    ]
    assert rows[0][1] == "Handelshögskolan"


async def test_all_names_are_a_table_in_which_the_unread_come_first(chat: JsonChat) -> None:
    without(chat, ALMA)
    karin, number, sent = await _report(chat)
    await Dialogue(chat, JOHAN, answers=[sent]).press("announcement.read")
    (table,) = elements(await karin.press("announcement.names", number), "table")
    assert table["columns"] == ["Namn", "Enhet", "Läge"]
    assert [(row[0], row[2]) for row in table["rows"]] == [
        ("Alma Berg", "Inget chattkonto"),
        ("Priya Raman", "Levererat, inte läst"),
        ("Johan Ek", "Läst"),
    ]
    assert table["rows"][0][1] == "Handelshögskolan"


async def test_a_table_too_long_leads_to_the_file(
    chat: JsonChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "_SHOWN", 2)
    karin, number, _sent = await _report(chat)
    answer = await karin.press("announcement.names", number)
    assert len(elements(answer, "table")[0]["rows"]) == 2
    assert "De första 2 av 3 mottagare" in text(answer)
    assert [b["press"] for b in buttons(answer)] == ["announcement.csv"]


async def test_in_english_and_while_it_waits(chat: JsonChat) -> None:
    karin, number, _sent = await _report(chat, when="2026-12-01T09:00")
    karin.lang = "en"
    answer = await karin.press("announcement.csv", number)
    head, *rows = _rows(answer)
    assert head == ["Name", "Unit", "State", "Time", "Reason"]
    assert {tuple(row[2:]) for row in rows} == {("Waiting", "", "to be sent 2026-12-01 09:00")}
    assert elements(answer, "file")[0]["name"] == "announcement-2026-12-01.csv"
    await karin.press("announcement.cancel", number)
    _head, *rows = _rows(await karin.press("announcement.csv", number))
    assert {(row[2], row[4]) for row in rows} == {("Stopped", "withdrawn before it was sent")}


@pytest.mark.parametrize("email", [ALMA, JOHAN, "maria.holm@nordhamn.example"])
async def test_nobody_else_gets_it(chat: JsonChat, email: str) -> None:
    _karin, number, _sent = await _report(chat)
    answer = await Dialogue(chat, email).press("announcement.csv", number)
    assert elements(answer, "file") == []


async def test_a_name_that_begins_like_a_formula_is_words(chat: JsonChat) -> None:
    async with chat.bot.database.begin() as session:
        person = await person_by_email(session, ALMA)
        assert person is not None
        person.name = '=HYPERLINK("x";"y")'
    karin = Dialogue(chat, KARIN)
    await karin.submit("announcement.save", audience=ALMA, text="Hej!")
    await karin.say("ja")
    await karin.say("hur gick utskicket?")
    answer = await karin.press("announcement.csv")
    assert _rows(answer)[1][0] == '\'=HYPERLINK("x";"y")'
