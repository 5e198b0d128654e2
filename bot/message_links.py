"""Addresses of Slack messages inside text: the only words that a channel makes clickable."""

import re
from collections.abc import Iterator

_LINK = re.compile(r"https://(?:[a-z0-9-]+\.)?slack\.com/archives/[A-Z0-9]+/p\d{16}\b")


def divided(text: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, in order, each with whether it is the address of a message."""
    end = 0
    for found in _LINK.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], False
        yield found.group(), True
        end = found.end()
    if end < len(text):
        yield text[end:], False
