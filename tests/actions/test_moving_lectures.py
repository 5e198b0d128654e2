"""A lecture is moved: in words or in the form, told, approved again, followed by its reminders."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.terminal.json_lines import JsonChat
from storage.tables import GuestLecture, Schedule
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, elements, facts, text

PERNILLA = "pernilla.akesson@nordhamn.example"  # coordinates Johan's department


async def _registered(chat: JsonChat, more: str = "") -> Dialogue:
    johan = Dialogue(chat, JOHAN)
    await johan.say(f"Lägg in Sven Svensson som gästföreläsare om AI den 12 mars 13-15{more}")
    await johan.press("draft.save")
    return johan


async def _approved(chat: JsonChat) -> tuple[Dialogue, Dialogue]:
    johan = await _registered(chat)
    pernilla = Dialogue(chat, PERNILLA, answers=[johan.answers[-1]])
    await pernilla.press("lecture.approve")
    return johan, pernilla


async def _lecture(chat: JsonChat) -> GuestLecture:
    async with chat.bot.database.begin() as session:
        return (
            await session.scalars(select(GuestLecture).order_by(GuestLecture.id.desc()).limit(1))
        ).one()


async def _came(chat: JsonChat, now: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await chat.line(json.dumps({"now": now})))
    return answer


async def test_moved_in_words_it_is_approved_again_and_everything_follows(chat: JsonChat) -> None:
    johan, pernilla = await _approved(chat)
    await johan.say("påminn mig två veckor före gästföreläsningen med Sven att boka sal")
    asked = await johan.say("Flytta gästföreläsningen med Sven till 19 mars")
    assert "godkännas på nytt" in text(asked)
    assert "fredag 19 mars 2027" in facts(cards(asked)[0])["Ny tid"]
    assert (await _lecture(chat)).on_date == date(2027, 3, 12)
    moved = await johan.press("lecture.move")
    assert [r["to"]["email"] for r in moved["replies"]] == [JOHAN, PERNILLA]
    stands = await _lecture(chat)
    assert (stands.on_date, stands.state) == (date(2027, 3, 19), "proposed")
    assert stands.keep_name_until == date(2028, 3, 18)
    # The button of the first message is for another time than the one that stands now.
    old = next(b for b in buttons(johan.answers[1]) if b["press"] == "lecture.approve")
    assert "flyttats sedan dess" in text(await pernilla.press("lecture.approve", old["value"]))
    approved = await pernilla.press("lecture.approve")
    assert [r["to"]["email"] for r in approved["replies"]] == [PERNILLA, JOHAN]
    listed = await johan.say("visa mina påminnelser")
    assert "5 mars 2027" in facts(cards(listed)[0])["När"]
    assert "boka sal" in text(await _came(chat, "2027-03-05T09:00:05+01:00"))
    for now in ("2027-03-12T09:00:05+01:00", "2027-03-18T09:00:05+01:00"):
        assert "19 mars" in text(await _came(chat, now))
    assert "Hur gick" in text(await _came(chat, "2027-03-20T09:00:05+01:00"))
    async with chat.bot.database.begin() as session:
        steps = await session.scalars(select(Schedule.kind).where(Schedule.kind == "lecture.week"))
        assert len(list(steps)) == 1
        forget = await session.scalars(select(Schedule).where(Schedule.kind == "lecture.forget"))
        assert [s.dtstart.date() for s in forget if s.state == "active"] == [date(2028, 3, 18)]


async def test_moved_after_the_week_before_it_comes_again(chat: JsonChat) -> None:
    _johan, pernilla = await _approved(chat)
    assert "Om en vecka" in text(await _came(chat, "2027-03-05T09:00:05+01:00"))
    await pernilla.say("Flytta gästföreläsningen med Sven till 9 april")
    await pernilla.press("lecture.move")
    assert "Om en vecka" in text(await _came(chat, "2027-04-02T09:00:05+02:00"))


async def test_the_coordinator_moves_it_at_once_and_the_registrar_is_told(chat: JsonChat) -> None:
    _johan, pernilla = await _approved(chat)
    await pernilla.say("Flytta gästföreläsningen med Sven till 9 april kl 15-17")
    moved = await pernilla.press("lecture.move")
    assert [r["to"]["email"] for r in moved["replies"]] == [PERNILLA, JOHAN]
    assert "Pernilla Åkesson har ändrat din gästföreläsning" in text(moved)
    stands = await _lecture(chat)
    assert (stands.on_date, stands.state) == (date(2027, 4, 9), "approved")
    assert str(stands.starts) == "15:00:00"


async def test_a_room_is_changed_without_another_approval(chat: JsonChat) -> None:
    johan, _pernilla = await _approved(chat)
    asked = await johan.say("Byt sal för gästföreläsningen med Sven till B33")
    assert facts(cards(asked)[0])["Ny sal"] == "B33"
    moved = await johan.press("lecture.move")
    assert len(moved["replies"]) == 1
    stands = await _lecture(chat)
    assert (stands.room, stands.state) == ("B33", "approved")


async def test_the_form_of_a_lecture_shows_each_error_at_its_field(chat: JsonChat) -> None:
    johan = await _registered(chat)
    opened = await johan.press("lecture.change")
    form = elements(opened, "form")[0]
    assert [f["value"] for f in form["fields"]] == ["2027-03-12", "13:00", "15:00", ""]
    values = {"date": "2020-01-01", "starts": "13:00", "ends": "12:00", "room": "5"}
    wrong = await johan.submit("lecture.changed", form["value"], **values)
    fields = {f["name"]: f for f in elements(wrong, "form")[0]["fields"]}
    assert fields["date"]["error"]
    assert fields["ends"]["error"]
    assert not any(e["table"] == "guest_lecture" for e in wrong["effects"])
    right = {**values, "date": "2027-03-26", "ends": "14:00"}
    await johan.submit("lecture.changed", form["value"], **right)
    stands = await _lecture(chat)
    assert (stands.on_date, str(stands.ends), stands.room) == (date(2027, 3, 26), "14:00:00", "5")


async def test_what_else_the_course_has_then_is_shown(chat: JsonChat) -> None:
    johan = await _registered(chat, " i FEK101")
    await johan.say("Lägg in Eva Testgren som gästföreläsare om etik den 19 mars 13-15 i FEK101")
    await johan.press("draft.save")
    asked = await johan.say("flytta gästföreläsningen med Sven till 19 mars")
    assert facts(cards(asked)[0])["Krockar med"] == "etik"


async def test_a_stranger_can_neither_find_nor_change_it(chat: JsonChat) -> None:
    johan = await _registered(chat)
    value = next(b["value"] for b in buttons(johan.answers[-1]) if b["press"] == "lecture.change")
    stranger = Dialogue(chat, "priya.raman@nordhamn.example")
    said = await stranger.say("Flytta gästföreläsningen med Sven till 19 mars")
    pressed = await stranger.press("lecture.move", f"{value};2027-03-19;13:00;15:00;")
    opened = await stranger.press("lecture.change", value)
    form = await stranger.submit("lecture.changed", value, date="2027-03-19")
    for answer in (said, pressed, opened, form):
        assert "Sven Svensson" not in text(answer)
    assert (await _lecture(chat)).on_date == date(2027, 3, 12)
    # Those who answer for the unit may: its faculty's coordinator and the central unit.
    for email in (ALMA, KARIN):
        asked = await Dialogue(chat, email).say("Flytta gästföreläsningen med Sven till 19 mars")
        assert "Sven Svensson" in text(asked)


async def test_a_crafted_button_and_an_order_while_a_reason_is_written(chat: JsonChat) -> None:
    johan = await _registered(chat)
    value = next(b["value"] for b in buttons(johan.answers[-1]) if b["press"] == "lecture.change")
    for crafted in (f"{value};x;;;", f"{value};2027-03-19", f"{value};2020-01-01;;;"):
        await johan.press("lecture.move", crafted)
    assert (await _lecture(chat)).on_date == date(2027, 3, 12)
    pernilla = Dialogue(chat, PERNILLA, answers=[johan.answers[-1], johan.answers[1]])
    await pernilla.press("lecture.decline")
    await pernilla.say("Flytta gästföreläsningen till maj, tack")
    assert (await _lecture(chat)).state == "declined"
