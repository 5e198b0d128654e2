"""What can be wrong with a file, a row or a cell, in words for the person who made it."""


class BadFile(Exception):
    """The file as a whole cannot be read; nothing was imported."""


class BadRow(Exception):
    """One row cannot be imported; the message is the reason, in plain words."""


def quoted(text: str) -> str:
    """Return a cell's words for use in a reason, cut where they would fill the line."""
    longest = 40
    return f"“{text}”" if len(text) <= longest else f"“{text[:longest]}…”"
