"""Reminders for others, later: cancelled, refused, moved, groups left, creators who leave."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from actions.access import actor_of
from actions.reply import Card, Reply
from actions.set_reminder.sending import fire
from bot.home import home
from bot.terminal.json_lines import JsonChat
from bot.translation import render
from storage.tables import Appointment, Occurrence, Outbox, Person, Schedule
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

PERNILLA = "pernilla.akesson@nordhamn.example"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FRIDAY = "2026-11-27T09:00:00+01:00"
NEXT_FRIDAY = "2026-12-04T09:00:00+01:00"


async def _came(chat: JsonChat, now: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await chat.line(json.dumps({"now": now})))
    return answer


async def _set(chat: JsonChat, email: str, phrase: str) -> Dialogue:
    person = Dialogue(chat, email)
    await person.say(phrase)
    await person.press("draft.save")
    return person


async def _reminder(session: Any) -> Schedule:
    rows = await session.scalars(
        select(Schedule).where(Schedule.kind == "reminder").order_by(Schedule.id.desc()).limit(1)
    )
    schedule: Schedule = rows.one()
    return schedule


async def _leaves(chat: JsonChat, email: str, day: date) -> None:
    async with chat.bot.database.begin() as session:
        await session.execute(update(Person).where(Person.email == email).values(left_on=day))


async def test_cancelled_by_its_creator_what_was_promised_is_not_sent(chat: JsonChat) -> None:
    karin = await _set(
        chat, KARIN, "påminn alla koordinatorer på Handels varje fredag kl 9 att skicka siffror"
    )
    async with chat.bot.database.begin() as session:
        schedule = await _reminder(session)
        due = datetime(2026, 11, 24, 10, tzinfo=UTC)
        occurrence = Occurrence(schedule_id=schedule.id, due_utc=due, claimed_at=due, merged=False)
        occurrence.missed = 0
        session.add(occurrence)
        await session.flush()
        await fire(schedule, occurrence, session)
    listed = await karin.say("visa mina påminnelser")
    karin.answers.append(listed)
    await karin.press("reminder.cancel")
    assert (await _came(chat, "2026-11-24T11:00:05+01:00"))["replies"] == []
    async with chat.bot.database.begin() as session:
        rows = await session.scalars(select(Outbox.state).where(Outbox.kind == "reminder.due"))
        assert list(rows) == ["void", "void"]
    assert (await _came(chat, FRIDAY))["replies"] == []


@pytest.mark.parametrize("by", ["words", "button"])
async def test_a_receiver_removes_it_for_herself_only(chat: JsonChat, by: str) -> None:
    await _set(
        chat, KARIN, "påminn alla koordinatorer på Handels varje fredag kl 9 att skicka siffror"
    )
    alma = Dialogue(chat, ALMA)
    if by == "words":
        removed = await alma.say("ta bort påminnelsen om siffror")
    else:
        await alma.say("visa mina påminnelser")
        number = next(b for b in buttons(alma.answers[-1]) if b["press"] == "reminder.refuse")
        removed = await alma.press("reminder.cancel", number["value"])
    assert "Alma Berg vill inte ha din påminnelse" in text(removed)
    came = await _came(chat, FRIDAY)
    assert [r["to"]["email"] for r in came["replies"]] == [PERNILLA]
    stranger = await Dialogue(chat, JOHAN).say("ta bort påminnelsen om siffror")
    assert "siffror" not in text(stranger)


async def test_moved_by_hand_it_no_longer_follows_the_lecture(chat: JsonChat) -> None:
    johan = await _set(chat, JOHAN, "Lägg in Sven Svensson som gästföreläsare om AI den 12 mars")
    await johan.say("påminn mig dagen innan att packa")
    moved = await johan.say("flytta den till fredag kl 10")
    assert "fristående" in text(moved)
    await johan.say("Flytta gästföreläsningen med Sven till 19 mars")
    await johan.press("lecture.move")
    listed = await johan.say("visa mina påminnelser")
    assert "27 november 2026 kl. 10:00" in facts(cards(listed)[0])["När"]


@pytest.mark.parametrize(
    ("phrase", "lang", "when"),
    [
        ("påminn mig dagen innan kl 8 att packa", "sv", "11 mars 2027 kl. 08:00"),
        ("remind me the day before at 8 to pack", "en", "11 March 2027 at 08:00"),
        ("påminn mig dagen före föreläsningen med Sven kl 15 att packa", "sv", "kl. 15:00"),
        (
            "remind me a week before the lecture with Sven at 3 pm to pack",
            "en",
            "5 March 2027 at 1",
        ),
    ],
)
async def test_a_distance_keeps_the_hour_said_with_it(
    chat: JsonChat, phrase: str, lang: str, when: str
) -> None:
    await _set(chat, JOHAN, "Lägg in Sven Svensson som gästföreläsare om AI den 12 mars")
    card = cards(await Dialogue(chat, JOHAN, lang).say(phrase))[0]
    assert card["title"] in {"packa", "pack"}
    assert when in next(iter(facts(card).values()))


async def test_before_a_lecture_of_the_list_shown(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    listed = await johan.say("visa kommande gästföreläsningar på Handels")
    second = cards(listed)[1]["title"]
    await johan.say("påminn mig dagen före föreläsningen")
    chosen = await johan.say("den andra")
    assert cards(chosen)[0]["title"] == f"gästföreläsningen med {second}"


async def _home(chat: JsonChat, email: str) -> list[Reply]:
    async with chat.bot.database.begin() as session:
        person = (await session.scalars(select(Person).where(Person.email == email))).one()
        return await home(session, await actor_of(session, person, NOW), NOW, [])


async def test_home_shows_whom_it_is_for_and_what_others_have_set(chat: JsonChat) -> None:
    await _set(chat, JOHAN, "påminn Alma på fredag kl 9 om mötet")
    mine = {part.text.id: part for part in await _home(chat, JOHAN)}
    card = mine["My reminders"].elements[0]
    assert isinstance(card, Card)
    assert {render(f.label, "sv"): render(f.value, "sv") for f in card.facts}["Till"] == "Alma Berg"
    assert [button.press for button in card.buttons] == ["reminder.cancel"]
    assert "Reminders that others have set for me" not in mine
    hers = {part.text.id: part for part in await _home(chat, ALMA)}
    card = hers["Reminders that others have set for me"].elements[0]
    assert isinstance(card, Card)
    assert {render(f.label, "en"): render(f.value, "en") for f in card.facts}["From"] == "Johan Ek"
    assert [button.press for button in card.buttons] == ["reminder.refuse"]


async def test_who_left_a_group_sees_its_reminder_no_more(chat: JsonChat) -> None:
    await _set(
        chat, KARIN, "påminn alla koordinatorer på Handels varje fredag kl 9 att skicka siffror"
    )
    alma = Dialogue(chat, ALMA)
    assert "siffror" in text(await alma.say("visa mina påminnelser"))
    async with chat.bot.database.begin() as session:
        person = await session.scalar(select(Person.id).where(Person.email == ALMA))
        await session.execute(
            update(Appointment)
            .where(Appointment.person_id == person)
            .values(valid_to=date(2026, 11, 23))
        )
    assert "siffror" not in text(await alma.say("visa mina påminnelser"))
    came = await _came(chat, FRIDAY)
    assert [r["to"]["email"] for r in came["replies"]] == [PERNILLA]


async def test_with_its_creator_gone_a_group_gets_nothing_and_one_is_told_once(
    chat: JsonChat,
) -> None:
    await _set(
        chat, ALMA, "påminn alla koordinatorer på Handels varje fredag kl 9 att skicka siffror"
    )
    await _leaves(chat, ALMA, date(2026, 11, 25))
    came = await _came(chat, FRIDAY)
    # Pernilla answers for the unit that Alma belonged to; the group itself gets nothing.
    assert [r["to"]["email"] for r in came["replies"]] == [PERNILLA]
    assert "Påminnelse från" not in text(came)
    assert "Alma Berg arbetar inte kvar" in text(came)
    assert "siffror" in text(came)
    assert (await _came(chat, NEXT_FRIDAY))["replies"] == []
