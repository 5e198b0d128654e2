"""Removing and moving one's own reminders."""

import json

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, cards, text


async def _two(chat: JsonChat) -> Dialogue:
    johan = Dialogue(chat, JOHAN)
    await johan.say("Påminn mig på fredag kl 9 att ringa Volvo")
    await johan.say("Påminn mig imorgon kl 8 att boka sal")
    return johan


async def test_the_one_named_is_removed_and_can_come_back(chat: JsonChat) -> None:
    johan = await _two(chat)
    removed = await johan.say("ta bort påminnelsen om Volvo")
    assert "ringa Volvo" in text(removed)
    await johan.press("reminder.restore")
    due = json.loads(await chat.line('{"now": "2026-11-27T09:00:05+01:00"}'))
    assert "ringa Volvo" in text(due)


async def test_when_it_is_unclear_the_bot_asks(chat: JsonChat) -> None:
    johan = await _two(chat)
    asked = await johan.say("ta bort en påminnelse")
    assert {b["label"] for b in buttons(asked)} >= {"ringa Volvo", "boka sal"}
    assert asked["effects"] == []


async def test_number_of_the_list(chat: JsonChat) -> None:
    johan = await _two(chat)
    shown = await johan.say("visa mina påminnelser")
    removed = await johan.say("ta bort påminnelse nummer 2")
    assert cards(shown)[1]["title"] in text(removed)


async def test_moved_to_another_time(chat: JsonChat) -> None:
    johan = await _two(chat)
    await johan.say("flytta påminnelsen om Volvo till måndag kl 10")
    friday = json.loads(await chat.line('{"now": "2026-11-27T09:00:05+01:00"}'))
    assert "ringa Volvo" not in text(friday)
    monday = json.loads(await chat.line('{"now": "2026-11-30T10:00:05+01:00"}'))
    assert "ringa Volvo" in text(monday)


async def test_nobody_removes_another_ones(chat: JsonChat) -> None:
    johan = await _two(chat)
    shown = await johan.say("visa mina påminnelser")
    value = next(b["value"] for b in buttons(shown) if b["press"] == "reminder.cancel")
    refused = await Dialogue(chat, ALMA).press("reminder.cancel", value)
    assert refused["effects"] == []
