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
