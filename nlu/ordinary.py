"""The words that are ordinary in what staff write, told from names by how they are written."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

_SENTENCES = Path(__file__).parent / "server" / "data"
_EXAMPLE = re.compile(r"^ +- (.+)$", re.MULTILINE)
# In these anybody may be named, and nothing inside them is marked.
_MAY_NAME = re.compile(r"\[[^\]]*\]\((?:person|task|audience)\)")
_MARK = re.compile(r"\[([^\]]*)\]\(\w+\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SEEN = 4
_MOSTLY = 4


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words that the training sentences use without a capital, in lower case.

    A word that stands with a capital inside a sentence too, one time in four or more, may be
    somebody's name and is left out. Without the training sentences there are none.
    """
    small, capital = Counter[str](), Counter[str]()
    for path in sorted(_SENTENCES.glob("*/*.yml")):
        for (line,) in map(re.Match.groups, _EXAMPLE.finditer(path.read_text("utf-8"))):
            plain = _MARK.sub(r"\1", _MAY_NAME.sub("·", line))
            for match in _WORD.finditer(plain):
                word = match[0]
                if word.islower():
                    small[word] += 1
                elif match.start() and not word.isupper():
                    capital[word.lower()] += 1
    return frozenset(w for w, n in small.items() if n >= _SEEN and n > _MOSTLY * capital[w])
