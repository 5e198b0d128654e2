"""Central's digest: requests that waited too many working days, quiet units; both can be asked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from actions.working_days import is_working_day, working_days_before, working_days_between
from bot.terminal.json_lines import JsonChat
from storage.tables import Appointment, ContactRequest, GuestLecture, Person, Unit
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text


async def asks(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.press("contact.ask", "1:mentor")
    await johan.say("En student på masterprogrammet vill ha råd om hållbara investeringar")
    await johan.say("ja")


async def asked_at(chat: JsonChat, moment: datetime) -> None:
    async with chat.bot.database.begin() as session:
        await session.execute(update(ContactRequest).values(created_at=moment, level=9))


def hurrying(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in cards(answer) if "digest.hurry|" in str(c["buttons"])]


def test_working_days_are_counted_over_red_days() -> None:
    # From the Friday before Christmas to the Monday after New Year: 21–23, 28–30 December.
    assert working_days_between(date(2026, 12, 18), date(2027, 1, 4)) == 7
    assert working_days_before(date(2027, 1, 4), 7) == date(2026, 12, 20)
    for n in range(400):
        day = date(2026, 1, 1) + timedelta(days=n)
        for waits in (1, 5, 20):
            since = working_days_before(day, waits)
            assert working_days_between(since, day) == waits
            assert is_working_day(since + timedelta(days=1))


@pytest.mark.parametrize(
    ("asked", "now", "days"),
    [
        # Five working days, over a weekend.
        (datetime(2026, 11, 20, 10, tzinfo=UTC), "2026-11-27T10:00:00+00:00", 5),
        (datetime(2026, 11, 20, 10, tzinfo=UTC), "2026-11-26T10:00:00+00:00", None),
        # Christmas: eleven days have passed and four of them were worked.
        (datetime(2026, 12, 21, 10, tzinfo=UTC), "2026-12-29T10:00:00+00:00", None),
        (datetime(2026, 12, 21, 10, tzinfo=UTC), "2027-01-04T10:00:00+00:00", 6),
    ],
)
async def test_what_waits_too_long_is_counted_in_working_days(
    chat: JsonChat, asked: datetime, now: str, days: int | None
) -> None:
    karin = Dialogue(chat, KARIN, "sv")
    await karin.move_to(now)  # before it is asked: what waits goes to her in the end
    await asks(chat)
    await asked_at(chat, asked)
    rows = hurrying(await karin.press("digest.show", ""))
    assert [facts(card)["Har väntat"] for card in rows] == ([f"{days} arbetsdagar"] if days else [])


@pytest.mark.parametrize(
    ("lang", "said", "told"),
    [("sv", "Jag har påmint Alma Berg", "påminner om"),
     ("en", "I have reminded Alma Berg", "reminds you of this")],
)  # fmt: skip
async def test_whoever_lets_wait_is_reminded_once_a_day(
    chat: JsonChat, lang: str, said: str, told: str
) -> None:
    await asks(chat)
    await asked_at(chat, datetime(2026, 11, 10, 10, tzinfo=UTC))
    async with chat.bot.database.begin() as session:
        await session.execute(update(Person).where(Person.email == ALMA).values(locale=lang))
    karin = Dialogue(chat, KARIN, lang)
    row = hurrying(await karin.press("digest.show", ""))[0]
    value = next(b["value"] for b in row["buttons"] if b["value"].startswith("digest.hurry|"))
    pressed = await karin.press("digest.act", value)
    assert said in text(pressed)
    assert not hurrying(pressed)
    label = "Påmind" if lang == "sv" else "Reminded"
    assert [c for c in cards(pressed) if label in facts(c)]  # it still waits, and says so
    again = await karin.press("digest.act", value)
    came = [*pressed["replies"], *again["replies"]]
    hers = [r for r in came if r["to"]["email"] == ALMA and r["action"] == "show_digest"]
    assert len(hers) == 1
    assert told in hers[0]["text"]
    assert "contact.approve" in str(hers[0])


async def test_only_central_asks(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    for press in ("digest.ask", "digest.hurry"):
        assert "ingår inte i din roll" in text(await alma.press(press, "1"))


def quiet(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    rows = [c for c in cards(answer) if "digest.ask|" in str(c["buttons"])]
    return {facts(card)["Koordinator"]: card for card in rows}


async def test_quiet_units_and_their_unanswered_requests(chat: JsonChat) -> None:
    async with chat.bot.database.begin() as session:
        await session.execute(update(Appointment).values(percent=100))
        await session.execute(
            update(GuestLecture).values(created_at=datetime(2026, 9, 1, tzinfo=UTC))
        )
    karin = Dialogue(chat, KARIN, "sv")
    every = quiet(await karin.press("digest.show", ""))
    assert len(every) == 5  # as many as stand in a part
    await asks(chat)
    first = quiet(await karin.press("digest.show", ""))["Alma Berg"]
    assert facts(first)["Obesvarade förfrågningar"] == "1"
    alma = Dialogue(chat, ALMA, "sv")
    await alma.say("Vad har jag missat?")
    row = next(b for b in buttons(alma.answers[-1]) if b["value"].startswith("contact.approve|"))
    await alma.press("digest.act", row["value"])
    assert "Alma Berg" not in quiet(await karin.press("digest.show", ""))


async def test_a_unit_below_counts_and_new_posts_are_not_quiet(chat: JsonChat) -> None:
    async with chat.bot.database.begin() as session:
        old = datetime(2026, 9, 1, tzinfo=UTC)
        await session.execute(update(GuestLecture).values(created_at=old))
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Appointment).where(Appointment.person_id == alma.id)
        post = (await session.scalars(query)).first()
        assert post is not None
        below = select(Unit.id).where(Unit.parent_id == post.unit_id).limit(1)
        lecture = (await session.scalars(select(GuestLecture).limit(1))).one()
        lecture.unit_id = (await session.scalars(below)).one()
        others = update(Appointment).where(Appointment.id != post.id)
        await session.execute(others.values(valid_from=date(2026, 11, 20)))
    karin = Dialogue(chat, KARIN, "sv")
    assert "Alma Berg" in quiet(await karin.press("digest.show", ""))
    async with chat.bot.database.begin() as session:
        of_below = update(GuestLecture).where(GuestLecture.id == lecture.id)
        await session.execute(of_below.values(created_at=datetime(2026, 11, 23, tzinfo=UTC)))
    assert not quiet(await karin.press("digest.show", ""))


@pytest.mark.parametrize(
    ("lang", "asked", "told"),
    [("sv", "Jag har frågat", "undrar hur det går"),
     ("en", "I have asked", "wonders how things are")],
)  # fmt: skip
async def test_a_quiet_coordinator_is_asked(
    chat: JsonChat, lang: str, asked: str, told: str
) -> None:
    async with chat.bot.database.begin() as session:
        old = datetime(2026, 9, 1, tzinfo=UTC)
        await session.execute(update(GuestLecture).values(created_at=old))
        await session.execute(update(Person).values(locale=lang))
    karin = Dialogue(chat, KARIN, lang)
    digest = await karin.press("digest.show", "")
    value = next(b["value"] for b in buttons(digest) if b["value"].startswith("digest.ask|"))
    pressed = await karin.press("digest.act", value)
    assert asked in text(pressed)
    assert value not in str(buttons(pressed))
    others = [r for r in pressed["replies"] if r["to"]["email"] != KARIN]
    assert [told in r["text"] for r in others] == [True]
