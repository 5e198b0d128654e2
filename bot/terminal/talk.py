"""`spindel chat` for people: type, press buttons by number, fill forms line by line."""

import asyncio
import json
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.terminal.json_lines import JsonChat
from bot.translation import Locale, number

_HELP = (
    "Type a message, a button's number to press it, /as EMAIL to be somebody else, "
    "/now 2027-03-15T08:00+01:00 to move the time forward, /quit to leave."
)


class Talk:
    """A conversation on a terminal, over the same lines that programs use."""

    def __init__(self, lines: JsonChat, console: Console) -> None:
        self.lines = lines
        self.console = console
        self._offered: list[dict[str, Any]] = []

    async def turn(self, said: str) -> None:
        """Answer one line that was typed."""
        if said.startswith("/as "):
            self.lines.as_ = said.removeprefix("/as ").strip()
            self.console.print(f"You are {self.lines.as_}.", markup=False)
            return
        if said.startswith("/now "):
            await self._send({"now": said.removeprefix("/now ").strip()})
            return
        if said.isdigit() and 0 < int(said) <= len(self._offered):
            await self._chosen(self._offered[int(said) - 1])
            return
        await self._send({"say": said})

    async def _chosen(self, element: dict[str, Any]) -> None:
        if element["type"] != "form":
            await self._send({"press": element["press"], "value": element["value"]})
            return
        values = {}
        for field in element["fields"]:
            values[field["name"]] = await asyncio.to_thread(self._ask, field)
        await self._send({"submit": element["submit"], "value": element["value"], "values": values})

    def _ask(self, field: dict[str, Any]) -> str:
        if field["error"]:
            self.console.print(field["error"], style="red", markup=False)
        if 0 < len(field["options"]) <= 12:  # noqa: PLR2004 (a list that still fits a screen)
            choices = ", ".join(f"{o['value']} = {o['label']}" for o in field["options"])
            self.console.print(choices, style="dim", markup=False)
        now = f" [{field['value']}]" if field["value"] else ""
        typed = self.console.input(Text(f"  {field['label']}{now}: "))
        return typed.strip() or field["value"]

    async def _send(self, line: dict[str, Any]) -> None:
        answer = json.loads(await self.lines.line(json.dumps(line)))
        if "error" in answer:
            self.console.print(answer["error"]["text"], style="red", markup=False)
            return
        for reply in answer["replies"]:
            self._show(reply)

    def _show(self, reply: dict[str, Any]) -> None:
        if reply["cause"] != "answer":
            self.console.rule(f"to {reply['to']['email']}", style="yellow")
        self.console.print(_head(reply) if reply["elements"] else reply["text"], markup=False)
        self._offered = []
        for element in reply["elements"]:
            self._element(element, reply["lang"])

    def _element(self, element: dict[str, Any], lang: Locale) -> None:
        match element["type"]:
            case "text":
                self.console.print(element["text"], markup=False)
            case "fact":
                self.console.print(f"{element['label']}: {element['value']}", markup=False)
            case "card":
                self._card(element)
            case "table":
                self._table(element)
            case "chart":
                self.console.print(element["title"], style="bold", markup=False)
                for bar in element["series"]:
                    self.console.print(
                        f"{bar['label']}: {number(bar['value'], lang)}", markup=False
                    )
            case "file":
                head = f"{element['name']}: {element['description']}"
                self.console.print(head, style="bold", markup=False)
                self.console.print(element["content"].removeprefix("\ufeff"), markup=False)
            case _:
                self._offer(element, element.get("label") or element["title"])

    def _card(self, card: dict[str, Any]) -> None:
        facts = "\n".join(f"{f['label']}: {f['value']}" for f in card["facts"])
        body = "\n".join(part for part in (card["subtitle"], facts) if part)
        self.console.print(Panel(Text(body), title=Text(card["title"]), title_align="left"))
        for button in card["buttons"]:
            self._offer({"type": "button", **button}, button["label"])

    def _table(self, table: dict[str, Any]) -> None:
        drawn = Table()
        for column in table["columns"]:
            drawn.add_column(Text(column))
        for row in table["rows"]:
            drawn.add_row(*(Text(cell) for cell in row))
        self.console.print(drawn)

    def _offer(self, element: dict[str, Any], label: str) -> None:
        self._offered.append(element)
        self.console.print(f"  {len(self._offered)}. {label}", style="cyan", markup=False)


def _head(reply: dict[str, Any]) -> str:
    """Return the first text of a reply: its plain text without the lines of its elements."""
    first = reply["elements"][0]
    start = {
        "text": first.get("text"),
        "fact": f"{first.get('label')}: {first.get('value')}",
        "file": f"{first.get('name')}: {first.get('description')}",
        "button": f"[{first.get('label')}]",
    }.get(first["type"], first.get("title") or " | ".join(first.get("columns", [])))
    text: str = reply["text"]
    return text.split(f"\n{start}", 1)[0]


async def talk(lines: JsonChat) -> None:
    """Talk until /quit or the end of the input."""
    console = Console()
    if lines.as_ is None:
        lines.as_ = console.input("Your e-mail (docs/demo.md lists the demo's people): ").strip()
    console.print(_HELP, style="dim", markup=False)
    conversation = Talk(lines, console)
    while True:
        try:
            said = (await asyncio.to_thread(console.input, Text("> "))).strip()
        except EOFError:
            return
        if said == "/quit":
            return
        if said:
            await conversation.turn(said)
