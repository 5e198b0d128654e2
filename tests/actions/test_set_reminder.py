"""Reminders: said, echoed, undone, delivered once, snoozed."""

import json

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, MARIA, Dialogue, cards, elements, facts, text


async def test_a_clear_reminder_is_set_at_once_and_comes_once(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    answer = await johan.say("Påminn mig på fredag kl 9 att ringa Volvo")
    card = cards(answer)[0]
    assert card["title"] == "ringa Volvo"
    assert "fredag 27 november 2026 kl. 09:00 (vecka 48)" in facts(card)["När"]
    early = json.loads(await chat.line('{"now": "2026-11-27T08:59:59+01:00"}'))
    assert early["replies"] == []
    due = json.loads(await chat.line('{"now": "2026-11-27T09:00:00+01:00"}'))
    assert [r["cause"] for r in due["replies"]] == ["reminder"]
    assert "ringa Volvo" in text(due)
    later = json.loads(await chat.line('{"now": "2026-11-27T10:00:00+01:00"}'))
    assert later["replies"] == []


async def test_undo_takes_it_back(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Remind me tomorrow at 10 to send the minutes")
    await johan.press("reminder.undo")
    due = json.loads(await chat.line('{"now": "2026-11-25T10:00:30+01:00"}'))
    assert due["replies"] == []


async def test_every_week_is_a_rule(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    answer = await johan.say("påminn mig varje måndag kl 9 om veckobrevet")
    assert "varje måndag" in facts(cards(answer)[0])["När"]
    came = 0
    for day in ("2026-11-30", "2026-12-07", "2026-12-14"):
        moved = json.loads(await chat.line(json.dumps({"now": f"{day}T09:00:10+01:00"})))
        came += sum(r["cause"] == "reminder" for r in moved["replies"])
    assert came == 3


async def test_what_is_missing_is_asked_for(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    when = await johan.say("påminn mig om att ringa Volvo")
    assert when["draft"]["missing"] == ["when"]
    done = await johan.say("på fredag kl 9")
    assert any(e["table"] == "schedule" for e in done["effects"])
    assert cards(done)[0]["title"] == "ringa Volvo"


@pytest.mark.parametrize("phrase", ["igår kl 9", "den 30 februari kl 9"])
async def test_past_and_impossible_times_are_refused(chat: JsonChat, phrase: str) -> None:
    answer = await Dialogue(chat, JOHAN).say(f"påminn mig {phrase} att ringa Volvo")
    assert answer["draft"]["missing"] == ["when"]
    assert not any(e["table"] == "schedule" for e in answer["effects"])


async def test_ambiguous_times_become_buttons(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    answer = await johan.say("påminn mig fredag den 10 december kl 9 att ringa Volvo")
    assert answer["draft"]["missing"] == ["when"]
    chosen = await johan.press("draft.choose")
    assert any(e["table"] == "schedule" for e in chosen["effects"])


async def test_snooze_and_done(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Påminn mig på fredag kl 9 att ringa Volvo")
    due = json.loads(await chat.line('{"now": "2026-11-27T09:00:00+01:00"}'))
    johan.answers.append(due)
    await johan.press("reminder.hour")
    again = json.loads(await chat.line('{"now": "2026-11-27T10:00:30+01:00"}'))
    assert "ringa Volvo" in text(again)
    johan.answers.append(again)
    done = await johan.press("reminder.done")
    assert "ringa Volvo" in text(done)


async def test_put_off_twice_is_one_reminder(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Påminn mig på fredag kl 9 att ringa Volvo")
    due = json.loads(await chat.line('{"now": "2026-11-27T09:00:00+01:00"}'))
    johan.answers.append(due)
    await johan.press("reminder.hour")
    johan.answers.append(due)  # the message from before, still open somewhere
    await johan.press("reminder.tomorrow")
    at_ten = json.loads(await chat.line('{"now": "2026-11-27T10:00:30+01:00"}'))
    assert at_ten["replies"] == []
    again = json.loads(await chat.line('{"now": "2026-11-28T08:00:30+01:00"}'))
    assert len(again["replies"]) == 1
    assert "ringa Volvo" in text(again)


async def test_management_may_remind_herself(chat: JsonChat) -> None:
    answer = await Dialogue(chat, MARIA).say("påminn mig imorgon kl 8 om ledningsrådet")
    assert any(e["table"] == "schedule" for e in answer["effects"])


async def test_others_cannot_be_reminded_yet_and_it_is_said(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("påminn Alma på fredag kl 9 om mötet")
    assert not any(e["table"] == "schedule" for e in answer["effects"])


async def test_a_rule_survives_its_form(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    await alma.say("Påminn Pernilla varje måndag kl 9 om månadsbrevet")
    form = elements(alma.answers[-1], "form")[0]
    values = {field["name"]: field["value"] for field in form["fields"]}
    assert values["when"] == "2026-11-30 09:00"
    await alma.submit("reminder.save", form["value"], **values)
    saved = await alma.say("ja")
    assert "varje måndag" in text(saved)
    assert any(effect["table"] == "schedule" for effect in saved["effects"])


async def test_the_form_writes_the_time_as_one_would_and_reads_it_back(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    drafted = await johan.say("Påminn Alma imorgon kl 10 att boka sal")
    (form,) = elements(drafted, "form")
    opened = {field["name"]: field["value"] for field in form["fields"]}
    assert opened["when"] == "2026-11-25 10:00"
    await johan.submit(form["submit"], form["value"], **opened)
    saved = await johan.say("ja")
    told = json.dumps(saved, ensure_ascii=False)
    assert "25 november 2026 kl. 10:00" in told


@pytest.mark.parametrize("typed", ["2026-12-18 13:30", "2026-12-18T13:30"])
async def test_a_time_in_figures_keeps_its_hour(chat: JsonChat, typed: str) -> None:
    johan = Dialogue(chat, JOHAN)
    await johan.say("påminn mig om att ringa Volvo")
    done = await johan.say(typed)
    assert "18 december 2026 kl. 13:30" in facts(cards(done)[0])["När"]
