"""Whom a preview names: those who get it, those not seen in chat, those who no longer get it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.terminal.json_lines import JsonChat
from storage.queries.people import person_by_email
from storage.tables import Account, Appointment, Person
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

SAID = "Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu"


async def _gone(chat: JsonChat, email: str, *, left: bool) -> str:
    """Let somebody's posts end, or let her leave the university; return her name."""
    async with chat.bot.database.begin() as session:
        person = await person_by_email(session, email)
        assert person is not None
        posts = await session.scalars(select(Appointment).filter_by(person_id=person.id))
        for post in posts:
            post.valid_to = None if left else date(2026, 10, 31)
        person.left_on = date(2026, 11, 1) if left else None
        return person.name


async def _seen(chat: JsonChat, *but: str) -> None:
    """Let everybody but some have been seen in a chat."""
    async with chat.bot.database.begin() as session:
        for person in await session.scalars(select(Person).where(Person.email.not_in(but))):
            account = Account(
                person_id=person.id, channel="slack", external_id=person.email, seen_at=NOW
            )
            session.add(account)


def _shown(answer: dict[str, Any]) -> dict[str, str]:
    return facts(cards(answer)[0])


async def test_whose_post_has_ended_is_named_and_gets_nothing(chat: JsonChat) -> None:
    await _gone(chat, ALMA, left=False)
    karin = Dialogue(chat, KARIN)
    shown = _shown(await karin.say(SAID))
    assert shown["Går till"].startswith("11 personer")
    assert shown["Får det inte"] == "Alma Berg (uppdraget är avslutat)"
    sent = await karin.say("ja")
    assert ALMA not in {r["to"]["email"] for r in sent["replies"]}


async def test_who_has_left_is_named_in_a_list_of_names(chat: JsonChat) -> None:
    await _gone(chat, ALMA, left=True)
    karin = Dialogue(chat, KARIN)
    values = {"audience": "Alma Berg, Johan Ek", "text": "Hej!"}
    await karin.submit("announcement.save", **values)
    sent = await karin.say("ja")
    assert {r["to"]["email"] for r in sent["replies"]} == {KARIN, JOHAN}
    await karin.say("nytt utskick")
    answer = await karin.say("Alma Berg, Johan Ek")
    answer = await karin.say("Lunchen flyttas till tolv på torsdag")
    assert _shown(answer)["Får det inte"] == "Alma Berg (arbetar inte kvar)"
    assert "Johan Ek" in _shown(answer)["Går till"]


async def test_a_list_of_none_but_the_gone_says_who_they_were(chat: JsonChat) -> None:
    await _gone(chat, ALMA, left=True)
    karin = Dialogue(chat, KARIN)
    answer = await karin.submit("announcement.save", audience="Alma Berg", text="Hej!")
    assert "Ingen finns kvar där: Alma Berg (arbetar inte kvar)" in text(answer)
    assert answer["effects"] == []


async def test_a_post_that_ended_long_ago_is_nobodys_news(chat: JsonChat) -> None:
    await _gone(chat, ALMA, left=False)
    async with chat.bot.database.begin() as session:
        posts = await session.scalars(select(Appointment).filter_by(valid_to=date(2026, 10, 31)))
        for post in posts:
            post.valid_to = date(2024, 1, 1)
    assert "Får det inte" not in _shown(await Dialogue(chat, KARIN).say(SAID))


async def test_that_none_is_seen_is_said_without_the_names(chat: JsonChat) -> None:
    shown = _shown(await Dialogue(chat, KARIN).say(SAID))
    assert shown["Har inte synts i chatten än"] == "alla"


async def test_many_not_seen_are_counted_and_all_are_named_on_request(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    async with chat.bot.database.begin() as session:
        alma = await person_by_email(session, ALMA)
        assert alma is not None
        seen = Account(person_id=alma.id, channel="slack", external_id="U1", seen_at=NOW)
        session.add(seen)
    unseen = _shown(await karin.say(SAID))["Har inte synts i chatten än"]
    assert unseen.startswith("11 personer: ")
    assert unseen.endswith("och 8 till")
    assert unseen.count(",") == 2
    every = await karin.press("announcement.audience")
    told = {e["label"]: e["value"] for r in every["replies"] for e in r["elements"]}
    assert told["Har inte synts i chatten än"].count(",") == 9
    assert told["Går till"].count(",") == 10


async def test_few_not_seen_are_named(chat: JsonChat) -> None:
    await _seen(chat, ALMA)
    answer = await Dialogue(chat, KARIN).say(SAID)
    assert _shown(answer)["Har inte synts i chatten än"] == "1 person: Alma Berg"


async def test_few_receivers_with_few_unseen_have_nothing_more_to_name(chat: JsonChat) -> None:
    await _seen(chat)
    karin = Dialogue(chat, KARIN)
    await karin.say("nytt utskick")
    await karin.say("Alma Berg, Johan Ek")
    answer = await karin.say("Lunchen flyttas till tolv på torsdag")
    assert "Har inte synts i chatten än" not in _shown(answer)
    assert "announcement.audience" not in {b["press"] for b in buttons(answer)}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Handels och tekfak", "5 personer"),
        ("Handels, natfak och medfak", "5 personer"),
        ("Institutionen för data- och informationsteknik", "Emily Carter"),
        ("Juridiska och samhällsvetenskapliga fakulteten", "Jonas Engström"),
        ("Handels och Hogwarts", "Handels Hogwarts"),
    ],
)
async def test_several_units_in_a_form_are_all_meant(
    chat: JsonChat, said: str, wanted: str
) -> None:
    karin = Dialogue(chat, KARIN)
    answer = await karin.submit("announcement.save", audience=said, text="hej på er alla")
    assert wanted in text(answer)
    assert answer["effects"] == []
