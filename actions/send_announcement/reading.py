"""Read an announcement's text, time and the rest from what was said or filled in."""

import re
from datetime import date, datetime

from actions.drafting import Filled, Unread
from actions.moments import read_date, read_moment
from actions.request import Request
from actions.words import _
from nlu.times import find
from storage import Session

OPENS = re.compile(
    r"^(?:nytt utskick|skicka till (?:alla|samtliga|koordinator)|meddela (?:alla|nätverket)|"
    r"new announcement|(?:send|announce) to (?:all|every))",
    re.IGNORECASE,
)
_LONGEST = 3_000
CONTENT = re.compile(
    r":(?!\d{2}\b)\s*(.{2,})$|\b(?:om att|med att|att|that|know)\s+(.{8,})$",
    re.IGNORECASE | re.DOTALL,
)
# "skicka det på torsdag kl 9": when, and neither to whom nor a yes.
SAID_WHEN = re.compile(
    r"^\s*(?:(?:nej|ja|och|no|yes|and|please)\b[\s,]*)*(?:skicka|schemalägg|send|schedule)\b"
    r"(?:\s+(?:det|den|ut|iväg|utskicket|meddelandet|it|this|out|off|the|announcement|message))*\s+"
    r"(?!(?:till|to|nu|now|genast|direkt|tack|please)\b)([^:\n]{2,60}?)[\s.!]*$",
    re.IGNORECASE,
)
SAID_REMIND = re.compile(
    r"\b(?:påminn|remind)\w*\b.*?\b(?:efter|after|om|in)\s+(\d+)\s+(?:arbets|work|vardag)",
    re.IGNORECASE,
)
_NO_MORE_THAN_WHEN = re.compile(
    r"(?:\b(?:nej|ja|och|hellre|istället|i stället|no|yes|and|rather|instead|på|den|kl|on|at)\b|"
    r"[\s.,!])*",
    re.IGNORECASE,
)


async def read_text(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the text."""
    return _text("text", raw, filled)


async def read_english(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the English text beside the Swedish one."""
    return _text("text_en", raw, filled)


def _text(name: str, raw: str, filled: Filled) -> Unread | None:
    if len(raw) > _LONGEST:
        return Unread(_("That is too long: {n} characters at most.", n=_LONGEST))
    filled[name] = raw.strip()
    return None


async def read_when(raw: str, request: Request, _session: Session, filled: Filled) -> Unread | None:
    """Take when it shall be sent."""
    moment = read_moment(raw, request)
    if isinstance(moment, Unread):
        return moment
    if moment.rrule is not None or len(moment.at) > 1:
        return Unread(_("An announcement is sent once. When?"))
    filled["when"] = moment.at[0].isoformat(timespec="minutes")
    return None


def heard_when(request: Request) -> str | None:
    """Return a message that is a time and no more than that: "nej, på fredag kl 9"."""
    rest = request.text
    spans = find(rest, request.now, tz=request.actor.zone, lang=request.locale).spans
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    return request.text if spans and _NO_MORE_THAN_WHEN.fullmatch(rest) else None


async def read_valid(
    raw: str, request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the last day it is true."""
    when = read_date(raw, request)
    if isinstance(when, Unread):
        return when
    day = when if isinstance(when, date) else next(iter(when.values), when.start)
    if day is None:
        return Unread(_("Which day?"))
    day = day.date() if isinstance(day, datetime) else day
    if day < request.local_now.date():
        return Unread(_("That time has already passed. When should it be instead?"))
    filled["valid_to"] = day.isoformat()
    return None


async def read_contact(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take whom to ask."""
    filled["contact"] = raw.strip()[:200]
    return None


async def read_remind(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take after how many working days the unread are reminded."""
    number = re.search(r"\d+", raw)
    if number is None or not 1 <= int(number.group()) <= 30:  # noqa: PLR2004 (a month)
        return Unread(_("Write a number of working days from 1 to 30."))
    filled["remind"] = int(number.group())
    return None


def heard_text(request: Request) -> str | None:
    """Return the text after a colon or "att"."""
    if not announces(request):
        return None
    found = CONTENT.search(request.text)
    return (found.group(1) or found.group(2)).strip() if found else None


def announces(request: Request) -> bool:
    """Whether a message is understood, or begins, as an announcement."""
    meant = request.understanding
    return meant is not None and (
        meant.intent == "send_announcement" or OPENS.search(request.text) is not None
    )
