"""What a message says beside what was understood: hours of an impossible day, a new name."""

import re
from datetime import time

from actions.changing import hours_said
from actions.request import Request
from nlu.times import find

_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NAMED = re.compile(
    r"\b(?:lägga?\s+(?:in|till)|registrera|boka(?:\s+in)?|add|register|book)\s+"
    r"(?P<name>\S[^,.;:!?\d]{0,80}?)\s+(?:som|as)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset("af av da de del den der di dos du la le ten van von zu".split())
_LONGEST_NAME = 6  # words
_OF_A_NAME = range(2, 4)  # words
_LECTURER = re.compile(
    r"\s+(?:a |an |en |vår |my |our )?(?:gäst|före|talare|guest|lectur|speak)", re.IGNORECASE
)
_NO_NAMES = frozenset(
    """en ett min mitt vår vårt ny nya nytt någon nån honom henne hen denna den en annan samma
    a an my our new some him her them this that another the same""".split()
)


def hours_beside(raw: str, request: Request) -> tuple[time, time | None] | None:
    """Return the hours said with a day that does not exist: "30 februari 13–15" → 13 and 15."""
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    for start, end in when.spans or ((0, len(raw)),):
        words = raw[start:end].split()
        for n in range(1, len(words)):
            rest = " ".join(words[n:])
            hours = None if _YEAR.match(rest) else hours_said(rest, request)
            if hours is not None:
                return hours
    return None


def named_in_order(request: Request) -> str | None:
    """Return the words between "lägg in" and "som": a name that nobody knows yet.

    They are capitalised, or two or three before "gästföreläsare", as a phone writes them. What is
    known to be something else, a unit or a company, is no person.
    """
    found = _NAMED.search(request.text)
    words = found.group("name").split() if found else []
    if found is None or not words or len(words) > _LONGEST_NAME:
        return None
    name = " ".join(words)
    marked = request.understanding.marked if request.understanding else ()
    kinds = {entity.entity for entity in marked if entity.value == name}
    if name.islower() and _LECTURER.match(request.text[found.end() :]):
        alike = len(words) in _OF_A_NAME and not _NO_NAMES & {*words}
        return _in_capitals(name) if alike and kinds <= {"field"} else None
    capitals = [word for word in words if word.casefold() not in _PARTICLES]
    if not capitals or not all(word[0].isupper() for word in capitals):
        return None
    return None if kinds else name


def _in_capitals(name: str) -> str:
    """Return a name that was written without capitals as names are written."""
    return " ".join(w if w in _PARTICLES else w.title() for w in name.split())
