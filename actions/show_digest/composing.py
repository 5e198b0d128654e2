"""Put a digest together from the parts of the capabilities, as long as her time allows."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import COORDINATORS, DECIDING, Actor, authorize
from actions.action import Action
from actions.digest_rows import Part, parts_for
from actions.reply import Button, Card, Element, Reply
from actions.request import Request
from actions.show_digest.numbers import chart
from actions.words import Listed, Text, _, lines, ngettext
from storage import Session
from storage.queries.people import appointments_of, person_by_id

action = Action(
    "show_digest",
    for_=DECIDING,
    title=_("My week"),
    example=_("What have I missed?"),
)

ACT = "digest.act"
_LONGEST_VALUE = 2000
_LITTLE, _HALF = 20, 50  # percent of her time
_ROWS = (2, 3, 5)  # of each part, by her share of time


@action.asked
async def show(request: Request, session: Session) -> Reply:
    """Show the week as it is now."""
    return await compose(request.actor, request.now, session)


@action.pressed("digest.show")
async def again(request: Request, session: Session) -> Reply:
    """Show the digest anew where it stands."""
    return replace(await compose(request.actor, request.now, session), updates=True)


@action.around(ACT)
async def acted(request: Request, session: Session, done: Reply) -> Reply:
    """Show the digest again with what a row has become, first."""
    digest = await compose(request.actor, request.now, session)
    rows = tuple(_inside(element) for element in done.elements)
    return replace(
        digest, text=done.text, elements=(*rows, digest.text, *digest.elements), updates=True
    )


async def compose(receiver: Actor, now: datetime, session: Session) -> Reply:
    """Return the digest of a receiver from what is true now. now: aware, UTC."""
    day = now.astimezone(ZoneInfo(receiver.zone)).date()
    week = day.isocalendar().week
    parts = await parts_for(receiver, now, session)
    away = await _stands_in(receiver, session)
    if not any(part.news for part in parts):
        quiet = _("Week {week}: a quiet week, nothing is waiting for you.", week=week)
        return Reply(lines(quiet, away))
    most = await _rows(receiver, now, session)
    elements: list[Element] = []
    for part in parts:
        elements.append(_heading(part))
        elements.extend(_inside(card) for card in part.rows[:most])
        rest = part.total - min(most, len(part.rows))
        if rest > 0 and not part.at_least:
            elements.append(ngettext("and 1 more", "and {n} more", rest))
    hers = authorize(receiver, COORDINATORS)  # a deputy is told what waits, and no numbers
    drawn = await chart(receiver, day, session) if hers else None
    return Reply(lines(_head(receiver, week), away), (*elements, *([drawn] if drawn else [])))


def _heading(part: Part) -> Text:
    if part.at_least:
        return _("{heading} (more than {n})", heading=part.heading, n=part.total - 1)
    return _("{heading} ({n})", heading=part.heading, n=part.total)


def _head(receiver: Actor, week: int) -> Text:
    if receiver.central:
        return _("Week {week} in the whole network:", week=week)
    return _("Your week {week}:", week=week)


async def _stands_in(receiver: Actor, session: Session) -> Text | None:
    """Return for whom she decides meanwhile, so that she knows why their rows stand here."""
    if not receiver.away_ids:
        return None
    people = [await person_by_id(session, who) for who in sorted(receiver.away_ids)]
    names = Listed(tuple(person.name for person in people))
    return _("While {names} is away, what waits there comes to you.", names=names)


async def _rows(receiver: Actor, now: datetime, session: Session) -> int:
    day = now.astimezone(ZoneInfo(receiver.zone)).date()
    posts = await appointments_of(session, receiver.id, day)
    percent = sum(post.percent or 0 for post in posts)
    return _ROWS[(percent > _LITTLE) + (percent > _HALF)]


def _inside(element: Element) -> Element:
    """Let the buttons of a row be answered inside the digest."""
    if isinstance(element, Card):
        return replace(element, buttons=tuple(map(_wrapped, element.buttons)))
    return _wrapped(element) if isinstance(element, Button) else element


def _wrapped(button: Button) -> Button:
    value = f"{button.press}|{button.value}"
    if button.press == ACT or len(value) > _LONGEST_VALUE:
        return button
    return replace(button, press=ACT, value=value)
