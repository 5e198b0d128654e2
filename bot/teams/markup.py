"""Texts of an Adaptive Card, made so that nobody's words can become markup or a link.

A TextRun knows no markdown in any client, so words stand in those. Headings and FactSets read
markdown: they are used only where nothing in the words could be read as such.
"""

import json
import re
from typing import Any

from bot.cutting import portions
from bot.message_links import divided

Json = dict[str, Any]

PORTION = 1_500  # characters of one text; each may take twelve bytes in JSON
# Whatever a client's markdown, or the functions of a card's text, may read.
_MARKUP = re.compile(
    r"[*_~`<>|#\\\[\]]|&[#\w]+;|\{\{|\$\{|://|www\.|@\w+\.|\n|\A\s*(?:[-+•]|\d+[.)])(?:\s|\Z)",
    re.IGNORECASE,
)
_READ = re.compile(r"([\\`*_{}\[\]<>#~|&])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#~|&])")


def harmless(text: str) -> bool:
    """Whether a client shows a text word for word even where it reads markdown."""
    return bool(text.strip()) and not _MARKUP.search(text)


def lines(text: str, **look: Any) -> list[Json]:
    """Return running text, a block for each line: clients disagree on what a line break does."""
    drawn: list[Json] = []
    gap = False
    for line in text.strip().splitlines():
        if not line.strip():
            gap = True
            continue
        for part in portions(line.strip(), PORTION):
            block = words(part, **look)
            if drawn:
                block["spacing"] = "medium" if gap else "none"
            drawn.append(block)
            gap = False
    return drawn


def words(text: str, **look: Any) -> Json:
    """Return one line of words; look: properties of the run, as weight, color and isSubtle.

    Addresses of messages in Slack, and nothing else, can be followed.
    """
    inlines = [_link(part) if is_link else run(part, **look) for part, is_link in divided(text)]
    return {"type": "RichTextBlock", "inlines": inlines or [run("")]}


def run(text: str, **look: Any) -> Json:
    """Return words inside a line; an empty run is refused, so that becomes a dash."""
    return {"type": "TextRun", "text": text or "–", **look}


def _link(url: str) -> Json:
    return run(url, color="accent", selectAction={"type": "Action.OpenUrl", "url": url})


def heading(text: str) -> list[Json]:
    """Return a title: a heading for screen readers where its words allow, else bold words."""
    if not harmless(text) or len(text) > PORTION:
        return lines(text, weight="bolder")
    return [
        {
            "type": "TextBlock",
            "text": text.strip(),
            "wrap": True,
            "weight": "bolder",
            "style": "heading",
        }
    ]


def escaped(text: str) -> str:
    """Return text for what knows no plain kind: every mark of markdown is escaped."""
    return _READ.sub(r"\\\1", text)


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return _ESCAPED.sub(r"\1", text)


def size(value: Any) -> int:
    """Return the bytes of JSON, at most: every letter beyond ASCII escaped."""
    return len(json.dumps(value, separators=(",", ":")))
