"""What the digest tells by itself: mentors left alone; to the central unit the whole network."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.alumnus_words import apart
from actions.digest_rows import Part
from actions.reply import Button, Card, Fact
from actions.show_digest.composing import action
from actions.words import Named, Text, _, ngettext, plain
from storage import Session
from storage.queries.digests import (
    COUNTED_TO,
    mentors_left_alone,
    new_alumni,
    requests_waiting_long,
    vacancies,
)
from storage.tables import Alumnus, Appointment, ContactRequest, Unit

_YEAR, _WEEK = timedelta(days=365), timedelta(days=7)
_LONG = timedelta(days=5)
_MOST = 3


@action.digest(5)
async def waiting_long(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the central unit which requests nobody has answered for five days."""
    if not receiver.central:
        return None
    asked = await requests_waiting_long(session, now - _LONG, receiver.id)
    return Part(_("Requests that have waited too long"), tuple(map(_waiting, asked)), len(asked))


@action.digest(60)
async def vacant(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell the central unit which units have no coordinator."""
    if not receiver.central:
        return None
    posts = await vacancies(session, now.astimezone(ZoneInfo(receiver.zone)).date())
    return Part(_("Units without a coordinator"), tuple(map(_vacancy, posts)), len(posts))


@action.digest(50)
async def arrived(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell how many alumni an import has brought to her units in a week."""
    since = now.astimezone(ZoneInfo(receiver.zone)).date() - _WEEK
    units = await new_alumni(session, receiver.viewer, since)
    return Part(_("Units with new alumni"), tuple(map(_new, units)), len(units))


@action.digest(70)
async def left_alone(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell mentors of hers whom nobody has talked to in a year."""
    before = now.astimezone(ZoneInfo(receiver.zone)).date() - _YEAR
    mentors, total = await mentors_left_alone(session, receiver.viewer, before, _MOST)
    heading = _("Mentors nobody has talked to in a year")
    rows = tuple(map(_mentor, mentors))
    return Part(heading, rows, total, at_least=total > COUNTED_TO, news=False)


def _mentor(alumnus: Alumnus) -> Card:
    last: Text = plain(alumnus.last_contact) if alumnus.last_contact else _("Never")
    ask = Button(_("Ask for contact"), "contact.ask", f"{alumnus.id}:mentor")
    facts = (*apart(alumnus), Fact(_("Last contact"), last))
    return Card(plain(alumnus.name), facts=facts, buttons=(ask,))


def _new(counted: tuple[Unit, int]) -> Card:
    unit, n = counted
    return Card(plain(Named(unit.name_sv, unit.name_en)), ngettext("1 new", "{n} new", n))


def _vacancy(post: Appointment) -> Card:
    unit = Named(post.unit.name_sv, post.unit.name_en)
    who = Button(_("Who helps meanwhile?"), "coordinator.unit", str(post.unit_id))
    return Card(plain(unit), buttons=(who,))


def _waiting(asked: ContactRequest) -> Card:
    approve = Button(_("Approve"), "contact.approve", str(asked.id), "primary")
    return Card(
        plain(asked.alumnus.name),
        _("{name} asks for contact", name=asked.asker.name),
        (*apart(asked.alumnus), Fact(_("Whose turn"), plain(asked.handler.name))),
        (approve,),
    )
