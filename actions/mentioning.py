"""How a name stands in a message: asked for, mentioned in passing, or in a place of its own."""

import re
from collections.abc import Iterable

from actions.request import Request
from storage.folding import fold

# "Jag undervisar på …", "vi på …", "mina kollegor på …": hers, and not what she looks for.
_HERS = re.compile(
    r"\b(?:jag|vi|i|we|i'm|we're)\s+(?:(?!mentor|alumn|handled|föreläs|supervis|lectur|expert)"
    r"[\wåäö']+\s+){0,3}?(?:på|vid|i|från|hos|at|in|on|from)\s+(?:the\s+)?$|"
    r"\b(?:min|mitt|mina|vår|vårt|våra|my|our)\s+"
    r"(?:(?!student|elev|mentor|alumn)[\wåäö]+\s+){0,3}?(?:på|vid|i|at|in|on|of)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
# "till en student på …": perhaps a wish, perhaps only told.
_STUDENTS = re.compile(
    r"\b(?:student\w*|studerande|elev\w*|klass\w*|kurs\w*|class)\s+(?:[\wåäö]+\s+){0,2}?"
    r"(?:på|vid|i|från|at|in|on|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:inom|kring|om|i|in|ämnet|området|within|about|field of)\s+$", re.IGNORECASE
)
# "In drone logistics", of which only "logistics" was marked.
_HALF = re.compile(
    r"\b(?:[Ii]nom|[Kk]ring|[Ww]ithin|[Ii]n|[Aa]bout)\s+(?P<first>[a-zåäöé]{3,})\s+$"
)
_NO_FIRST = frozenset(
    """min mitt mina vår vårt våra deras den det alla hela något någon några olika själva ämnet
    området fältet the our their his her any all some both either also det här svenska engelska
    even only bara till och eller and med with för for som who that av""".split()
)
# Where a filter is expected: behind these stands a field, a place, a unit or an employer.
_CUES = re.compile(
    r"\b(?:inom|kring|within)\s+(?:the\s+)?(?P<field>.+)|"
    r"\b(?:mentor\w*|handled\w*|föreläs\w*|gästföreläs\w*|supervis\w*|lectur\w*|expert\w*|speak\w*)"
    r"\s+(?:i|om|in|on|about)\s+(?:the\s+)?(?P<after>.+)|"
    r"\b(?:på|i|från|hos|vid|at|in|from)\s+(?:the\s+)?(?P<name>[A-ZÅÄÖ].+)"
)
_ENDS = re.compile(
    r"[,.;:!?]|\s+(?:i|in|på|at|från|from|som|who|that|och|and|eller|or|för|for|till|to|med|with|"
    r"hos|vid|den|under|this|next|nu|idag|då|then|tack|please)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    """min mitt mina var vart vara det den de dem dom en ett nagon nagot nagra allt alla hela
    my our your the this that it them all any some general engelska svenska english swedish
    universitetet university listan plats tid varen hosten ar host sommar alumner alumni mentorer
    sverige sweden detta denna samma vilket what which person""".split()
)


def hers(request: Request, words: str) -> bool:
    """Whether a name is told as the asker's own: "vi på odontologen"."""
    return _HERS.search(_before(request, words)) is not None


def told_of_students(request: Request, words: str) -> bool:
    """Whether a name tells of the students that somebody is sought for."""
    return _STUDENTS.search(_before(request, words)) is not None


def told_as_field(request: Request, words: str) -> bool:
    """Whether a name stands where a field does: "inom finans"."""
    return _ABOUT.search(_before(request, words)) is not None


def half_heard(request: Request, words: str) -> str | None:
    """Return the longer phrase of which a field's name is only the end: "drone logistics"."""
    before = _before(request, words)
    found = _HALF.search(before) if words.islower() else None
    if found is None or found.group("first") in _NO_FIRST:
        return None
    start = found.start("first")
    taken = any(e.start < len(before) and start < e.end for e in request.marked)
    return None if taken else f"{found.group('first')} {words}"


def whole_name(request: Request, words: str) -> str:
    """Return an unknown name with the rest of it: "School" of "School of Wizardry"."""
    rest = request.text[len(_before(request, words)) + len(words) :]
    more = re.match(r"(?:\s+(?:of|for|för)\s+[A-ZÅÄÖ]\w+)+", rest)
    return words + (more.group() if more else "")


def unplaced(request: Request) -> Iterable[str]:
    """Yield what stands where a filter is expected but was understood as nothing."""
    understood = request.understanding
    if understood is None:
        return
    text = request.text
    when = understood.when.spans if understood.when else ()
    taken = [*((e.start, e.end) for e in request.marked), *when]
    for found in _CUES.finditer(text):
        start = found.start(found.lastgroup or 0)
        words = _ENDS.split(text[start:], maxsplit=1)[0].strip()
        end = start + len(words)
        first = fold(words).split(maxsplit=1)[:1]
        if not words or first[0] in _NO_NAME or any(s < end and start < e for s, e in taken):
            continue
        yield words


def _before(request: Request, words: str) -> str:
    start = next((e.start for e in request.marked if e.value == words), None)
    return request.text[: request.text.find(words) if start is None else start]
