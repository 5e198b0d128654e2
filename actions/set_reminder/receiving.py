"""Whom a reminder is for: a colleague, or the coordinators that one's own rights reach."""

import re

from actions.access import COORDINATORS
from actions.drafting import Filled, Unread
from actions.grounding import OWN_UNIT, name_of
from actions.reminder_receivers import members
from actions.request import Request, row_id
from actions.words import _, plain
from storage import Session
from storage.queries.reminding import muting, people_called
from storage.queries.units import units_called
from storage.tables import Person

_VERB = re.compile(r"\b(?:påminna?|paminna?|påmin|remind)\s+", re.IGNORECASE)
_SELF = re.compile(r"^(?:mig|mej|me|myself)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:om|att|about|to|på|i|kl|den|imorgon|idag|dagen|tomorrow|on|at|in|varje|every)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s+(?:om|att|to|about|that|kl\.?|varje|every)\b|[,:;.!?]", re.IGNORECASE)
_DANGLES = re.compile(r"(?:\s+(?:på|den|i|kl|on|at|in|the))+$", re.IGNORECASE)
_COORDINATORS = re.compile(
    r"\b(?:alumni?)?k(?:oordinator\w*)|\b(?:alumni\s+)?coordinators?\b", re.IGNORECASE
)
_NETWORK = re.compile(r"\b(?:alumn\w*)?nätverket\b|\bthe\s+(?:alumni\s+)?network\b", re.IGNORECASE)
_AT = re.compile(
    r"(?:koordinator\w*|coordinators?|nätverket|network)\s+(?:på|vid|i|at|in|for|för)\s+"
    r"(?:the\s+)?(.+)$",
    re.IGNORECASE,
)
_MOST = 5


def who_span(request: Request) -> tuple[int, int] | None:
    """Return where a message names whom else to remind, or None when it is oneself."""
    verb = _VERB.search(request.text)
    if verb is None or _SELF.match(request.text[verb.end() :]):
        return None
    start = verb.end()
    if _NOBODY.match(request.text[start:]):
        return None
    when = request.understanding.when if request.understanding else None
    stops = [s for s, _end in (when.spans if when else ()) if s > start]
    link = _ENDS.search(request.text, start)
    end = min([*stops, *((link.start(),) if link else ()), len(request.text)])
    words = _DANGLES.sub("", request.text[start:end].rstrip())
    return (start, start + len(words)) if words else None


def heard_who(request: Request) -> str | None:
    """Return the words that name whom else to remind."""
    span = who_span(request)
    return None if span is None else request.text[span[0] : span[1]]


async def read_who(raw: str, request: Request, session: Session, filled: Filled) -> Unread | None:
    """Tie words to a colleague or to a group, within the asker's rights."""
    words = " ".join(raw.split()).strip(" .,:")
    if _SELF.match(words):
        filled["who"] = None
        return None
    if _COORDINATORS.search(words) or _NETWORK.search(words):
        return await _read_group(words, request, session, filled)
    if words.isdigit():
        known = await session.get(Person, row_id(words))
        found = [known] if known is not None else []
    else:
        found = await people_called(session, words, request.local_now.date())
    if not found:
        return Unread(_("I know no colleague called “{words}”. Whom shall I remind?", words=words))
    if len(found) > 1:
        choices = tuple((str(p.id), plain(p.name)) for p in found[:_MOST])
        return Unread(_("Which {name} do you mean?", name=words), choices)
    return await _one(found[0], request, session, filled)


async def _one(person: Person, request: Request, session: Session, filled: Filled) -> Unread | None:
    if person.id == request.actor.id:
        filled["who"] = None
        return None
    if person.id in await muting(session, request.actor.id):
        return Unread(
            _("{name} takes no reminders from you. Whom shall I remind instead?", name=person.name)
        )
    filled["who"] = {"person": person.id, "said": person.name}
    return None


async def _read_group(
    words: str, request: Request, session: Session, filled: Filled
) -> Unread | None:
    actor = request.actor
    if not actor.roles & COORDINATORS:
        return Unread(
            _(
                "Only coordinators and the central alumni unit can remind a group. "
                "You can remind one colleague: whom?"
            )
        )
    unit_id: int | None = None
    at = _AT.search(words)
    if at is not None and OWN_UNIT.search(at.group(1)):
        unit_id = actor.home_id if actor.central else None  # else all that she answers for
    elif at is not None:
        units = await units_called(session, at.group(1))
        if not units:
            return Unread(
                _("I know no unit called “{words}”. Which unit is it?", words=at.group(1))
            )
        if len(units) > 1:
            choices = tuple(
                (f"{words[: at.start(1)]}{u.name_sv}", plain(name_of(u))) for u in units
            )
            return Unread(_("Which unit do you mean?"), choices)
        unit_id = units[0].id
        if not actor.answers_for(unit_id):
            return Unread(
                _(
                    "You can remind the coordinators of your own unit only, and {unit} is not "
                    "yours. Whom shall I remind?",
                    unit=name_of(units[0]),
                )
            )
    who = {"group": unit_id or 0, "central": bool(_NETWORK.search(words)), "said": words}
    if not await members(session, who, actor, request.local_now.date()):
        return Unread(_("I find no coordinator there but you. Whom shall I remind?"))
    filled["who"] = who
    return None
