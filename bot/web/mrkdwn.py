"""Slack's text objects as HTML, so that the gallery can draw what Slack would show."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

# Both stand for what Slack's own escapes meant while the rest is read as markup.
_LESS, _MORE = "\ue000", "\ue001"
_LINK = re.compile(r"&lt;((?:https?|mailto):[^|]*?)(?:\|(.*?))?&gt;")
# A mark stands at the edge of a word, as Slack reads it.
_MARKS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), r"<s>\1</s>"),
    (re.compile(r"`([^`\n]+)`"), r"<code>\1</code>"),
)


def slack_text(text: Mapping[str, Any]) -> Markup:
    """Return a text object, plain or mrkdwn, as safe HTML; a link is shown, never followed."""
    said = str(text.get("text", ""))
    if text.get("type") != "mrkdwn":
        return escape(said)
    said = said.replace("&lt;", _LESS).replace("&gt;", _MORE).replace("&amp;", "&")
    html = _LINK.sub(lambda m: f"<u>{m.group(2) or m.group(1)}</u>", str(escape(said)))
    for pattern, drawn in _MARKS:
        html = pattern.sub(drawn, html)
    html = html.replace(_LESS, "&lt;").replace(_MORE, "&gt;")
    return Markup(html)  # noqa: S704 (escaped above; only our own tags were added)
