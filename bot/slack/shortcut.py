"""The shortcut on a message, "Remind me": what it keeps of the message is a link and few words."""

import re
from collections.abc import Mapping
from typing import Any

from bot.cutting import shortened
from bot.message_links import divided
from bot.slack.markup import Json
from nlu.masking import has_personnummer

REMIND = "remind_me"
PRESS = "reminder.mine"  # begins a reminder whose task is the value
_WORDS = 60
# What Slack calls conversations that not everybody may read, instead of their names.
_CLOSED = ("directmessage", "privategroup", "mpdm-")
_DOMAIN = re.compile(r"[a-z0-9-]+")


def task_of(body: Mapping[str, Any], words: str) -> str:
    """Return what to be reminded of: a few words, in open channels only, and the link.

    words: the message as it was typed. Without them the channel's name stands, or "Slack".
    """
    return f"{_label(body.get('channel') or {}, ' '.join(words.split()))} {link_of(body)}"


def link_of(body: Mapping[str, Any]) -> str:
    """Return the message's address, built from what came: to ask Slack for it costs the trigger."""
    domain = str((body.get("team") or {}).get("domain") or "")
    host = f"{domain}.slack.com" if _DOMAIN.fullmatch(domain) else "slack.com"
    at = str(body.get("message_ts") or (body.get("message") or {}).get("ts") or "")
    channel = (body.get("channel") or {}).get("id", "")
    return f"https://{host}/archives/{channel}/p{at.replace('.', '')}"


def linked(text: str) -> Json | None:
    """Return text with links to messages as rich text, or None where it has none.

    Only links of that shape are made clickable; every other word stays a word.
    """
    pieces = list(divided(text))
    if not any(is_link for _piece, is_link in pieces):
        return None
    parts = [
        {"type": "link", "url": piece} if is_link else {"type": "text", "text": piece}
        for piece, is_link in pieces
    ]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": parts}],
    }


def _label(channel: Mapping[str, Any], words: str) -> str:
    name = str(channel.get("name") or "")
    if not name or name.startswith(_CLOSED) or not str(channel.get("id", "")).startswith("C"):
        return "Slack:"
    if not words or has_personnummer(words):
        return "Slack:" if has_personnummer(name) else f"#{name}:"
    return shortened(words, _WORDS)
