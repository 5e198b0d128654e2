"""Whoever stands in for a coordinator gets what waits, acts on it, and no longer than that."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from actions.access import actor_of
from bot.home import home
from bot.terminal.json_lines import JsonChat
from storage.queries.preferences import choose
from storage.tables import Appointment, ContactRequest, Person
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, text

MONDAY = "2026-11-30T07:00:00+00:00"


@pytest.fixture
async def deputy(chat: JsonChat) -> str:
    """Make a member of staff Alma's deputy."""
    async with chat.bot.database.begin() as session:
        held = select(Appointment.person_id).where(Appointment.person_id.is_not(None))
        other = select(Person).where(Person.id.not_in(held), Person.email != JOHAN)
        found = (await session.scalars(other.order_by(Person.id).limit(1))).one()
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Appointment).where(Appointment.person_id == alma.id)
        for post in await session.scalars(query):
            post.deputy_id = found.id
        return found.email


async def pauses(chat: JsonChat, until: date | None) -> None:
    async with chat.bot.database.begin() as session:
        alma = (await session.scalars(select(Person.id).where(Person.email == ALMA))).one()
        await choose(session, alma, paused_until=until)


async def asks(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.press("contact.ask", "1:mentor")
    await johan.say("En student på masterprogrammet vill ha råd om hållbara investeringar")
    await johan.say("ja")


def approving(answer: dict[str, Any]) -> list[str]:
    return [b["value"] for b in buttons(answer) if b["value"].startswith("contact.approve|")]


@pytest.mark.parametrize(
    ("lang", "said", "approved"),
    [("sv", "Medan Alma Berg är borta", "Godkänd"), ("en", "While Alma Berg is away", "Approved")],
)
async def test_acts_while_she_is_away(
    chat: JsonChat, deputy: str, lang: str, said: str, approved: str
) -> None:
    await asks(chat)
    talk = Dialogue(chat, deputy, lang)
    assert not cards(await talk.press("digest.show", ""))
    await pauses(chat, date(2027, 1, 10))
    digest = await talk.press("digest.show", "")
    assert said in text(digest)
    after = await talk.press("digest.act", approving(digest)[0])
    assert approved in text(after)
    assert said in str(after)  # the digest stays around it
    assert not approving(after)


async def test_rights_are_those_of_the_press(chat: JsonChat, deputy: str) -> None:
    await asks(chat)
    await pauses(chat, date(2027, 1, 10))
    talk = Dialogue(chat, deputy, "sv")
    row = approving(await talk.press("digest.show", ""))[0]
    await pauses(chat, None)
    refused = await talk.press("digest.act", row)
    assert "hittar inte den förfrågan" in text(refused)
    assert not cards(refused)
    async with chat.bot.database.begin() as session:
        assert "approved" not in set(await session.scalars(select(ContactRequest.state)))


async def test_gets_the_rows_on_monday_but_no_empty_week(chat: JsonChat, deputy: str) -> None:
    talk = Dialogue(chat, deputy)
    await pauses(chat, date(2027, 1, 10))
    await asks(chat)
    came = await talk.move_to(MONDAY)
    hers = [r for r in came["replies"] if r["action"] == "show_digest"]
    of_deputy = [r for r in hers if r["to"]["email"] == deputy]
    assert len(of_deputy) == 1
    assert "contact.approve|" in str(of_deputy)
    assert not [r for r in hers if r["to"]["email"] == ALMA]
    await talk.press("digest.act", approving(came)[0])
    await pauses(chat, None)
    later = await talk.move_to("2026-12-07T07:00:00+00:00")
    hers = [r for r in later["replies"] if r["action"] == "show_digest"]
    assert not [r for r in hers if r["to"]["email"] == deputy]
    assert [r for r in hers if r["to"]["email"] == ALMA]


async def test_a_post_that_ended_is_stood_in_for_until_somebody_comes(
    chat: JsonChat, deputy: str
) -> None:
    await asks(chat)
    talk = Dialogue(chat, deputy)
    async with chat.bot.database.begin() as session:
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Appointment).where(Appointment.person_id == alma.id)
        post = (await session.scalars(query)).first()
        assert post is not None
        post.valid_to = date(2026, 11, 1)
    assert approving(await talk.press("digest.show", ""))
    async with chat.bot.database.begin() as session:
        karin = (await session.scalars(select(Person).where(Person.email == KARIN))).one()
        new = Appointment(
            person_id=karin.id,
            unit_id=post.unit_id,
            role="coordinator",
            valid_from=date(2026, 11, 2),
        )
        session.add(new)
    assert not cards(await talk.press("digest.show", ""))


async def test_decides_on_lectures_but_gets_no_other_rights(chat: JsonChat, deputy: str) -> None:
    johan = Dialogue(chat, JOHAN, "sv")
    await johan.say(
        "Lägg in Anna Svensson från SEB som gästföreläsare i marknadsföring den 12 mars kl 13-15"
    )
    while johan.answers[-1]["draft"] and johan.answers[-1]["draft"]["awaiting"] != "confirm":
        await johan.say("FEK101")
    await johan.say("ja")
    await pauses(chat, date(2027, 1, 10))
    talk = Dialogue(chat, deputy, "sv")
    digest = await talk.press("digest.show", "")
    row = next(b for b in buttons(digest) if b["value"].startswith("lecture.approve|"))
    assert "Godkänd" in text(await talk.press("digest.act", row["value"]))
    assert "digest.new" not in str(digest)
    assert "ingår inte i din roll" in text(await talk.press("digest.new", "1:2026-01-01:0"))


@pytest.mark.parametrize(
    ("lang", "order", "said"),
    [("sv", "Pausa digest till 10 jan", "Till dess kan"),
     ("en", "Pause the digest until 10 January", "can decide what waits for you")],
)  # fmt: skip
async def test_whoever_pauses_is_told_who_decides_meanwhile(
    chat: JsonChat, deputy: str, lang: str, order: str, said: str
) -> None:
    answer = await Dialogue(chat, ALMA, lang).say(order)
    assert said in text(answer)
    async with chat.bot.database.begin() as session:
        name = (await session.scalars(select(Person.name).where(Person.email == deputy))).one()
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Appointment).where(Appointment.person_id == alma.id)
        for post in await session.scalars(query):
            post.deputy_id = None
    assert name in text(answer)
    assert said not in text(await Dialogue(chat, ALMA, lang).say(order))


async def test_the_home_page_shows_what_waits_for_whom_she_stands_in(
    chat: JsonChat, deputy: str
) -> None:
    await asks(chat)

    async def page() -> str:
        async with chat.bot.database.begin() as session:
            person = (await session.scalars(select(Person).where(Person.email == deputy))).one()
            return str(await home(session, await actor_of(session, person, NOW), NOW, []))

    assert "contact.approve" not in await page()
    await pauses(chat, date(2027, 1, 10))
    assert "contact.approve" in await page()
