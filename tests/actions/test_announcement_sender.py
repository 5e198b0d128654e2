"""An announcement set for later: the rights behind it are looked at again when it is sent."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.terminal.json_lines import JsonChat
from storage.tables import Appointment, Person
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, text
from tests.unreachable import without

PERNILLA = "pernilla.akesson@nordhamn.example"
LATER = "2026-12-03T09:00:00+01:00"


def _to(answer: dict[str, Any], email: str) -> dict[str, Any]:
    return {"replies": [r for r in answer["replies"] if r["to"]["email"] == email]}


async def _ends(chat: JsonChat, email: str) -> None:
    async with chat.bot.database.begin() as session:
        her = select(Person.id).where(Person.email == email).scalar_subquery()
        post = update(Appointment).where(Appointment.person_id == her)
        await session.execute(post.values(valid_to=date(2026, 11, 25)))


async def _leaves(chat: JsonChat, email: str) -> None:
    async with chat.bot.database.begin() as session:
        left = update(Person).where(Person.email == email).values(left_on=date(2026, 11, 25))
        await session.execute(left)


async def _scheduled(chat: JsonChat, email: str, audience: str) -> Dialogue:
    sender = Dialogue(chat, email)
    at = {"when": "2026-12-03 09:00"}
    shown = await sender.submit("announcement.save", audience=audience, text="Mallen är ny", **at)
    assert "Stämmer det här?" in text(shown)
    await sender.say("ja")
    return sender


async def test_whoever_lost_her_post_sends_nothing_and_it_is_told(chat: JsonChat) -> None:
    await _scheduled(chat, ALMA, "alla koordinatorer på Handels")
    await _ends(chat, ALMA)
    karin = Dialogue(chat, KARIN)
    came = await karin.move_to(LATER)
    assert "Mallen är ny" not in text(_to(came, PERNILLA))
    assert "du inte längre får göra utskick" in text(_to(came, ALMA))
    told = [r for r in came["replies"] if "från Alma Berg" in r["text"]]
    assert len(told) == 1
    assert told[0]["to"]["email"] != ALMA
    assert "Mallen är ny" in str(cards({"replies": told}))


async def test_whoever_is_told_writes_it_in_her_own_name(chat: JsonChat) -> None:
    await _scheduled(chat, ALMA, "alla koordinatorer på Handels")
    await _ends(chat, ALMA)
    came = await Dialogue(chat, KARIN).move_to(LATER)
    told = next(r for r in came["replies"] if "från Alma Berg" in r["text"])
    heir = Dialogue(chat, told["to"]["email"], answers=[{"replies": [told]}])
    asked = await heir.press("announcement.take_over")
    assert "Till vem?" in text(asked)
    shown = await heir.say("Johan Ek")
    assert "Mallen är ny" in str(cards(shown))
    sent = await heir.press("draft.save")
    assert "Mallen är ny" in text(_to(sent, JOHAN))


async def test_nobody_else_takes_it_over(chat: JsonChat) -> None:
    karin = await _scheduled(chat, KARIN, "alla koordinatorer")
    await _leaves(chat, KARIN)
    await karin.move_to(LATER)
    alma = Dialogue(chat, ALMA)
    refused = await alma.press("announcement.take_over", "1")
    assert "Mallen" not in str(refused)


async def test_who_is_no_longer_meant_gets_nothing_and_the_report_sums(chat: JsonChat) -> None:
    karin = await _scheduled(chat, KARIN, "alla koordinatorer på Handels")
    await _ends(chat, PERNILLA)
    came = await karin.move_to(LATER)
    assert "Mallen är ny" in text(_to(came, ALMA))
    assert _to(came, PERNILLA)["replies"] == []
    report = text(await karin.say("mina utskick") and await karin.press("announcement.report"))
    assert "Stoppade innan de skickades: 1" in report


async def test_central_resends_what_somebody_without_a_post_had_sent(chat: JsonChat) -> None:
    without(chat, PERNILLA)
    alma = Dialogue(chat, ALMA)
    await alma.submit(
        "announcement.save", audience="alla koordinatorer på Handels", text="Hej på er"
    )
    await alma.say("ja")
    await _ends(chat, ALMA)
    without(chat)
    karin = Dialogue(chat, KARIN)
    shown = await karin.say("alla utskick")
    assert buttons(shown)
    await karin.press("announcement.report")
    again = await karin.press("announcement.resend")
    assert "Hej på er" in text(_to(again, PERNILLA))


@pytest.mark.parametrize("gone", [_ends, _leaves])
async def test_the_unread_are_not_reminded_in_the_name_of_one_who_may_not(
    chat: JsonChat, gone: Any
) -> None:
    karin = Dialogue(chat, KARIN)
    values = {"audience": "Johan Ek, Alma Berg", "text": "Hej alla!", "remind": "2"}
    await karin.submit("announcement.save", **values)
    await karin.say("ja")
    await gone(chat, KARIN)
    came = await karin.move_to("2026-11-26T09:01:00+01:00")
    assert "Hej alla!" not in text(came)
