"""The central unit's part of the digest: what waits too long, who is quiet, what is vacant."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from actions.access import CENTRAL, Actor
from actions.alumnus_words import apart
from actions.digest_rows import Part
from actions.grounding import name_of
from actions.reply import Button, Card, Fact
from actions.request_cards import handled
from actions.show_digest.composing import action
from actions.words import Text, _, ngettext, plain
from actions.working_days import working_days_before, working_days_between
from storage import Session
from storage.queries.network import Quiet, nudged, quiet_posts, requests_waiting_long, vacancies
from storage.recurrence import place
from storage.tables import Appointment, ContactRequest

LONG = 5  # working days that a request waits for its answer
QUIET = 20  # working days without anything


@action.digest(6, for_=CENTRAL)
async def waiting_long(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell which requests nobody has answered for five working days."""
    day = _day(receiver, now)
    asked = await requests_waiting_long(session, _end_of(LONG, day, receiver), receiver.id)
    since = _end_of(LONG, day, receiver)
    hurried = await nudged(session, "digest.hurried", "request", since)
    rows = tuple(_waiting(one, day, receiver, hurried.get(one.id)) for one in asked)
    return Part(_("Requests that have waited too long"), rows, len(asked))


@action.digest(25, for_=CENTRAL)
async def quiet(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell in which units nothing has happened for twenty working days."""
    day = _day(receiver, now)
    posts = await quiet_posts(session, day, _end_of(QUIET, day, receiver))
    asked = await nudged(session, "digest.asked", "post", _end_of(LONG, day, receiver))
    others = [one for one in posts if one.post.person_id != receiver.id]
    rows = tuple(_quiet(one, receiver, asked.get(one.post.id)) for one in others)
    return Part(_("Units that have been quiet"), rows, len(rows))


@action.digest(60, for_=CENTRAL)
async def vacant(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell which units have no coordinator."""
    posts = await vacancies(session, _day(receiver, now))
    return Part(_("Units without a coordinator"), tuple(map(_vacancy, posts)), len(posts))


def waited(asked: ContactRequest, day: date, zone: str) -> int:
    """Return how many working days a request has waited on a day."""
    return working_days_between(asked.created_at.astimezone(ZoneInfo(zone)).date(), day)


def _day(receiver: Actor, now: datetime) -> date:
    return now.astimezone(ZoneInfo(receiver.zone)).date()


def _end_of(n: int, day: date, receiver: Actor) -> datetime:
    """Return the moment before which something has waited for n working days."""
    after = working_days_before(day, n) + timedelta(days=1)
    return place(datetime.combine(after, time()), receiver.zone)


def _waiting(asked: ContactRequest, day: date, receiver: Actor, hurried: datetime | None) -> Card:
    n = waited(asked, day, receiver.zone)
    name = asked.handler.name
    card = handled(asked)
    facts = [
        *apart(asked.alumnus),
        *card.facts[:-1],  # that it was sent, and waits, is told by the days
        Fact(_("Whose turn"), plain(name)),
        Fact(_("Has waited"), ngettext("1 working day", "{n} working days", n)),
    ]
    if hurried is not None:
        facts.append(Fact(_("Reminded"), plain(_day(receiver, hurried))))
        return Card(card.title, card.subtitle, tuple(facts), card.buttons)
    hurry = Button(_("Remind {name}", name=name), "digest.hurry", str(asked.id))
    return Card(card.title, card.subtitle, tuple(facts), (hurry, *card.buttons))


def _quiet(found: Quiet, receiver: Actor, asked: datetime | None) -> Card:
    post = found.post
    assert post.person is not None  # noqa: S101 (only posts that somebody holds are asked for)
    last: Text = _("Nothing yet")
    if found.last is not None:
        last = plain(_day(receiver, found.last))
    facts = [Fact(_("Coordinator"), plain(post.person.name)), Fact(_("Last activity"), last)]
    if found.waiting:
        facts.append(Fact(_("Requests without an answer"), plain(found.waiting)))
    if asked is not None:
        facts.append(Fact(_("Asked"), plain(_day(receiver, asked))))
        return Card(plain(name_of(post.unit)), facts=tuple(facts))
    ask = Button(_("Ask {name}", name=post.person.name), "digest.ask", str(post.id), "primary")
    return Card(plain(name_of(post.unit)), facts=tuple(facts), buttons=(ask,))


def _vacancy(post: Appointment) -> Card:
    who = Button(_("Who helps meanwhile?"), "coordinator.unit", str(post.unit_id))
    return Card(plain(name_of(post.unit)), buttons=(who,))
