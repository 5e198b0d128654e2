"""Slack's text objects as HTML, so that the gallery can draw what Slack would show."""

import re
from typing import Any

from markupsafe import Markup, escape

_LINK = re.compile(r"&lt;((?:https?|mailto):[^|&]+(?:&amp;[^|&]+)*)(?:\|([^&]*(?:&amp;[^&]*)*))?&gt;")
# A mark stands at the edge of a word, as Slack reads it.
_MARKS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "b"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "i"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
    (re.compile(r"`([^`\n]+)`"), "code"),
)
_STYLES = {"bold": "b", "italic": "i", "strike": "s", "code": "code"}


def slack_text(text: Any) -> Markup:
    """Return a Slack text object, plain or mrkdwn, as safe HTML. A link is shown, not followed."""
    if isinstance(text, str):
        return escape(text)
    if text.get("type") != "mrkdwn":
        return escape(text.get("text", ""))
    # Slack's own three escapes are undone first, so that HTML's stand once.
    said = text["text"].replace("&lt;", "\ue000").replace("&gt;", "\ue001")
    html = str(escape(said.replace("&amp;", "&")))
    html = _LINK.sub(lambda m: f"<u>{m.group(2) or m.group(1)}</u>", html)
    for pattern, tag in _MARKS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return Markup(html.replace("\ue000", "&lt;").replace("\ue001", "&gt;"))  # noqa: S704 (escaped)


def rich_text(element: dict[str, Any]) -> Markup:
    """Return a rich text element, with everything in it, as safe HTML."""
    kind = element.get("type")
    if kind in {"text", "link", "emoji", "user", "date"}:
        return _styled(element)
    inner = Markup("").join(rich_text(part) for part in element.get("elements", ()))
    if kind == "rich_text_list":
        items = (Markup("<li>{}</li>").format(rich_text(p)) for p in element["elements"])
        return Markup("<ul>{}</ul>").format(Markup("").join(items))
    if kind in {"rich_text_quote", "rich_text_preformatted"}:
        return Markup("<blockquote>{}</blockquote>").format(inner)
    return Markup("<span>{}</span>").format(inner)


def _styled(element: dict[str, Any]) -> Markup:
    words = element.get("text") or element.get("url") or element.get("name") or ""
    html = escape(words)
    for style, tag in _STYLES.items():
        if (element.get("style") or {}).get(style):
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 (our own tags)
    return html
