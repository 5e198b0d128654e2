"""The person that a message means by a place in the list shown last, or by "hon"."""

import re

from actions.ordinals import pick
from actions.request import Request
from storage import Session
from storage.queries.drafts import list_shown
from storage.queries.mentors import MentorHit, mentor_hit, offers_called

_LISTS = frozenset({"find_mentor", "find_guest_lecturer"})
_HER = re.compile(
    r"\b(?:henne|honom|hen|hon|han|den personen|her|him|them|she|he|that person)\b", re.IGNORECASE
)
# How a message begins that wants contact: "kontaktade först" is an order of the list.
_CONTACT = re.compile(
    r"^\s*(?:(?:kan|kunde|skulle) du |(?:kan|skulle|får) jag (?:kunna )?(?:få )?|snälla |"
    r"jag (?:vill|skulle vilja|behöver) (?:gärna )?|(?:can|could|would) you |(?:can|could|may) i |"
    r"please |i (?:want|need) to |i(?:'d| would) like to |i want you to )*(?:please )?"
    r"(?:kontakta|(?:ta|få|ha|komma i|sätta? mig i|hjälp mig få) kontakt med|"
    r"koppla (?:ihop )?mig (?:ihop )?med|få tag på|hör av dig till|"
    r"contact|(?:put|get) me in (?:touch|contact) with|get in (?:touch|contact) with|"
    r"connect me (?:with|to)|get hold of|reach out to)\b",
    re.IGNORECASE,
)


async def wants_contact(request: Request, session: Session) -> bool:
    """Whether a message orders contact with somebody of the list shown: "kontakta tvåan"."""
    if not _CONTACT.match(request.text):
        return False
    said_so = _HER.search(request.text) is not None
    return said_so or await person_shown(request, session) is not None


async def person_shown(request: Request, session: Session) -> MentorHit | None:
    """Return the offer that "nummer 2" or "henne" means, or None."""
    shown = await list_shown(session, request.actor.id, _LISTS, request.now)
    if shown is None:
        return None
    chosen = pick(request.text, shown.filled["items"])
    if chosen is None:
        called = await offers_called(session, shown.filled["items"], request.text)
        chosen = called[0] if len(called) == 1 else None
    if chosen is None and _HER.search(request.text):
        chosen = shown.filled.get("one")
    if chosen is None:
        return None
    return await mentor_hit(session, chosen, request.actor.viewer, request.now)
