"""Awaited free text against a change of topic: sentences of both kinds, on the real Rasa."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.terminal.json_lines import JsonChat
from tests.dialogue import KARIN, Dialogue, buttons

_SAID: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "topics.yaml").read_text(encoding="utf-8")
)
_FIELDS = {"purposes": "purpose", "tasks": "task", "texts": "text"}
_BEGINS = {
    "purposes": ("contact.ask", "1:contact"),
    "tasks": ("intent.set_reminder", "påminn mig imorgon kl 8"),
    "texts": ("intent.send_announcement", "skicka till alla koordinatorer"),
}


def test_there_are_enough_of_each() -> None:
    both = ("sv", "en")
    assert all(len(_SAID[kind][lang]) >= 20 for kind in ("purposes", "changes") for lang in both)
    assert all(len(_SAID[kind][lang]) >= 14 for kind in ("tasks", "texts") for lang in both)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("kind", "asked"), [("purposes", 3), ("tasks", 0), ("texts", 3)])
async def test_an_answer_is_never_lost(chat: JsonChat, kind: str, asked: int, lang: str) -> None:
    fates = await _fates(chat, kind, lang, _SAID[kind][lang])
    assert fates["changed"] == 0
    assert fates["asked"] <= asked


@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_a_change_of_topic_is_no_purpose(chat: JsonChat, lang: str) -> None:
    fates = await _fates(chat, "purposes", lang, _SAID["changes"][lang])
    assert fates["taken"] <= 1  # numbers, which the bot cannot tell yet
    assert fates["asked"] <= 7


async def _fates(chat: JsonChat, kind: str, lang: str, said: list[str]) -> Counter[str]:
    """Return how many became the answer, were asked about, and were about something else."""
    talk = Dialogue(chat, KARIN, lang)
    fates: Counter[str] = Counter()
    for text in said:
        await talk.press(*_BEGINS[kind])
        answer = await talk.say(text)
        fates[_fate(answer, _FIELDS[kind])] += 1
        while talk.answers[-1]["draft"]:
            await talk.say("avbryt")
    return fates


def _fate(answer: dict[str, Any], field: str) -> str:
    draft, written = answer["draft"], {effect["table"] for effect in answer["effects"]}
    if field == "task" and "schedule" in written:
        return "taken"  # a reminder is set at once
    if draft and field in draft["filled"]:
        return "taken"
    shown = {button["press"] for button in buttons(answer)}
    return "asked" if "draft.choose" in shown else "changed"
