"""The asker's own requests and where each of them stands."""

import re

from actions.alumnus_words import KINDS
from actions.reply import Button, Card, Fact, Reply
from actions.request import Request
from actions.request_cards import STATES
from actions.request_contact.asking import action
from actions.words import _, plain
from storage import Session
from storage.queries.contacts import asked_by
from storage.tables import ContactRequest

_SHOWN = 5
_MINE = re.compile(
    r"^\s*(?:(?:visa|hur går det (?:med|för)|hur har det gått med|vad händer med|var är|show|"
    r"how (?:is|are)|what about|what is happening with|where (?:is|are))\s+)?"
    r"(?:min kontaktförfrågan|mina kontaktförfrågningar|min förfrågan|mina förfrågningar|"
    r"my (?:contact )?requests?)(?: going| doing)?[\s?.!]*$",
    re.IGNORECASE,
)


@action.ordered(_MINE)
async def own(request: Request, session: Session) -> Reply | None:
    """Show how one's own requests stand; a coordinator's may be those that wait for her."""
    found = await asked_by(session, request.actor.id, _SHOWN)
    if found:
        return Reply(_("Your requests, the newest first:"), tuple(_card(one) for one in found))
    if request.actor.unit_ids or request.actor.central:
        return None
    return Reply(
        _("You have not asked for any contact yet."),
        (Button(_("Find a mentor"), "intent.find_mentor"),),
    )


def _card(asked: ContactRequest) -> Card:
    withdraw = Button(_("Withdraw"), "contact.withdraw", str(asked.id))
    return Card(
        plain(asked.alumnus.name),
        facts=(
            Fact(_("What for"), KINDS[asked.kind]),
            Fact(_("Purpose"), plain(asked.purpose)),
            Fact(_("State"), STATES[asked.state]),
        ),
        buttons=(withdraw,) if asked.state == "sent" else (),
    )
