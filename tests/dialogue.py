"""Talk with the bot in a test, as a person would, through the command line's contract."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.terminal.json_lines import JsonChat

KARIN = "karin.lind@nordhamn.example"  # central unit
ALMA = "alma.berg@nordhamn.example"  # coordinator at Handels
JOHAN = "johan.ek@nordhamn.example"  # lecturer at Handels
MARIA = "maria.holm@nordhamn.example"  # dean: management


@dataclass
class Dialogue:
    """One person's talk; every answer is kept."""

    chat: JsonChat
    email: str = JOHAN
    lang: str | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)

    async def _send(self, **line: Any) -> dict[str, Any]:
        line = {"as": self.email, **({"lang": self.lang} if self.lang else {}), **line}
        answer: dict[str, Any] = json.loads(await self.chat.line(json.dumps(line)))
        assert "error" not in answer, answer
        self.answers.append(answer)
        return answer

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        return await self._send(say=text, **more)

    async def press(self, press: str, value: str | None = None) -> dict[str, Any]:
        """Press a button that was shown; without a value the newest with this id."""
        if value is None:
            shown = [b for a in self.answers for b in buttons(a) if b["press"] == press]
            assert shown, f"{press} was never shown"
            value = shown[-1]["value"]
        return await self._send(press=press, value=value)

    async def submit(self, submit: str, value: str = "", **values: str) -> dict[str, Any]:
        return await self._send(submit=submit, value=value, values=values)

    async def move_to(self, moment: str) -> dict[str, Any]:
        return await self._send(now=moment)


def text(answer: dict[str, Any]) -> str:
    """Return every word of an answer."""
    return "\n".join(reply["text"] for reply in answer["replies"])


def elements(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [e for reply in answer["replies"] for e in reply["elements"] if e["type"] == kind]


def cards(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return elements(answer, "card")


def buttons(answer: dict[str, Any]) -> list[dict[str, Any]]:
    loose = elements(answer, "button")
    return loose + [button for card in cards(answer) for button in card["buttons"]]


def facts(card: dict[str, Any]) -> dict[str, str]:
    return {fact["label"]: fact["value"] for fact in card["facts"]}
