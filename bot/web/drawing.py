"""Conversation lines and replies as the templates draw them: plain values, already in words."""

import base64
from typing import Any
from zoneinfo import ZoneInfo

from actions.reply import Reply
from bot.contract import element_json
from bot.translation import Locale, number, render
from bot.web.history import Entry

# Loose facts and buttons that follow each other are drawn together.
_TOGETHER = {"fact": "facts", "button": "buttons"}


def drawn(entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    """Return one line of a conversation; zone: whose wall clock its time is told by."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "lang": entry.locale,
        "at": entry.at.astimezone(zone),
        "text": render(entry.text, entry.locale),
        "groups": drawn_elements(entry.reply, entry.locale) if entry.reply else [],
    }


def drawn_elements(reply: Reply, locale: Locale) -> list[dict[str, Any]]:
    """Return a reply's elements, with facts and buttons that stand side by side as one group."""
    groups: list[dict[str, Any]] = []
    for element in reply.elements:
        value = element_json(element, locale)
        together = _TOGETHER.get(value["type"])
        if together is None:
            groups.append(_finished(value, locale))
        elif groups and groups[-1]["type"] == together:
            groups[-1][together].append(value)
        else:
            groups.append({"type": together, together: [value]})
    return groups


def _finished(value: dict[str, Any], locale: Locale) -> dict[str, Any]:
    if value["type"] == "chart":
        return _with_bars(value, locale)
    return _with_address(value) if value["type"] == "file" else value


def _with_address(file: dict[str, Any]) -> dict[str, Any]:
    """Return a file with the address that holds it: nothing is left to ask for, nor kept."""
    content = base64.b64encode(file["content"].encode()).decode()
    return {**file, "address": f"data:{file['media_type'].replace(' ', '')};base64,{content}"}


def _with_bars(chart: dict[str, Any], locale: Locale) -> dict[str, Any]:
    longest = max((abs(row["value"]) for row in chart["series"]), default=0) or 1
    bars = [
        {
            "label": row["label"],
            "number": number(row["value"], locale),
            "percent": round(100 * abs(row["value"]) / longest, 1),
        }
        for row in chart["series"]
    ]
    return {**chart, "bars": bars}
