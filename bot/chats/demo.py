"""In the demo a real Slack user chooses whom to be."""

from collections.abc import Mapping
from datetime import datetime

from actions.reply import Button, Card, Field, Form, Kind, Reply
from actions.words import Text, _, lines, plain
from bot.web.people import Somebody, everybody, first_and_rest
from storage import Database

BE = "demo.be"  # both the button's press id, with an e-mail, and the form's
CHOOSE = "demo.choose"
OTHERS = "demo.others"
PRESSES = frozenset({BE, CHOOSE, OTHERS})
_PERSON = "person"


async def picker(database: Database, now: datetime) -> Reply:
    """Return the four fixed people as cards, and a way to everybody else."""
    first, _rest = first_and_rest(await everybody(database, now))
    return Reply(
        _("This is a demo with an invented university. Whom do you want to be?"),
        (*map(_card, first), Button(_("Somebody else"), OTHERS)),
    )


async def others(database: Database, now: datetime) -> Reply:
    """Return a form with everybody in it."""
    people = await everybody(database, now)
    options = tuple((somebody.email, _named(somebody)) for somebody in people)
    field = Field(_PERSON, Kind.CHOICE, _("Person"), options=options)
    return Reply(_("Whom do you want to be?"), (Form(BE, _("Be somebody else"), (field,)),))


def chosen(value: str, values: Mapping[str, str]) -> str:
    """Return the e-mail that a button or the filled form names."""
    return values.get(_PERSON) or value


def became(somebody: Somebody, menu: Reply) -> Reply:
    """Return the menu of whom one has become, who she is said first."""
    who = _("You are now {who}.", who=_named(somebody))
    return Reply(lines(who, menu.text, by="\n\n"), menu.elements, private=True, updates=True)


def aside() -> Reply:
    """Return the part of the Home tab that leads back to the choice."""
    return Reply(_("This is a demo"), (Button(_("Be somebody else"), CHOOSE),))


def _card(somebody: Somebody) -> Card:
    about = lines(somebody.role_name, somebody.title, somebody.unit, by=" · ")
    return Card(
        plain(somebody.name), about, buttons=(Button(_("Choose"), BE, somebody.email, "primary"),)
    )


def _named(somebody: Somebody) -> Text:
    return lines(plain(somebody.name), somebody.title, by=", ")
