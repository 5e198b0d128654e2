"""Asking for contact, from both sides."""

from actions.words import _
from bot.web.plays.steps import JOHAN, Fill, Play, Press, Say, Wait

_ASK = (
    Say(
        "Vilka alumner är mentorer inom hållbarhet?", "Which alumni are mentors in sustainability?"
    ),
    Press("contact.ask"),
)
_SENT = Fill("contact.save", {"purpose": "En mentor till två masterstudenter / For two students"})
_NOT_NOW = {"note": "Hon har mycket att göra just nu. / She is busy just now."}

PLAYS = (
    Play(
        "request_contact",
        _("Asked without a purpose, asked, approved, contacted, a yes"),
        JOHAN,
        (
            *_ASK,
            Fill("contact.save", {"purpose": ""}),
            _SENT,
            Press("contact.approve"),
            Press("contact.contacted"),
            Press("contact.yes"),
        ),
    ),
    Play(
        "request_contact",
        _("Declined with a reason"),
        JOHAN,
        (
            Say("Vilka mentorer finns inom varumärken?", "Which mentors are there in branding?"),
            Press("contact.ask"),
            _SENT,
            Press("contact.decline"),
            Fill("contact.declined", _NOT_NOW),
        ),
    ),
    Play(
        "request_contact",
        _("Somebody else suggested, and a no"),
        JOHAN,
        (
            Say("Vilka mentorer finns inom riskkapital?", "Which mentors are in venture capital?"),
            Press("contact.ask"),
            _SENT,
            Press("contact.suggest"),
            Fill("contact.suggested", {"name": "Nobody Atall"}),
            Fill("contact.suggested", {"name": "Olle Lundberg"}),
            Press("contact.ask"),
            _SENT,
            Press("contact.approve"),
            Press("contact.contacted"),
            Press("contact.no"),
        ),
    ),
    Play(
        "request_contact",
        _("Not answered: it moves on, and is withdrawn"),
        JOHAN,
        (
            Say("Vilka mentorer finns inom finans?", "Which mentors are there in finance?"),
            Press("contact.ask"),
            _SENT,
            Wait(days=6),
            Press("contact.withdraw"),
        ),
    ),
)
