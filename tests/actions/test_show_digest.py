"""The weekly digest: once a week, on its day, acted on where it stands."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from actions.show_digest.sending import promise_all
from actions.weekly_times import due_in_week
from bot.terminal.json_lines import JsonChat
from storage import Database
from storage.queries.preferences import choose
from storage.tables import Alumnus, Outbox, Person
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, elements, text

MONDAY = "2026-11-30T07:00:00+00:00"
ELSEWHERE = "niklas.bjork@nordhamn.example"  # coordinator of another faculty
ZONE = ZoneInfo("Europe/Stockholm")


def of(answer: dict[str, Any], who: str) -> list[dict[str, Any]]:
    return [reply for reply in answer["replies"] if reply["to"]["email"] == who]


async def asks(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.press("contact.ask", "1:mentor")
    await johan.say("En student på masterprogrammet vill ha råd om hållbara investeringar")
    await johan.say("ja")


async def test_it_comes_on_monday_at_eight_once(chat: JsonChat) -> None:
    talk = Dialogue(chat, ALMA)
    await talk.move_to("2026-11-24T10:00:00+00:00")
    before = await talk.move_to("2026-11-30T06:59:00+00:00")
    assert not [r for r in of(before, ALMA) if r["action"] == "show_digest"]
    came = await talk.move_to(MONDAY)
    assert len([r for r in of(came, ALMA) if r["action"] == "show_digest"]) == 1
    assert len([r for r in of(came, KARIN) if r["action"] == "show_digest"]) == 1
    assert not [r for r in of(came, JOHAN) if r["action"] == "show_digest"]
    later = await talk.move_to("2026-12-06T20:00:00+00:00")
    assert not [r for r in later["replies"] if r["action"] == "show_digest"]


@pytest.mark.parametrize(
    ("who", "lang", "asked", "said"),
    [
        (ALMA, "sv", "Vad har jag missat?", "Din vecka 48"),
        (ALMA, "en", "What have I missed?", "Your week 48"),
        (KARIN, "sv", "Vad har jag missat?", "Vecka 48 i hela nätverket"),
    ],
)
async def test_asked_in_chat(chat: JsonChat, who: str, lang: str, asked: str, said: str) -> None:
    talk = Dialogue(chat, who, lang)
    await asks(chat)
    assert said in text(await talk.say(asked))


async def test_a_row_is_acted_on_and_the_rest_stays(chat: JsonChat) -> None:
    await asks(chat)
    alma = Dialogue(chat, ALMA)
    digest = await alma.say("Vad har jag missat?")
    approve = next(b for b in buttons(digest) if b["value"].startswith("contact.approve|"))
    assert elements(digest, "chart")
    after = await alma.press("digest.act", approve["value"])
    assert after["effects"]
    assert len(cards(after)) >= len(cards(digest))
    assert "contact.approve|" not in str(buttons(after))
    assert any(b["value"].startswith("contact.contacted|") for b in buttons(after))


async def test_staff_have_none(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).press("digest.show", "")
    assert not cards(answer)


async def test_pause_and_undo(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    assert "10 januari" in text(await alma.say("Pausa digest till 10 jan"))
    await alma.press("settings.digest")
    came = await alma.move_to(MONDAY)
    assert [r for r in of(came, ALMA) if r["action"] == "show_digest"]
    await alma.say("Pausa digest till 10 jan")
    quiet = await alma.move_to("2026-12-07T07:00:00+00:00")
    assert not [r for r in of(quiet, ALMA) if r["action"] == "show_digest"]


async def test_another_day_and_hour(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    changed = text(await alma.say("skicka sammanfattningen på fredagar kl 7"))
    assert "fredag" in changed
    assert "07" in changed
    monday = await alma.move_to(MONDAY)
    friday = await alma.move_to("2026-12-04T06:00:00+00:00")
    assert not [r for r in of(monday, ALMA) if r["action"] == "show_digest"]
    assert len([r for r in of(friday, ALMA) if r["action"] == "show_digest"]) == 1


def test_a_red_monday_moves_to_tuesday_within_the_week() -> None:
    easter = due_in_week(date(2026, 4, 6), 0, time(8), "Europe/Stockholm")
    assert easter.astimezone(ZONE) == datetime(2026, 4, 7, 8, tzinfo=ZONE)
    christmas = due_in_week(date(2026, 12, 21), 4, time(8), "Europe/Stockholm")
    assert christmas.astimezone(ZONE).date() == date(2026, 12, 23)


@pytest.mark.parametrize("seed", [1, 2])
async def test_one_a_week_over_a_year(demo_database: Database, seed: int) -> None:
    """Over both nights of the clock and week 53, days changed at random, swept twice."""
    from actions.weekly_times import monday_of  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 (a seed, no secret)
    async with demo_database.begin() as session:
        who = (await session.scalars(select(Person.id).where(Person.email == ALMA))).one()
    now = datetime(2026, 1, 4, 22, tzinfo=UTC)
    while now < datetime(2027, 1, 11, tzinfo=UTC):
        async with demo_database.begin() as session:
            await promise_all(now, session)
            await promise_all(now, session)
        if chance.random() < 0.2:
            async with demo_database.begin() as session:
                day = chance.randrange(5)
                await choose(session, who, digest_weekday=day)
        now += timedelta(hours=chance.choice((12, 24, 60)))
    async with demo_database.begin() as session:
        query = select(Outbox.due_utc).where(
            Outbox.kind == "digest.weekly", Outbox.person_id == who
        )
        days = [due.astimezone(ZONE).date() for due in await session.scalars(query)]
    weeks = [monday_of(day) for day in days if day < date(2027, 1, 11)]
    every = [date(2026, 1, 5) + timedelta(weeks=n) for n in range(53)]
    assert sorted(weeks) == every


@pytest.mark.parametrize(
    ("lang", "said"), [("sv", "en lugn vecka"), ("en", "a quiet week, nothing is waiting")]
)
async def test_mentors_left_alone_are_no_news(chat: JsonChat, lang: str, said: str) -> None:
    talk = Dialogue(chat, ELSEWHERE, lang)
    question = "Vad har jag missat?" if lang == "sv" else "What have I missed?"
    quiet = await talk.say(question)
    assert said in text(quiet)
    assert not cards(quiet)


async def test_beside_news_few_mentors_stand_told_apart(chat: JsonChat) -> None:
    await asks(chat)
    digest = await Dialogue(chat, ALMA).say("Vad har jag missat?")
    mentors = [c for c in cards(digest) if "Senaste kontakt" in str(c)]
    assert 0 < len(mentors) <= 3
    people = [card for card in cards(digest) if "Visa dem" not in str(card)]
    assert people
    for card in people:
        assert "Arbetsgivare" in str(card) or "Utbildning" in str(card), card
    assert "mer än" in str(digest) or "till" in str(digest)


@pytest.mark.parametrize(("lang", "said"), [("sv", "3 nya"), ("en", "3 new")])
async def test_new_alumni_are_counted_but_not_the_protected(
    chat: JsonChat, lang: str, said: str
) -> None:
    async with chat.bot.database.begin() as session:
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Alumnus).where(Alumnus.owner_unit_id == alma.unit_id).limit(5)
        five = list(await session.scalars(query))
        await session.execute(update(Alumnus).values(arrived_on=None))
        for one in five:
            one.arrived_on = date(2026, 11, 20)
        five[0].protected = True
        five[1].arrived_on = date(2026, 11, 10)
    question = "Vad har jag missat?" if lang == "sv" else "What have I missed?"
    assert said in str(await Dialogue(chat, ALMA, lang).say(question))
