"""Somebody's own page: what waits for her, her lectures, her reminders, the core jobs.

Neutral: one reply per part, whose text is the part's heading, for any chat that has such a page.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import DECIDING, PERSONS, Actor, authorize
from actions.action import Action
from actions.lecture_words import lecture_card, own_buttons
from actions.reminder_cards import own_card, received_card
from actions.reminder_receivers import set_for_now
from actions.reply import Button, Card, Element, Fact, Reply
from actions.request_cards import handled
from actions.words import Text, _, ngettext, plain
from storage import Session
from storage.queries.contacts import waiting_for
from storage.queries.lectures import coming_of, to_approve
from storage.queries.schedules import schedules_of
from storage.tables import GuestLecture

_MOST = 5  # of each kind; the rest is told as a number
_JOBS = (
    "find_mentor",
    "register_guest_lecturer",
    "set_reminder",
    "find_guest_lecturer",
    "find_coordinator",
    "explain_alumni",
)


async def home(
    session: Session, actor: Actor, now: datetime, actions: Sequence[Action]
) -> list[Reply]:
    """Return the parts of a person's page, what waits for her first. now: aware, UTC."""
    first = actor.name.split(maxsplit=1)[0]
    parts = [Reply(_("Hello {name}!", name=first), _jobs(actor, actions))]
    if authorize(actor, DECIDING):
        parts.append(await _waiting(session, actor))
    if authorize(actor, PERSONS):
        parts.append(await _lectures(session, actor, now))
    parts.append(await _reminders(session, actor))
    parts += await _from_others(session, actor, now)
    return parts


def _jobs(actor: Actor, actions: Sequence[Action]) -> tuple[Element, ...]:
    mine = {action.name: action for action in actions if authorize(actor, action.for_)}
    buttons = tuple(
        Button(mine[name].title, f"intent.{name}", style="primary" if name == _JOBS[0] else "plain")
        for name in _JOBS
        if name in mine
    )
    help_ = _("Write to me in the chat as you talk, in Swedish or English, or begin here:")
    return (help_, *buttons)


async def _waiting(session: Session, actor: Actor) -> Reply:
    handlers = [actor.id, *sorted(actor.away_ids)]
    asked = [request for who in handlers for request in await waiting_for(session, who)]
    requests = [request for request in asked if not request.alumnus.protected]
    units = actor.unit_ids | actor.away_unit_ids
    lectures = [
        lecture
        for lecture in await to_approve(session, units, everything=actor.central)
        if lecture.alumnus is None or not lecture.alumnus.protected
    ]
    cards = [*map(handled, requests[:_MOST]), *map(_proposed, lectures[:_MOST])]
    rest = len(requests) + len(lectures) - len(cards)
    none = _("Nothing is waiting for you.")
    return Reply(_("Waiting for you"), _listed(cards, rest, none))


async def _lectures(session: Session, actor: Actor, now: datetime) -> Reply:
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    lectures = [
        lecture
        for lecture in await coming_of(session, actor.id, today)
        if lecture.alumnus is None or not lecture.alumnus.protected
    ]
    cards = [_coming(lecture) for lecture in lectures[:_MOST]]
    none = _("You have registered no coming guest lecture.")
    return Reply(_("My upcoming guest lectures"), _listed(cards, len(lectures) - len(cards), none))


async def _reminders(session: Session, actor: Actor) -> Reply:
    reminders = await schedules_of(session, actor.id, "reminder")
    cards = [await own_card(schedule, session) for schedule in reminders[:_MOST]]
    none = _("You have no reminders.")
    return Reply(_("My reminders"), _listed(cards, len(reminders) - len(cards), none))


async def _from_others(session: Session, actor: Actor, now: datetime) -> list[Reply]:
    found = await set_for_now(session, actor.id, now)
    if not found:
        return []
    cards = [received_card(schedule, owner) for schedule, owner in found[:_MOST]]
    head = _("Reminders that others have set for me")
    return [Reply(head, _listed(cards, len(found) - len(cards), head))]


def _listed(cards: Sequence[Card], rest: int, none: Text) -> tuple[Element, ...]:
    if not cards:
        return (none,)
    return (*cards, ngettext("and 1 more", "and {n} more", rest)) if rest else tuple(cards)


def _proposed(lecture: GuestLecture) -> Card:
    value = str(lecture.id)
    card = lecture_card(
        lecture,
        Button(_("Approve"), "lecture.approve", value, "primary"),
        Button(_("Decline"), "lecture.decline", value, "danger"),
    )
    by = Fact(_("Registered by"), plain(lecture.registered_by.name))
    return replace(card, facts=(*card.facts, by))


def _coming(lecture: GuestLecture) -> Card:
    return lecture_card(lecture, *own_buttons(lecture), state=True)
