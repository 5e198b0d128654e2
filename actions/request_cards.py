"""How a contact request is told, to both sides."""

from actions.alumnus_words import KINDS
from actions.reply import Button, Card, Fact
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


def handled(asked: ContactRequest) -> Card:
    """Return the card with what its coordinator can do next; nothing once it is over."""
    card = request_card(asked)
    return Card(card.title, card.subtitle, card.facts, _next_steps(asked))


def _next_steps(asked: ContactRequest) -> tuple[Button, ...]:
    value = str(asked.id)
    match asked.state:
        case "sent":
            return (
                Button(_("Approve"), "contact.approve", value, "primary"),
                Button(_("Decline"), "contact.decline", value, "danger"),
                Button(_("Suggest somebody else"), "contact.suggest", value),
            )
        case "approved":
            return (Button(_("I have made contact"), "contact.contacted", value, "primary"),)
        case "contacted":
            return (
                Button(_("Said yes"), "contact.yes", value, "primary"),
                Button(_("Said no"), "contact.no", value),
            )
    return ()
