"""Read the fields of a contact request from what was said, chosen or filled in."""

import re

from actions.alumnus_words import KINDS, fuller_name, number_of, other_than, told_apart
from actions.drafting import Filled, Unread
from actions.request import Request
from actions.words import _
from storage import Session
from storage.queries.alumni import alumni_called, alumnus_seen

_LONGEST_PURPOSE = 1_000
_SHORTEST_PURPOSE = 8
_PURPOSE = re.compile(
    r"\b(?:om|angående|ang\.?|gällande|för att|för|inför|kring|about|regarding|re|because|for|to)\s"
    r"(.{4,})$",
    re.IGNORECASE | re.DOTALL,
)
_CONCERNS = re.compile(
    r",\s*(?:det gäller|det handlar om|it's about|it is about|regarding)\s+(.{8,}?)[\s.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_PURPOSE = re.compile(r"^(?:a\s+|en\s+)?(?:contact|kontakt)\w*[\s.!]*$", re.IGNORECASE)
_NO_IDEA = re.compile(
    r"^(?:jag\s+|i\s+)?(?:vet (?:inte|ej)|ingen aning|spelar ingen roll|don't know|no idea)\b",
    re.IGNORECASE,
)
# Whom it is for, when it is no name: what stands after it may be the purpose.
_POINTING = re.compile(
    r"\b(?:henne|honom|hen|her|him|them|(?:nummer|nr|number|no)\s+\w+|"
    r"(?:den|the)\s+\w+(?:\s+one)?|ettan|tvåan|trean)\b",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "supervisor": ("handled", "exjobb", "uppsats", "supervis", "thesis"),
    "guest_lecturer": ("föreläs", "forelas", "lecture", "gästa"),
    "study_visit": ("studiebesök", "studiebesok", "study visit"),
    "mentor": ("mentor",),
}


async def read_alumnus(
    raw: str, request: Request, session: Session, filled: Filled
) -> Unread | None:
    """Tie a name, a number or a chosen button to one alumnus."""
    number = number_of(raw)
    if number is not None:
        person = await alumnus_seen(session, number, request.actor.viewer)
        found = [person] if person else []
    else:
        actor, name = request.actor, fuller_name(raw, filled.get("name"))
        found = await alumni_called(session, name, actor.viewer, actor.home_id)
        found = other_than(filled.get("alumnus"), found) if name != raw else found
    if not found:
        # The same answer for a name that is unknown, without consent or protected.
        return Unread(_("I can't find anybody called “{name}” to pass a request on to.", name=raw))
    if len(found) > 1:
        choices = tuple((str(person.id), told_apart(person)) for person in found)
        return Unread(_("There are several. Whom do you mean?"), choices)
    filled.update(alumnus=found[0].id, name=found[0].name)
    return None


async def read_purpose(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the purpose, if it says enough to be a legal ground."""
    purpose = raw.strip()
    if len(purpose) < _SHORTEST_PURPOSE or _NO_IDEA.match(purpose):
        return Unread(
            _("Write a little more: what is it about, for which course or students, and when?")
        )
    if len(purpose) > _LONGEST_PURPOSE:
        return Unread(_("That is too long: {n} characters at most.", n=_LONGEST_PURPOSE))
    filled["purpose"] = purpose
    kinds = [k for k, words in _KIND_WORDS.items() if any(w in purpose.casefold() for w in words)]
    if len(kinds) == 1:  # "en gästföreläsning i mars" on the card of a mentor
        filled["kind"] = kinds[0]
    return None


async def read_kind(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take what it is for, from a choice or from words."""
    filled["kind"] = raw if raw in KINDS else _kind_in(raw) or filled.get("kind") or "contact"
    return None


def _kind_in(words: str) -> str | None:
    said = words.casefold()
    return next((k for k, named in _KIND_WORDS.items() if any(w in said for w in named)), None)


def heard_alumnus(request: Request) -> str | None:
    """Return the person named."""
    return next(iter(request.said("person")), None)


def heard_purpose(request: Request) -> str | None:
    """Return what stands after the name: "om ett mentorskap"."""
    understood = request.understanding
    concerns = _CONCERNS.search(request.text)
    if understood is not None and concerns is not None:
        return concerns.group(1).strip()
    if understood is None or understood.intent != "request_contact":
        return None
    people = [e.end for e in understood.entities if e.entity == "person"]
    pointing = [m.end() for m in _POINTING.finditer(request.text)]
    whom = max((*people, *pointing), default=None)
    found = _PURPOSE.search(request.text[whom:]) if whom is not None else None
    said = found.group(1).strip() if found else None
    return None if said is None or _NO_PURPOSE.match(said) else said


def heard_kind(request: Request) -> str | None:
    """Return the text when it says what it is for."""
    return request.text if _kind_in(request.text) else None
