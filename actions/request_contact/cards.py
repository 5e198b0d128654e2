"""How a contact request is told, to both sides."""

from actions.alumnus_words import KINDS
from actions.reply import Card, Fact
from actions.words import Text, _, plain
from storage.tables import ContactRequest

STATES: dict[str, Text] = {
    "sent": _("Sent"),
    "approved": _("Approved"),
    "declined": _("Declined"),
    "contacted": _("Contacted"),
    "answered": _("Answered"),
    "withdrawn": _("Withdrawn"),
}


def request_card(asked: ContactRequest) -> Card:
    """Return the card of a request: whom, who asks, what for, where it stands."""
    return Card(
        plain(asked.alumnus.name),
        _("{name} asks for contact", name=asked.asker.name),
        (
            Fact(_("What for"), KINDS[asked.kind]),
            Fact(_("Purpose"), plain(asked.purpose)),
            Fact(_("State"), STATES[asked.state]),
        ),
    )
