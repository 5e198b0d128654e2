"""Somebody whom the import does not know: she is asked once which unit she belongs to.

Her answer decides what her questions default to; it gives no rights.
"""

from actions.reply import Button, Reply
from actions.words import Named, _, plain
from storage import Session
from storage.queries.people import person_by_id
from storage.queries.units import all_units
from storage.tables import Person, Unit

PRESS = "newcomer.unit"
_OFFERED = frozenset({"faculty", "central"})


def is_asked(person: Person) -> bool:
    """Whether somebody still has to be asked."""
    return person.unit_id is None and not person.asked_unit and person.left_on is None


async def question(session: Session) -> Reply:
    """Return the question, with a button for each faculty."""
    units = [unit for unit in await all_units(session) if unit.kind in _OFFERED]
    buttons = [Button(plain(_name(unit)), PRESS, str(unit.id)) for unit in units]
    return Reply(
        _(
            "By the way: which part of the university do you belong to? Then I begin your "
            "searches there."
        ),
        (*buttons, Button(_("None of these"), PRESS)),
        private=False,
    )


async def answered(session: Session, person_id: int, value: str) -> Reply:
    """Take the unit of a pressed button; a unit that the import gave is never changed here."""
    person = await person_by_id(session, person_id)
    person.asked_unit = True
    units = {str(unit.id): unit for unit in await all_units(session) if unit.kind in _OFFERED}
    if person.unit_id is None and value in units:
        person.unit_id = units[value].id
        text = _("Thanks. I begin at {unit} from now on.", unit=_name(units[value]))
    else:
        text = _("All right, I search the whole university.")
    return Reply(text, private=False, updates=True)


def _name(unit: Unit) -> Named:
    return Named(unit.name_sv, unit.name_en)
