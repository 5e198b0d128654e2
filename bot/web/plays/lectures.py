"""Guest lectures: looking, registering, deciding."""

from collections.abc import Mapping
from datetime import timedelta

from actions.words import _
from bot.web.plays.steps import JOHAN, Fill, Play, Press, Say, Wait

Values = Mapping[str, str | timedelta]
_REGISTER = Say(
    "Lägg in Camilla Nord som gästföreläsare i marknadsföring om tre veckor kl 13–15, FEK101",
    "Add Camilla Nord as guest lecturer in marketing in three weeks at 13–15, FEK101",
)
_EMPTY = Say("Jag vill lägga in en gästföreläsare", "I want to register a guest lecturer")
_WRONG: Values = {"lecturer": "", "topic": "Prissättning / Pricing", "date": "30 februari"}
_RIGHT: Values = {
    "lecturer": "Camilla Nord",
    "topic": "Prissättning / Pricing",
    "date": timedelta(days=30),
}
_NOT_NOW = {"note": "Salen är upptagen den veckan. / The room is taken that week."}

PLAYS = (
    Play(
        "find_guest_lecturer",
        _("Held, coming, and who could"),
        JOHAN,
        (
            Say("Vem har gästföreläst om hållbarhet?", "Who has lectured on sustainability?"),
            Press("lecturer.everywhere"),
            Say("Vilka gästföreläsningar kommer framöver?", "Which guest lectures are coming up?"),
        ),
    ),
    Play(
        "find_guest_lecturer",
        _("Nobody fits"),
        JOHAN,
        (
            Say(
                "Vem har gästföreläst om odontologi i Kiruna?",
                "Who has lectured on dentistry in Kiruna?",
            ),
            Press("lecturer.without"),
        ),
    ),
    Play(
        "register_guest_lecturer",
        _("A form with errors, then right, then declined"),
        JOHAN,
        (
            _EMPTY,
            Fill("lecture.save", _WRONG),
            Fill("lecture.save", _RIGHT),
            Press("lecture.decline"),
            Fill("lecture.declined", _NOT_NOW),
        ),
    ),
    Play(
        "register_guest_lecturer", _("A draft discarded"), JOHAN, (_EMPTY, Press("draft.discard"))
    ),
    Play(
        "register_guest_lecturer",
        _("Registered and cancelled"),
        JOHAN,
        (
            _EMPTY,
            Fill("lecture.save", _RIGHT),
            Press("lecture.cancel"),
            Press("lecture.cancelled"),
        ),
    ),
    Play(
        "register_guest_lecturer",
        _("Moved in words, then in the form, with an error first"),
        JOHAN,
        (
            _REGISTER,
            Press("draft.save"),
            Press("lecture.approve"),
            Say(
                "Flytta gästföreläsningen med Camilla Nord om fyra veckor kl 10–12",
                "Move the guest lecture with Camilla Nord in four weeks at 10–12",
            ),
            Press("lecture.move"),
            Press("lecture.change"),
            Fill("lecture.changed", {"date": "30 februari"}),
            Fill("lecture.changed", {"date": timedelta(days=35), "room": "B203"}),
        ),
    ),
    Play(
        "register_guest_lecturer",
        _("Said in one message, confirmed, approved; a week before, a day before, afterwards"),
        JOHAN,
        (_REGISTER, Press("draft.save"), Press("lecture.approve"), Wait(days=23)),
    ),
)
