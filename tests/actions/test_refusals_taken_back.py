"""What others set for somebody is refused, muted and taken back; each time its sender is told."""

import json
from typing import Any

import pytest

from bot.terminal.json_lines import JsonChat
from tests.dialogue import ALMA, JOHAN, Dialogue, buttons, cards, text

SAID = {
    "sv": {
        "ask": "påminn Alma varje fredag kl 9 om mötet",
        "undo": "ångra",
        "list": "visa mina påminnelser",
        "after_all": "Jag påminner dig om det här ändå",
        "told": "Alma Berg vill ha din påminnelse ändå",
        "no": "tackat nej till",
        "muted": "Alma Berg tar inte emot fler påminnelser från dig",
        "unmuted": "Alma Berg tar emot dina påminnelser igen",
        "from": "tar inte emot påminnelser från:",
    },
    "en": {
        "ask": "remind Alma every Friday at 9 about the meeting",
        "undo": "undo",
        "list": "show my reminders",
        "after_all": "I will remind you of this after all",
        "told": "Alma Berg wants your reminder after all",
        "no": "You have said no to these",
        "muted": "Alma Berg takes no more reminders from you",
        "unmuted": "Alma Berg takes your reminders again",
        "from": "You take no reminders from:",
    },
}


async def came(chat: JsonChat, now: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await chat.line(json.dumps({"now": now})))
    return answer


def to(answer: dict[str, Any], who: str) -> str:
    return "\n".join(r["text"] for r in answer["replies"] if r["to"]["email"] == who)


async def reminded(chat: JsonChat, lang: str) -> tuple[Dialogue, Dialogue]:
    johan, alma = Dialogue(chat, JOHAN, lang), Dialogue(chat, ALMA, lang)
    for talk in (johan, alma):
        await talk.press("settings.language", lang)
    await johan.say(SAID[lang]["ask"])
    await johan.press("draft.save")
    alma.answers.append(await came(chat, "2026-11-27T09:00:00+01:00"))
    return johan, alma


@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_a_refusal_is_taken_back_in_words(chat: JsonChat, lang: str) -> None:
    said = SAID[lang]
    _johan, alma = await reminded(chat, lang)
    await alma.press("reminder.refuse")
    back = await alma.say(said["undo"])
    assert said["after_all"] in to(back, ALMA)
    assert said["told"] in to(back, JOHAN)
    assert to(await came(chat, "2026-12-04T09:00:00+01:00"), ALMA)
    await alma.press("reminder.refuse")
    assert not to(await came(chat, "2026-12-11T09:00:00+01:00"), ALMA)


@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_what_was_refused_long_ago_stands_in_the_list(chat: JsonChat, lang: str) -> None:
    said = SAID[lang]
    _johan, alma = await reminded(chat, lang)
    await alma.press("reminder.refuse")
    shown = await alma.say(said["list"])
    assert said["no"] in str(shown)
    back = await alma.press("reminder.accept")
    assert said["told"] in to(back, JOHAN)
    again = await alma.press("reminder.accept")  # pressed twice, told once
    assert not to(again, JOHAN)
    assert said["no"] not in str(await alma.say(said["list"]))
    refused = await alma.press("reminder.refuse")
    assert "Alma Berg" in to(refused, JOHAN)  # and told anew when she changes her mind again


@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_a_mute_is_taken_back_and_told(chat: JsonChat, lang: str) -> None:
    said = SAID[lang]
    _johan, alma = await reminded(chat, lang)
    muted = await alma.press("reminder.mute")
    assert said["muted"] in to(muted, JOHAN)
    assert not to(await came(chat, "2026-12-04T09:00:00+01:00"), ALMA)
    shown = await alma.say(said["list"])
    assert said["from"] in str(shown)
    assert "Johan Ek" in str(cards(shown))
    back = await alma.press("reminder.unmute")
    assert said["unmuted"] in to(back, JOHAN)
    assert not to(await alma.press("reminder.unmute"), JOHAN)
    assert to(await came(chat, "2026-12-11T09:00:00+01:00"), ALMA)


async def test_one_that_has_come_gets_its_buttons_back(chat: JsonChat) -> None:
    johan, alma = Dialogue(chat, JOHAN, "sv"), Dialogue(chat, ALMA, "sv")
    await johan.say("påminn Alma på fredag kl 9 om mötet")
    await johan.press("draft.save")
    alma.answers.append(await came(chat, "2026-11-27T09:00:00+01:00"))
    await alma.press("reminder.refuse")
    back = await alma.press("reminder.accept")
    assert {"reminder.done", "reminder.later"} <= {b["press"] for b in buttons(back)}
    assert "Alma Berg är klar med" in text(await alma.press("reminder.done"))


async def test_nobody_takes_back_what_was_not_hers(chat: JsonChat) -> None:
    _johan, alma = await reminded(chat, "sv")
    await alma.press("reminder.refuse")
    number = next(b["value"] for b in buttons(alma.answers[-1]) if b["press"] == "reminder.accept")
    stranger = Dialogue(chat, "maria.holm@nordhamn.example", "sv")
    answer = await stranger.press("reminder.accept", number)
    assert [r["to"]["email"] for r in answer["replies"]] == [stranger.email]
    assert not buttons(answer)
