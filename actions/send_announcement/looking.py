"""The buttons that show more of a draft without changing it."""

from dataclasses import replace

from actions.announcement_words import copy
from actions.drafting import Filled
from actions.reply import Card, Element, Reply
from actions.request import Request
from actions.send_announcement.asking import action
from actions.send_announcement.previewing import day_of, reach_of, told
from actions.words import _
from storage import Session
from storage.queries.drafts import open_drafts
from storage.tables import Announcement, AnnouncementReceiver, Person

_GONE = _("That draft is gone: it was saved, discarded or more than a day old.")


async def _draft(request: Request, session: Session) -> Filled | None:
    mine = await open_drafts(session, request.actor.id, request.now)
    return next((d.filled for d in mine if d.filled.get("key") == request.value != ""), None)


@action.pressed("announcement.audience")
async def all_names(request: Request, session: Session) -> Reply:
    """Name everybody whom the draft reaches today, and whom it does not."""
    filled = await _draft(request, session)
    if filled is None:
        return Reply(_GONE)
    reach = await reach_of(request, session, filled)
    facts = told(reach, request.local_now.date(), every=True)
    return Reply(_("Everybody the announcement is for today:"), tuple(facts))


@action.pressed("announcement.look")
async def look(request: Request, session: Session) -> Reply:
    """Show the copy as its receivers will see it, in each language it has; nothing to press."""
    filled = await _draft(request, session)
    if filled is None or not filled.get("text"):
        return Reply(_GONE)
    sender = await session.get_one(Person, request.actor.id)
    shown: list[Element] = []
    for text in (filled["text"], filled.get("text_en")):
        if text:
            finished = Announcement(
                sender=sender,
                state="sent",
                text_sv=text,
                contact=filled.get("contact"),
                valid_to=day_of(filled.get("valid_to")),
            )
            hers = AnnouncementReceiver()
            reply = copy(finished, hers, request.actor, request.locale)
            cards = (replace(e, buttons=()) for e in reply.elements if isinstance(e, Card))
            shown += [reply.text, *cards]
    return Reply(_("So it is received, with the button “Read” below:"), tuple(shown))
