"""The contact requests of the weekly digest: one's own, and those of whom one stands in for."""

from dataclasses import replace
from datetime import datetime

from actions.access import DECIDING, Actor
from actions.alumnus_words import apart
from actions.digest_rows import Part
from actions.reply import Card
from actions.request_cards import handled
from actions.request_contact.asking import action
from actions.words import _
from storage import Session
from storage.queries.contacts import waiting_for
from storage.tables import ContactRequest


@action.digest(10, for_=DECIDING)
async def waiting(receiver: Actor, _now: datetime, session: Session) -> Part | None:
    """Tell whose next step is hers, or that of somebody away whose deputy she is."""
    handlers = [receiver.id, *sorted(receiver.away_ids)]
    asked = [r for who in handlers for r in await waiting_for(session, who)]
    cards = tuple(_row(r) for r in asked if not r.alumnus.protected)
    return Part(_("Contact requests waiting"), cards, len(cards))


def _row(asked: ContactRequest) -> Card:
    card = handled(asked)
    return replace(card, facts=(*apart(asked.alumnus), *card.facts))
