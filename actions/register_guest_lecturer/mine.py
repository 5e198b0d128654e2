"""One's own coming lectures: "mina gästföreläsningar"."""

import re

from actions.lecture_words import lecture_card, own_buttons
from actions.register_guest_lecturer.registering import action
from actions.register_guest_lecturer.telling import protected
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import _, ngettext
from storage import Session
from storage.queries.lectures import coming_of

_MOST = 5
_MINE = re.compile(
    r"^\W*(?:(?:kan jag få )?(?:visa|se|lista|show|list)\s+(?:me\s+)?|vilka är\s+|what are\s+)?"
    r"(?:alla\s+|all\s+)?(?:mina|my)\s+(?:egna\s+|own\s+)?(?:kommande\s+|coming\s+|upcoming\s+)?"
    r"(?:gästföreläsningar|föreläsningar|(?:guest\s+)?lectures)\W*$",
    re.IGNORECASE,
)


@action.ordered(_MINE)
async def mine(request: Request, session: Session) -> Reply:
    """Show the coming lectures that the asker has registered, each with what she may do."""
    found = await coming_of(session, request.actor.id, request.local_now.date())
    lectures = [lecture for lecture in found if not protected(lecture)]
    if not lectures:
        register = Button(_("Register a guest lecture"), "intent.register_guest_lecturer")
        return Reply(_("You have registered no coming guest lecture."), (register,))
    text = ngettext(
        "You have registered 1 coming guest lecture:",
        "You have registered {n} coming guest lectures:",
        len(lectures),
    )
    cards = tuple(lecture_card(one, *own_buttons(one), state=True) for one in lectures[:_MOST])
    rest = len(lectures) - len(cards)
    return Reply(text, (*cards, ngettext("and 1 more", "and {n} more", rest)) if rest else cards)
