"""Reminders for others, before lectures, late ones: asked for, refused, moved, called off."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from actions.anchors import moved
from bot.terminal.json_lines import JsonChat
from storage.tables import Outbox, Person, ReminderMute, Schedule
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

FRIDAY = "2026-11-27T09:00:00+01:00"


async def _set(chat: JsonChat, phrase: str = "påminn Alma på fredag kl 9 om mötet") -> Dialogue:
    johan = Dialogue(chat, JOHAN)
    await johan.say(phrase)
    await johan.press("draft.save")
    return johan


async def _came(chat: JsonChat, now: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await chat.line(json.dumps({"now": now})))
    return answer


@pytest.mark.parametrize(
    ("phrase", "label", "lang"),
    [
        ("påminn Alma på fredag kl 9 om mötet", "Till", "sv"),
        ("remind Alma on Friday at 9 about the meeting", "To", "en"),
    ],
)
async def test_a_colleague_is_reminded_once_it_is_confirmed(
    chat: JsonChat, phrase: str, label: str, lang: str
) -> None:
    johan = Dialogue(chat, JOHAN, lang)
    asked = await johan.say(phrase)
    assert not any(e["table"] == "schedule" for e in asked["effects"])
    assert facts(cards(asked)[0])[label] == "Alma Berg"
    await johan.press("draft.save")
    came = await _came(chat, FRIDAY)
    assert [r["to"]["email"] for r in came["replies"]] == [ALMA]
    assert "Johan Ek" in text(came)


async def test_she_may_refuse_and_mute_and_the_creator_is_told(chat: JsonChat) -> None:
    johan = await _set(chat)
    alma = Dialogue(chat, ALMA)
    alma.answers.append(await _came(chat, FRIDAY))
    refused = await alma.press("reminder.refuse")
    assert "Johan Ek" in text(refused)
    assert "Alma Berg vill inte ha" in text(refused)
    await alma.press("reminder.mute")
    asked = await johan.say("påminn Alma på måndag kl 9 om lunchen")
    assert "tar inte emot påminnelser från dig" in text(asked)
    await alma.press("reminder.unmute")
    again = await johan.say("Alma")
    assert facts(cards(again)[0])["Till"] == "Alma Berg"


async def test_whoever_mutes_after_it_was_promised_gets_nothing(chat: JsonChat) -> None:
    await _set(chat)
    async with chat.bot.database.begin() as session:
        ids = {
            email: await session.scalar(select(Person.id).where(Person.email == email))
            for email in (ALMA, JOHAN)
        }
        session.add(
            ReminderMute(
                person_id=ids[ALMA], from_id=ids[JOHAN], since=datetime(2026, 11, 24, tzinfo=UTC)
            )
        )
    assert (await _came(chat, FRIDAY))["replies"] == []


async def test_whoever_has_left_gets_nothing_and_the_creator_is_told(chat: JsonChat) -> None:
    await _set(chat)
    async with chat.bot.database.begin() as session:
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        alma.left_on = datetime(2026, 11, 25, tzinfo=UTC).date()
    came = await _came(chat, FRIDAY)
    assert {r["to"]["email"] for r in came["replies"]} == {JOHAN}
    assert "arbetar inte kvar" in text(came)


async def test_done_is_told_and_a_stranger_can_press_nothing(chat: JsonChat) -> None:
    await _set(chat)
    alma = Dialogue(chat, ALMA)
    alma.answers.append(await _came(chat, FRIDAY))
    value = next(b["value"] for b in buttons(alma.answers[-1]) if b["press"] == "reminder.done")
    stranger = await Dialogue(chat, KARIN).press("reminder.done", value)
    assert "mötet" not in text(stranger)
    assert "Alma Berg är klar med: mötet" in text(await alma.press("reminder.done"))


async def test_a_group_is_counted_and_named_and_within_ones_rights(chat: JsonChat) -> None:
    phrase = "påminn alla koordinatorer på Handels på fredag att skicka siffror"
    denied = await Dialogue(chat, JOHAN).say(phrase)
    assert "Bara koordinatorer" in text(denied)
    hers = await Dialogue(chat, ALMA).say(phrase)
    assert facts(cards(hers)[0])["Till"] == "Pernilla Åkesson"
    elsewhere = await Dialogue(chat, ALMA).say(
        "påminn alla koordinatorer på Juridiska fakulteten på fredag att skicka siffror"
    )
    assert "din egen enhet" in text(elsewhere)
    karin = Dialogue(chat, KARIN)
    every = await karin.say(phrase)
    assert facts(cards(every)[0])["Till"] == "2 personer: Alma Berg och Pernilla Åkesson"
    await karin.press("draft.save")
    came = await _came(chat, FRIDAY)
    assert len(came["replies"]) == 2
    listed = await karin.say("visa mina påminnelser")
    assert "Alma Berg" not in text(listed) or "Till" in text(listed)


async def test_whom_of_a_group_it_did_not_reach_is_told_in_one_message(chat: JsonChat) -> None:
    karin = Dialogue(chat, KARIN)
    await karin.say("påminn alla koordinatorer på Handels på fredag att skicka siffror")
    await karin.press("draft.save")
    assert (await _came(chat, "2026-11-29T09:00:00+01:00"))["replies"] == []
    told = await _came(chat, "2026-11-29T09:02:00+01:00")
    assert len(told["replies"]) == 1
    assert "Alma Berg och Pernilla Åkesson" in text(told)


async def test_late_ones_say_so_and_how_many_came_before(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("påminn mig varje måndag kl 9 om veckobrevet")
    johan.answers.append(await _came(chat, "2026-12-14T12:00:00+01:00"))
    assert "skulle ha kommit kl. 09:00" in text(johan.answers[-1])
    assert "2 tidigare medan jag var borta" in text(johan.answers[-1])
    done = await johan.press("reminder.done")
    assert "21 december" in text(done)


async def test_snoozed_in_words_and_again(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("påminn mig på fredag kl 9 att ringa Volvo")
    johan.answers.append(await _came(chat, FRIDAY))
    assert "30 november 2026 kl. 08:00" in text(await johan.press("reminder.monday"))
    form = await johan.press("reminder.later")
    value = next(e["value"] for e in form["replies"][0]["elements"] if e["type"] == "form")
    wrong = await johan.submit("reminder.snooze", value, when="blå")
    assert not wrong["effects"]
    later = await johan.submit("reminder.snooze", value, when="på torsdag kl 9")
    assert "3 december 2026 kl. 09:00" in text(later)
    again = await johan.say("påminn mig igen på onsdag kl 10")
    assert cards(again)[0]["title"] == "ringa Volvo"


async def _lecture(chat: JsonChat) -> Dialogue:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Lägg in Sven Svensson som gästföreläsare om AI den 12 januari 13-15")
    await johan.press("draft.save")
    return johan


async def test_the_day_before_follows_the_lecture(chat: JsonChat) -> None:
    johan = await _lecture(chat)
    answer = await johan.say("påminn mig dagen innan")
    assert "11 januari 2027 kl. 09:00" in facts(cards(answer)[0])["När"]
    named = await johan.say("påminn mig två veckor före gästföreläsningen med Sven att boka sal")
    assert cards(named)[0]["title"] == "boka sal"
    assert "29 december 2026" in facts(cards(named)[0])["När"]
    async with chat.bot.database.begin() as session:
        schedule = (
            await session.scalars(select(Schedule).where(Schedule.kind == "reminder"))
        ).first()
        assert schedule is not None
        assert schedule.subject is not None
        now = datetime(2026, 11, 24, 9, tzinfo=UTC)
        await moved(session, schedule.subject, datetime(2027, 1, 20, 13), now)
        assert schedule.next_due_utc == datetime(2027, 1, 19, 8, tzinfo=UTC)


async def test_a_lecture_called_off_takes_its_reminders_along(chat: JsonChat) -> None:
    johan = await _lecture(chat)
    await johan.say("påminn mig dagen innan")
    approver = Dialogue(chat, "pernilla.akesson@nordhamn.example")
    approver.answers.append(johan.answers[1])
    await approver.press("lecture.decline")
    value = next(b["value"] for b in buttons(johan.answers[1]) if b["press"] == "lecture.decline")
    declined = await approver.submit("lecture.declined", value, note="krockar")
    assert "inställt" in text(declined)
    async with chat.bot.database.begin() as session:
        state = await session.scalar(select(Schedule.state).where(Schedule.kind == "reminder"))
        assert state == "cancelled"
        due = await session.scalars(select(Outbox.kind).where(Outbox.kind == "reminder.off"))
        assert len(list(due)) == 1
