"""Long text cut to what a channel takes."""


def shortened(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, an ellipsis telling that it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def portions(text: str, limit: int) -> list[str]:
    """Return text cut into parts of at most `limit` characters, at a line or a word if it can."""
    parts = []
    while len(text) > limit:
        cut = max(text.rfind("\n", 0, limit), text.rfind(" ", 0, limit))
        cut = cut if cut > limit // 2 else limit
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [part for part in (*parts, text) if part.strip()]
