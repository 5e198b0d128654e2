"""What the digest tells of the alumni: who is new, and mentors left alone."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS, Actor
from actions.alumnus_words import apart
from actions.digest_rows import Part
from actions.grounding import name_of
from actions.refining import turn_of
from actions.reply import Button, Card, Element, Fact, Reply
from actions.request import Request, row_id
from actions.show_digest.composing import action
from actions.words import Listed, Text, _, lines, ngettext, plain
from storage import Session
from storage.queries.arrivals import Arrived, arrived, new_alumni
from storage.queries.digests import COUNTED_TO, mentors_left_alone
from storage.queries.drafts import show_list
from storage.queries.units import unit_if_known
from storage.tables import Alumnus, Draft, Unit

_YEAR, _WEEK = timedelta(days=365), timedelta(days=7)
_MOST = 3
_PAGE = 5
_PURPOSES = {
    "contact": _("contact"),
    "mentor": _("mentorship"),
    "guest_lecturer": _("guest lectures"),
}
_GONE = _("That list is no longer open. Ask again and I will look afresh.")


@action.digest(50)
async def counted(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell how many alumni an import has brought to her units in a week."""
    since = now.astimezone(ZoneInfo(receiver.zone)).date() - _WEEK
    units = await new_alumni(session, receiver.viewer, since)
    rows = tuple(_counted(unit, n, since) for unit, n in units)
    return Part(_("Units with new alumni"), rows, len(units))


@action.digest(70)
async def left_alone(receiver: Actor, now: datetime, session: Session) -> Part | None:
    """Tell mentors of hers whom nobody has talked to in a year."""
    before = now.astimezone(ZoneInfo(receiver.zone)).date() - _YEAR
    mentors, total = await mentors_left_alone(session, receiver.viewer, before, _MOST)
    heading = _("Mentors nobody has talked to in a year")
    rows = tuple(map(_mentor, mentors))
    return Part(heading, rows, total, at_least=total > COUNTED_TO, news=False)


@action.pressed("digest.new", for_=COORDINATORS)
async def show_new(request: Request, session: Session) -> Reply:
    """Show who is new in a unit, a page at a time; the button tells since when and from where."""
    number, _sep, rest = request.value.partition(":")
    since, _sep, offset = rest.partition(":")
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return Reply(_GONE)
    return await _page(request, session, row_id(number), day, row_id(offset))


@action.refined
async def more(request: Request, session: Session, shown: Draft) -> Reply | None:
    """Answer "more" and "previous page" about the new alumni shown last."""
    turn = await turn_of(request, session, shown.filled)
    if turn.page is None:
        return None
    kept: dict[str, Any] = shown.filled
    offset = max(0, int(kept["offset"]) + turn.page * _PAGE)
    since = date.fromisoformat(kept["since"])
    return await _page(request, session, int(kept["unit"]), since, offset)


async def _page(
    request: Request, session: Session, unit_id: int, since: date, offset: int
) -> Reply:
    unit = await unit_if_known(session, unit_id)
    if unit is None or not request.actor.answers_for(unit_id):
        return Reply(_("Those alumni are not of a unit that you answer for."))
    page, total = await arrived(
        session, request.actor.viewer, unit_id, since, offset=offset, limit=_PAGE
    )
    kept = {"unit": unit_id, "since": since.isoformat(), "offset": offset,
            "items": [one.alumnus.id for one in page]}  # fmt: skip
    await show_list(session, request.actor.id, action.name, kept, request.now)
    cards = tuple(_card(one, request) for one in page)
    return Reply(_head(unit, since, total, offset, len(page)), (*cards, *_onward(kept, total)))


def _head(unit: Unit, since: date, total: int, offset: int, n: int) -> Text:
    if total and not n:
        return _("There are no more. I have shown all {n}.", n=total)
    found = ngettext(
        "1 new alumnus at {unit} since {day}.",
        "{n} new alumni at {unit} since {day}.",
        total,
        unit=name_of(unit),
        day=since,
    )
    if total <= _PAGE:
        return found
    shown = _("Showing {first}–{last}.", first=offset + 1, last=offset + n)
    return lines(found, shown, by=" ")


def _onward(kept: dict[str, Any], total: int) -> tuple[Element, ...]:
    offset = kept["offset"] + _PAGE
    if not kept["items"] or total <= offset:
        return ()
    label = ngettext("Show 1 more", "Show {n} more", min(total - offset, _PAGE))
    return (Button(label, "digest.new", f"{kept['unit']}:{kept['since']}:{offset}"),)


def _card(found: Arrived, request: Request) -> Card:
    one = found.alumnus
    purposes = tuple(kind for kind in _PURPOSES if kind in found.consents)
    consent: Text = _("Nothing yet: ask first")
    if purposes:
        consent = plain(Listed(tuple(_PURPOSES[kind] for kind in purposes)))
    facts = [*apart(one), Fact(_("Consents to"), consent)]
    paused = one.paused_until is not None and one.paused_until >= request.local_now.date()
    if one.paused_until is not None and paused:
        facts.append(Fact(_("Capacity"), _("Paused until {day}", day=one.paused_until)))
    asks = [Button(_("Ask for contact"), "contact.ask", f"{one.id}:{kind}") for kind in purposes]
    return Card(plain(one.name), facts=tuple(facts), buttons=() if paused else tuple(asks[:1]))


def _mentor(alumnus: Alumnus) -> Card:
    last: Text = plain(alumnus.last_contact) if alumnus.last_contact else _("Never")
    ask = Button(_("Ask for contact"), "contact.ask", f"{alumnus.id}:mentor")
    facts = (*apart(alumnus), Fact(_("Last contact"), last))
    return Card(plain(alumnus.name), facts=facts, buttons=(ask,))


def _counted(unit: Unit, n: int, since: date) -> Card:
    show = Button(_("Show them"), "digest.new", f"{unit.id}:{since}:0")
    return Card(plain(name_of(unit)), ngettext("1 new", "{n} new", n), buttons=(show,))
