"""Whom one can be on the page: the four first, then everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from actions.access import Role
from actions.words import Named, Text, _, plain
from bot.translation import Locale, render
from storage import Database
from storage.folding import fold
from storage.queries.directory import directory
from storage.tables import Appointment, Person

# One for each role, in the order in which a newcomer understands them; docs/demo.md lists them.
FIRST = (
    "johan.ek@nordhamn.example",
    "alma.berg@nordhamn.example",
    "karin.lind@nordhamn.example",
    "maria.holm@nordhamn.example",
)
_BY_WEIGHT = (Role.MANAGEMENT, Role.CENTRAL, Role.COORDINATOR)
ROLES = {
    Role.STAFF: _("Member of staff"),
    Role.COORDINATOR: _("Local coordinator"),
    Role.CENTRAL: _("Central unit"),
    Role.MANAGEMENT: _("Management"),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person to be, as the page shows her; locale: the language she has chosen, if any."""

    id: int
    name: str
    email: str
    title: Text
    unit: Text
    role: Role
    locale: Locale | None
    spoken: bool
    zone: ZoneInfo

    @property
    def first_name(self) -> str:
        """What colleagues call her."""
        return self.name.split(maxsplit=1)[0]

    @property
    def initials(self) -> str:
        """The first letters of her first and last name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1])).upper()

    @property
    def role_name(self) -> Text:
        """Her role in words."""
        return ROLES[self.role]

    @property
    def search_words(self) -> str:
        """Everything she can be found by, in both languages, folded."""
        texts = (self.title, self.unit, self.role_name)
        words = [f"{render(text, 'sv')} {render(text, 'en')}" for text in texts]
        return fold(" ".join([self.name, self.email, *words]))


async def everybody(database: Database, now: datetime) -> list[Somebody]:
    """Return all who can be chosen, by name."""
    async with database.begin() as session:
        rows = await directory(session, now.date())
    return [_somebody(person, posts) for person, posts in rows]


async def somebody(database: Database, person_id: int, now: datetime) -> Somebody | None:
    """Return one person, if she works here."""
    async with database.begin() as session:
        rows = await directory(session, now.date(), person_id)
    return next((_somebody(person, posts) for person, posts in rows), None)


def first_and_rest(people: Sequence[Somebody]) -> tuple[list[Somebody], list[Somebody]]:
    """Return the four that a newcomer starts with, and the others."""
    by_email = {person.email: person for person in people}
    first = [by_email[email] for email in FIRST if email in by_email]
    return first, [person for person in people if person not in first]


def matching(people: Sequence[Somebody], words: str) -> list[Somebody]:
    """Return those in whom every word is found, in name, unit, title, role or e-mail."""
    wanted = fold(words).split()
    return [p for p in people if all(word in p.search_words for word in wanted)]


def _somebody(person: Person, posts: Sequence[Appointment]) -> Somebody:
    held = {Role(post.role) for post in posts}
    unit = person.unit
    locale: Literal["sv", "en"] | None = "en" if person.locale == "en" else None
    return Somebody(
        id=person.id,
        name=person.name,
        email=person.email,
        title=plain(Named(person.title_sv, person.title_en)),
        unit=plain(Named(unit.name_sv, unit.name_en)) if unit else plain(""),
        role=next((role for role in _BY_WEIGHT if role in held), Role.STAFF),
        locale="sv" if person.locale == "sv" else locale,
        spoken=person.spoken is not None,
        zone=ZoneInfo(person.zone),
    )
