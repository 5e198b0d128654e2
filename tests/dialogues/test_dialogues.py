"""Whole conversations, as people have them: one readable file each, on the real Rasa."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import Answer, Conversation
from bot.terminal.json_lines import JsonChat
from storage.folding import fold
from tests.dialogue import Dialogue, buttons, cards, facts, text
from tests.parity import same_everywhere

_FILES = sorted(Path(__file__).parent.glob("*.yaml"))
_EVERYBODY = {
    "alma": "alma.berg@nordhamn.example",
    "johan": "johan.ek@nordhamn.example",
    "karin": "karin.lind@nordhamn.example",
    "maria": "maria.holm@nordhamn.example",
    "priya": "priya.raman@nordhamn.example",
}
_DONE = {"say", "press", "submit", "value", "values", "now", "as"}


@pytest.fixture(autouse=True)
def _everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every answer in both languages, as each channel shows it."""
    answer = Conversation.answer

    async def looked_at(self: Conversation, *given: Any) -> Answer:
        told = await answer(self, *given)
        same_everywhere(told.reply, "sv")
        same_everywhere(told.reply, "en")
        return told

    monkeypatch.setattr(Conversation, "answer", looked_at)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
async def test_dialogue(chat: JsonChat, path: Path) -> None:
    """Every turn of one conversation holds what its file says."""
    story = _read(path)
    talk = Dialogue(chat, _EVERYBODY[story["as"]], story.get("lang"))
    for number, turn in enumerate(story["turns"], 1):
        answer = await _taken(talk, turn, story["as"])
        place = f"{path.stem}, turn {number} ({turn})\n{text(answer)}\n{answer['draft']}"
        for what, wanted in turn.items():
            if what not in _DONE:
                assert _CHECKS[what](answer, wanted), f"{what}: {place}"


def test_there_are_thirty_of_five_to_eight_turns_in_both_languages() -> None:
    stories = [_read(path) for path in _FILES]
    assert len(stories) >= 30
    assert all(5 <= len(story["turns"]) <= 8 for story in stories)
    assert len([path for path in _FILES if path.stem.endswith("_en")]) >= 10


def _read(path: Path) -> dict[str, Any]:
    story: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return story


async def _taken(talk: Dialogue, turn: dict[str, Any], usual: str) -> dict[str, Any]:
    talk.email = _EVERYBODY[turn.get("as", usual)]
    if "now" in turn:
        return await talk.move_to(turn["now"])
    if "press" in turn:
        return await talk.press(turn["press"], turn.get("value"))
    if "submit" in turn:
        return await talk.submit(turn["submit"], turn.get("value", ""), **turn["values"])
    return await talk.say(turn["say"])


def _action(answer: dict[str, Any], wanted: str) -> bool:
    return bool(answer["replies"][0]["action"] == wanted)


def _lang(answer: dict[str, Any], wanted: str) -> bool:
    return bool(answer["replies"][0]["lang"] == wanted)


def _says(answer: dict[str, Any], wanted: list[str]) -> bool:
    return all(words.casefold() in text(answer).casefold() for words in wanted)


def _says_not(answer: dict[str, Any], unwanted: list[str]) -> bool:
    return not any(words.casefold() in text(answer).casefold() for words in unwanted)


def _draft(answer: dict[str, Any], wanted: dict[str, Any] | None) -> bool:
    draft = answer["draft"]
    if wanted is None or draft is None:
        return draft is wanted
    filled = {name: draft["filled"].get(name) for name in wanted.get("filled", {})}
    rest = {key: draft[key] for key in wanted if key != "filled"}
    return {"filled": filled, **rest} == {"filled": {}, **wanted}


def _effects(answer: dict[str, Any], wanted: list[str]) -> bool:
    written = {effect["table"] for effect in answer["effects"]}
    return set(wanted) <= written if wanted else not written


def _buttons(answer: dict[str, Any], wanted: list[str]) -> bool:
    return set(wanted) <= {button["press"] for button in buttons(answer)}


def _every_fact(answer: dict[str, Any], wanted: dict[str, str]) -> bool:
    shown = [facts(card) for card in cards(answer)]
    return all(fact.get(label) == value for fact in shown for label, value in wanted.items())


def _fact_among(answer: dict[str, Any], wanted: dict[str, list[str]]) -> bool:
    shown = [facts(card) for card in cards(answer)]
    among = all(fact.get(label) in values for fact in shown for label, values in wanted.items())
    return among and bool(shown)


def _sorted_titles(answer: dict[str, Any], wanted: bool) -> bool:  # noqa: FBT001 (a file's word)
    titles = [fold(card["title"]) for card in cards(answer)]
    return (titles == sorted(titles)) is wanted and bool(titles)


_CHECKS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "action": _action,
    "buttons": _buttons,
    "cards": lambda answer, wanted: len(cards(answer)) == wanted,
    "draft": _draft,
    "effects": _effects,
    "every_fact": _every_fact,
    "fact_among": _fact_among,
    "lang": _lang,
    "not": _says_not,
    "says": _says,
    "some_cards": lambda answer, wanted: bool(cards(answer)) is wanted,
    "sorted_titles": _sorted_titles,
}
