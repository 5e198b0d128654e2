"""Slack's text objects, made so that nobody's words can become markup, a link or a mention.

What a person or the database wrote is plain text. Bold needs mrkdwn, which is used only where
nothing in the words could be read as markup; else the same words stand plain.
"""

import re
from typing import Any

from bot import cutting
from bot.cutting import shortened

Json = dict[str, Any]

SECTION_TEXT = 3_000
FIELD_TEXT = 2_000
# Whatever mrkdwn reads: formatting, entities, mentions, channels, quotes, emoji codes, addresses.
# An address ("x@y.se") is none of it: it names nobody in the workspace.
_MARKUP = re.compile(r"[*_~`<>&|#\\]|(?<!\w)@|:[\w+'-]+:|://|www\.", re.IGNORECASE)


def plain(text: str, limit: int = SECTION_TEXT) -> Json:
    """Return a plain_text object; Slack refuses an empty one, so that becomes a dash."""
    return {"type": "plain_text", "text": shortened(text, limit).strip() or "–", "emoji": False}


def prose(text: str) -> Json:
    """Return running text; only mrkdwn keeps its lines apart in every client."""
    if _MARKUP.search(text) or not text.strip() or len(text) > SECTION_TEXT:
        return plain(text)
    return {"type": "mrkdwn", "text": text.strip(), "verbatim": True}


def titled(title: str, rest: str = "") -> Json:
    """Return a bold title over the rest, or both plain where the words could be markup."""
    title, rest = title.strip(), rest.strip()
    whole = "\n".join(part for part in (title, rest) if part)
    bold = f"*{title}*\n{rest}".strip()
    if not title or "\n" in title or _MARKUP.search(whole) or len(bold) > SECTION_TEXT:
        return plain(whole)
    return {"type": "mrkdwn", "text": bold, "verbatim": True}


def labelled(label: str, value: str) -> Json:
    """Return a field of at most 2,000 characters: a bold label over its value."""
    return titled(label, value or "–")


def escaped(text: str) -> str:
    """Return text for the `text` of a message, which knows no plain kind: entities only."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def portions(text: str) -> list[str]:
    """Return text cut into what sections take."""
    return cutting.portions(text, SECTION_TEXT)
