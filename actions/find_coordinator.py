"""Tell who answers for alumni work at a unit; climb the tree where the post is vacant."""

import re

from actions.access import EVERYBODY
from actions.action import Action
from actions.grounding import name_of
from actions.reply import Button, Card, Element, Fact, Reply
from actions.request import Request, row_id
from actions.words import Named, Text, _, lines, plain
from storage import Session
from storage.queries.drafts import list_shown, show_list
from storage.queries.people import central_posts, posts_of
from storage.queries.units import line_of, unit_by_id, unit_if_known, units_called
from storage.tables import Appointment, Draft, Unit

action = Action(
    "find_coordinator",
    for_=EVERYBODY,
    title=_("Who is the coordinator?"),
    example=_("Who is the alumni coordinator at Law?"),
)

_MOST_CHOICES = 5
_HERS = re.compile(r"\b(?:hennes|hans|hens|deras|där|her|his|their|there)\b", re.IGNORECASE)
_NARROWS = re.compile(r"^\s*(?:bara|endast|only|just)\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:och|men|på|hos|vid|för|i|då|and|but|at|in|for|the|what about|how about|then)\b",
    re.IGNORECASE,
)
# Where the question ends in a place that the model took for nothing: "… på teknik?"
_AT_LAST = re.compile(
    r"\b(?:på|vid|hos|at)\s+(?!(?:min|mitt|mina|vår|vårt|våra|oss|my|our|us|den|det|the|"
    r"university|universitetet|lärosätet)\b)([\w&-]+(?:\s+[\w&-]+){0,3})\s*[?.!]*\s*$",
    re.IGNORECASE,
)


@action.asked
async def answer(request: Request, session: Session) -> Reply:
    """Answer for the unit named, else for the asker's own."""
    before = await _unit_before(request, session)
    notes: list[Text] = []
    for words in request.said("unit") or _AT_LAST.findall(request.text):
        units = await units_called(session, words)
        if len(units) > 1:
            return _which(units)
        if units:
            return await _told(request, session, units[0], notes)
        notes.append(_("I know no unit called “{words}”.", words=words))
    if before is not None:
        return await _told(request, session, before, notes)
    if request.actor.unit_id is not None:
        unit = await unit_by_id(session, request.actor.unit_id)
        return await _told(request, session, unit, notes)
    return await _central(request, session, notes)


@action.refined
async def another(request: Request, session: Session, _shown: Draft) -> Reply | None:
    """Answer "och på juridicum?" after an answer for another unit."""
    if _NARROWS.search(request.text):
        return None
    if request.said("unit"):
        return await answer(request, session)
    words = _AROUND.sub(" ", request.text).strip(" ?!.,")
    units = await units_called(session, words) if words else []
    if not units:
        return None
    return _which(units) if len(units) > 1 else await _told(request, session, units[0], [])


@action.pressed("coordinator.unit")
async def for_unit(request: Request, session: Session) -> Reply:
    """Answer for the unit of a button."""
    unit = await unit_if_known(session, row_id(request.value))
    if unit is None:
        return await _central(request, session, [])
    return await _told(request, session, unit, [])


async def _unit_before(request: Request, session: Session) -> Unit | None:
    """Return the unit told of before, when the question is of its people: "hennes ersättare"."""
    if request.said("unit") or not _HERS.search(request.text):
        return None
    shown = await list_shown(session, request.actor.id, {action.name}, request.now)
    return await unit_if_known(session, shown.filled["unit"]) if shown is not None else None


async def _told(request: Request, session: Session, unit: Unit, notes: list[Text]) -> Reply:
    told = {"unit": unit.id}
    await show_list(session, request.actor.id, action.name, told, request.now)
    day = request.local_now.date()
    vacant: Text | None = None
    for step in await line_of(session, unit.id):
        posts = await posts_of(session, step.id, "coordinator", day)
        filled = [post for post in posts if post.person is not None]
        if step.id == unit.id and posts and not filled:
            vacant = _("{unit} has no alumni coordinator at present.", unit=name_of(unit))
        if filled:
            head = lines(*notes, _heading(unit, step, vacant))
            return Reply(head, tuple(_card(post) for post in filled), private=False)
    none = vacant or _("{unit} has no coordinator of its own.", unit=name_of(unit))
    return await _central(request, session, [*notes, none])


def _heading(unit: Unit, found: Unit, vacant: Text | None) -> Text:
    if unit.id == found.id:
        return _("Alumni coordinator, {unit}:", unit=name_of(unit))
    if vacant is not None:
        return lines(vacant, _("{above} is standing in:", above=name_of(found)), by=" ")
    return _(
        "{unit} has no coordinator in place; {above} is standing in:",
        unit=name_of(unit),
        above=name_of(found),
    )


async def _central(request: Request, session: Session, notes: list[Text]) -> Reply:
    posts = await central_posts(session, request.local_now.date())
    head = lines(*notes, _("The central alumni unit answers for the whole university:"))
    return Reply(head, tuple(_card(post) for post in posts if post.person), private=False)


def _card(post: Appointment) -> Card:
    person = post.person
    assert person is not None  # noqa: S101 (only filled posts are shown)
    facts = [
        Fact(_("Unit"), plain(name_of(post.unit))),
        Fact(_("E-mail"), plain(person.email)),
    ]
    if post.percent is not None:
        facts.append(Fact(_("Time for alumni work"), _("{n} % of full time", n=post.percent)))
    if post.deputy is not None:
        facts.append(Fact(_("Deputy"), plain(post.deputy.name)))
    subtitle = plain(Named(person.title_sv, person.title_en)) if person.title_sv else None
    return Card(plain(person.name), subtitle, tuple(facts))


def _which(units: list[Unit]) -> Reply:
    buttons: tuple[Element, ...] = tuple(
        Button(plain(name_of(unit)), "coordinator.unit", str(unit.id))
        for unit in units[:_MOST_CHOICES]
    )
    return Reply(_("Which unit do you mean?"), buttons, private=False)
