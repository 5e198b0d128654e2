"""Whom a draft of an announcement reaches, whom it does not, and how it is shown before it goes."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.announcement_words import NAMED, named
from actions.drafting import Filled
from actions.reply import Button, Card, Fact
from actions.request import Request
from actions.send_announcement.checking import hints
from actions.words import Listed, Text, _, lines, ngettext, plain
from storage import Session
from storage.queries.audiences import audience_of, left_out, without_account
from storage.tables import Person

_A_FEW = 3
Query = Callable[[Session, dict[str, Any], date, Collection[int] | None], Awaitable[list[Person]]]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a draft means today.

    people: get it. unseen: of these, have not been seen in any chat. gone: would have got it, had
    they not left or had their post not ended.
    """

    people: Sequence[Person]
    unseen: Sequence[Person]
    gone: Sequence[Person]

    @property
    def names_cut(self) -> bool:
        """Whether the preview names some of them only."""
        return len(self.people) > NAMED or max(len(self.unseen), len(self.gone)) > _A_FEW


async def people_of(request: Request, session: Session, filled: Filled) -> list[Person]:
    """Return whom a draft reaches today, without its sender."""
    return await _asked(audience_of, request, session, filled)


async def reach_of(request: Request, session: Session, filled: Filled) -> Reach:
    """Return whom a draft reaches today and whom it does not."""
    people = await people_of(request, session, filled)
    unseen = await without_account(session, people)
    return Reach(people, unseen, await _asked(left_out, request, session, filled))


async def _asked(query: Query, request: Request, session: Session, filled: Filled) -> list[Person]:
    if filled.get("audience") is None:
        return []
    within = None if request.actor.central else request.actor.unit_ids
    found = await query(session, filled["audience"], request.local_now.date(), within)
    return [person for person in found if person.id != request.actor.id]


def told(reach: Reach, day: date, *, every: bool) -> Iterator[Fact]:
    """Yield whom it reaches and whom not; every: all names, else the first of many."""
    most, few = (None, None) if every else (NAMED, _A_FEW)
    yield Fact(_("Goes to"), _counted([plain(p.name) for p in reach.people], most))
    if reach.unseen:
        names = _counted([plain(p.name) for p in reach.unseen], few)
        every_one = len(reach.unseen) == len(reach.people) > 1
        yield Fact(_("Not seen in chat yet"), _("all of them") if every_one else names)
    if reach.gone:
        yield Fact(_("Do not get it"), gone_names(reach.gone, day, few))


def gone_names(gone: Sequence[Person], day: date, at_most: int | None = None) -> Text:
    """Return names with why they get nothing."""
    return named([_gone(person, day) for person in gone], at_most)


def _gone(person: Person, day: date) -> Text:
    if person.left_on is not None and person.left_on < day:
        return _("{name} (no longer employed)", name=person.name)
    return _("{name} (the post has ended)", name=person.name)


def _counted(names: Sequence[Text], at_most: int | None) -> Text:
    count = ngettext("{n} person", "{n} people", len(names))
    return lines(count, named(names, at_most), by=": ") if names else count


async def preview(request: Request, session: Session, filled: Filled) -> Card:
    """Return a draft as a card: whom it reaches, what it says, when, what to look at."""
    reach = await reach_of(request, session, filled)
    facts: list[Fact] = []
    if filled.get("audience") is not None:
        facts += told(reach, request.local_now.date(), every=False)
    facts += [
        Fact(label, plain(filled[name]))
        for name, label in (("text", _("Text")), ("text_en", _("English text")))
        if filled.get(name)
    ]
    at = datetime.fromisoformat(filled["when"]) if filled.get("when") else None
    facts.append(Fact(_("When"), plain(at) if at else _("at once")))
    facts.append(Fact(_("Sender"), plain(request.actor.name)))
    facts.append(Fact(_("Contact"), plain(filled.get("contact") or request.actor.name)))
    if filled.get("valid_to"):
        facts.append(Fact(_("Valid to"), plain(date.fromisoformat(filled["valid_to"]))))
    if filled.get("remind"):
        days = ngettext("after {n} working day", "after {n} working days", filled["remind"])
        facts.append(Fact(_("The unread are reminded"), days))
    if filled.get("text") and (found := hints(filled)):
        facts.append(Fact(_("To look at"), plain(Listed(tuple(found)))))
    return Card(_("Announcement"), facts=tuple(facts), buttons=_looks(filled, reach))


def _looks(filled: Filled, reach: Reach) -> tuple[Button, ...]:
    """Return the buttons that show more of a draft without changing it."""
    key = str(filled.get("key") or "")
    names = Button(_("All names"), "announcement.audience", key)
    copy_ = Button(_("As it is received"), "announcement.look", key)
    return (
        *((names,) if reach.names_cut and key else ()),
        *((copy_,) if filled.get("text") and key else ()),
    )


def day_of(said: str | None) -> date | None:
    """Return the day that a draft holds."""
    return date.fromisoformat(said) if said else None
