"""What a message tells of a reminder: its task, its time, and the words that begin one."""

import re

from actions.request import Request
from actions.set_reminder.receiving import heard_who, who_span
from actions.set_reminder.timing import hangs
from nlu.times import find
from nlu.understanding import without

_LEAD = re.compile(
    r"""^(?:(?:hej|hallå|hello|hi|please|snälla|kan\sdu|can\syou|could\syou)[\s,!.]*)*
    (?:påminna?|paminna?|påmin|remind|säg\still|sag\still|ping|pinga|tell)\s+(?:mig|mej|me)\b|
    ^(?:kom\sihåg|remember|glöm\sinte|don't\sforget|dont\sforget|don't\slet\sme\sforget)\b""",
    re.IGNORECASE | re.VERBOSE,
)
OPENS = re.compile(
    rf"(?:{_LEAD.pattern})|^(?:(?:hej|hi|please|snälla|kan\sdu|can\syou)[\s,!.]*)*"
    r"(?:påminna?|paminna?|remind)\s+",
    re.IGNORECASE | re.VERBOSE,
)
_TO_DO = re.compile(r"\b(?:att|to|om)\s+(.+)$", re.IGNORECASE)
_ONLY_AGAIN = {"igen", "again", "om det igen", "det igen", "of it again", "about it again"}
_LINK = re.compile(r"^[\s,.:–-]*(?:om\satt|om|att|to|about|that|of|då|when)\b[\s:]*", re.IGNORECASE)


def heard_task(request: Request) -> str | None:
    """Return the words that tell what to remind of."""
    found = _task_in(request)
    return None if found is not None and found.lower() in _ONLY_AGAIN else found


def _task_in(request: Request) -> str | None:
    when = request.understanding.when if request.understanding else None
    if hangs(request):
        said = _TO_DO.search(request.text)
        return said.group(1).strip(" ,.!?:") if said else None
    marked, told_who = request.said("task"), heard_who(request)
    # Sometimes those who are to be reminded were taken for the task.
    if marked and not (told_who and marked[0] in told_who):
        return _LINK.sub("", marked[0]) or None
    lead, who = _LEAD.search(request.text), who_span(request)
    if lead is None and who is None:
        return None
    rest = request.text
    spans = when.spans if when else ()
    told = (0, who[1]) if who is not None else lead.span() if lead is not None else (0, 0)
    for start, end in sorted((*spans, told), reverse=True):
        rest = rest[:start] + " " + rest[end:]
    rest = _LINK.sub("", re.sub(r"^\s*(?:på|on|den|i|the|in)\s*(?=\s|$)", "", rest.strip()))
    return rest.strip(" ,.!?:") or None


def heard_when(request: Request) -> str | None:
    """Return the words that tell when."""
    understood = request.understanding
    if understood is None or understood.when is None:
        return None
    outside = without(request.text, [e for e in understood.entities if e.entity == "task"])
    # Sometimes the whole sentence was taken for the task; its time still counts.
    found = find(outside, request.now, tz=request.actor.zone)
    return request.text if found.kind == "none" else outside


def without_time(request: Request) -> str:
    """Return what is left of a message once its times and "remind me to" are taken out."""
    when = request.understanding.when if request.understanding else None
    text = request.text
    for start, end in sorted(when.spans if when else (), reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return bare_task(text)


def bare_task(text: str) -> str:
    """Return words without the "remind me to" before them."""
    text = " ".join(text.split())
    lead = _LEAD.search(text)
    return _LINK.sub("", text[lead.end() :]) if lead else text
