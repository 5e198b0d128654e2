"""Reminders in the digest: done, later, removed where they stand, and what they have become."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.terminal.json_lines import JsonChat
from storage.tables import Schedule
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, cards, facts, text


def row(answer: dict[str, Any], task: str) -> dict[str, Any] | None:
    found = [c for c in cards(answer) if c["title"] == task]
    return found[0] if found else None


def value(answer: dict[str, Any], press: str) -> str:
    every = [b["value"] for b in buttons(answer) if b["value"].startswith(f"{press}|")]
    assert every, f"{press} was never shown"
    return str(every[0])


async def came(chat: JsonChat, now: str) -> list[str]:
    answer = json.loads(await chat.line(json.dumps({"now": now})))
    return [r["text"] for r in answer["replies"] if r["action"] == "set_reminder"]


@pytest.mark.parametrize(
    ("lang", "order", "task", "done", "back"),
    [("sv", "påminn mig på torsdag kl 9 att ringa Volvo", "ringa Volvo", "Klart", "tillbaka"),
     ("en", "remind me on Thursday at 9 to call Volvo", "call Volvo", "Done", "It is back")],
)  # fmt: skip
async def test_done_before_it_comes_and_undone(
    chat: JsonChat, lang: str, order: str, task: str, done: str, back: str
) -> None:
    alma = Dialogue(chat, ALMA, lang)
    await alma.say(order)
    digest = await alma.press("digest.show", "")
    assert row(digest, task)
    pressed = value(digest, "reminder.skip")
    after = await alma.press("digest.act", pressed)
    assert done in text(after)
    assert row(after, task) is None
    undone = await alma.press("digest.act", value(after, "reminder.restore"))
    assert back in text(undone)
    again = await alma.press("digest.act", value(undone, "reminder.skip"))
    assert row(again, task) is None
    twice = await alma.press("digest.act", pressed)
    assert row(twice, task) is None
    assert not await came(chat, "2026-11-26T09:00:00+01:00")


async def test_of_a_rule_only_the_next_is_done(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    await alma.say("påminn mig varje torsdag kl 9 att ringa Volvo")
    pressed = value(await alma.press("digest.show", ""), "reminder.skip")
    assert "3 december" in text(await alma.press("digest.act", pressed))
    await alma.press("digest.act", pressed)  # the same button skips no second time
    assert not await came(chat, "2026-11-26T09:00:00+01:00")
    assert await came(chat, "2026-12-03T09:00:00+01:00")


@pytest.mark.parametrize(
    ("lang", "order", "task", "moved"),
    [("sv", "påminn mig på torsdag kl 9 att ringa Volvo", "ringa Volvo", "27 november"),
     ("en", "remind me on Thursday at 9 to call Volvo", "call Volvo", "27 November")],
)  # fmt: skip
async def test_snoozed_a_day_it_stands_there_with_its_new_day(
    chat: JsonChat, lang: str, order: str, task: str, moved: str
) -> None:
    alma = Dialogue(chat, ALMA, lang)
    await alma.say(order)
    digest = await alma.press("digest.show", "")
    after = await alma.press("digest.act", value(digest, "reminder.day"))
    assert moved in text(after)
    standing = row(after, task)
    assert standing is not None
    assert moved in next(iter(facts(standing).values()))
    assert not await came(chat, "2026-11-26T09:00:00+01:00")
    assert len(await came(chat, "2026-11-27T09:00:00+01:00")) == 1


async def test_another_time_is_asked_for_and_the_digest_stays(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    await alma.say("påminn mig på torsdag kl 9 att ringa Volvo")
    digest = await alma.press("digest.show", "")
    asked = await alma.press("digest.act", value(digest, "reminder.postpone"))
    form = next(e for r in asked["replies"] for e in r["elements"] if e["type"] == "form")
    wrong = await alma.submit(form["submit"], form["value"], when="blå")
    again = next(e for r in wrong["replies"] for e in r["elements"] if e["type"] == "form")
    assert (again["submit"], again["value"]) == (form["submit"], form["value"])
    after = await alma.submit(form["submit"], form["value"], when="fredag kl 10")
    assert "27 november" in text(after)
    assert row(after, "ringa Volvo")
    assert cards(after)
    late = await alma.submit(form["submit"], form["value"], when="fredag kl 11")
    assert "flyttats eller tagits bort" in text(late)


async def test_removed_and_taken_back(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    await alma.say("påminn mig varje torsdag kl 9 att ringa Volvo")
    digest = await alma.press("digest.show", "")
    after = await alma.press("digest.act", value(digest, "reminder.drop"))
    assert row(after, "ringa Volvo") is None
    back = await alma.press("digest.act", value(after, "reminder.restore"))
    assert row(back, "ringa Volvo")


async def test_what_a_colleague_reminds_of_is_done_and_told(chat: JsonChat) -> None:
    johan, alma = Dialogue(chat, JOHAN, "sv"), Dialogue(chat, ALMA, "sv")
    await johan.say("påminn Alma på fredag kl 9 om mötet")
    await johan.press("draft.save")
    digest = await alma.press("digest.show", "")
    after = await alma.press("digest.act", value(digest, "reminder.skip"))
    assert row(after, "mötet") is None
    assert [r for r in after["replies"] if r["to"]["email"] == JOHAN]
    assert not await came(chat, "2026-11-27T09:00:00+01:00")


async def test_nobody_acts_on_anothers(chat: JsonChat) -> None:
    alma, johan = Dialogue(chat, ALMA, "sv"), Dialogue(chat, JOHAN, "sv")
    await alma.say("påminn mig på torsdag kl 9 att ringa Volvo")
    digest = await alma.press("digest.show", "")
    for press in ("reminder.skip", "reminder.day", "reminder.postpone", "reminder.drop"):
        own = value(digest, press).partition("|")[2]
        assert "flyttats eller tagits bort" in text(await johan.press(press, own))
    assert await came(chat, "2026-11-26T09:00:00+01:00")


async def test_put_off_it_no_longer_follows_what_it_was_set_before(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    await alma.say("påminn mig på torsdag kl 9 att ringa Volvo")
    async with chat.bot.database.begin() as session:
        await session.execute(update(Schedule).values(subject="guest_lecture:1"))
    digest = await alma.press("digest.show", "")
    after = await alma.press("digest.act", value(digest, "reminder.day"))
    assert "följer inte längre med något annat" in text(after) or "fristående" in text(after)
    async with chat.bot.database.begin() as session:
        query = select(Schedule.subject).where(
            Schedule.state == "active", Schedule.kind == "reminder"
        )
        assert set(await session.scalars(query)) == {None}
