"""One way to compare names: as a person in a hurry types them."""

import re
import unicodedata

_SPACES = re.compile(r"[\s\-_/.,'’]+")


def fold(text: str) -> str:
    """Return text without case, accents, å/ä/ö and punctuation, words parted by one blank.

    "Handelshögskolan" and "handelshogskolan" fold alike; so do "Ann-Marie" and "ann marie".
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip()
