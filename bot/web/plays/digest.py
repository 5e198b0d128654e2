"""The weekly digest, acted on row by row."""

from datetime import timedelta

from actions.words import _
from bot.web.plays.steps import ALMA, JOHAN, KARIN, Fill, Play, Press, Say, Wait

_WEEK = Say("Vad har jag missat?", "What have I missed?")

PLAYS = (
    Play("show_digest", _("What waits this week"), ALMA, (_WEEK,)),
    Play(
        "show_digest",
        _("A reminder put off, removed, taken back and done, where it stands"),
        ALMA,
        (
            Say("Påminn mig imorgon kl 9 att ringa SEB", "Remind me tomorrow at 9 to call SEB"),
            _WEEK,
            Press("reminder.day"),
            Press("reminder.postpone"),
            Fill("reminder.postponed", {"when": timedelta(days=4)}),
            Press("reminder.drop"),
            Press("reminder.restore"),
            Press("reminder.skip"),
        ),
    ),
    Play(
        "show_digest",
        _("The whole network, and a quiet unit asked"),
        KARIN,
        (_WEEK, Press("digest.ask"), Press("digest.show")),
    ),
    Play(
        "show_digest",
        _("A request that nobody has answered, and its coordinator reminded"),
        JOHAN,
        (
            Say("Vilka mentorer finns inom juridik?", "Which mentors are there in law?"),
            Press("contact.ask"),
            Fill("contact.save", {"purpose": "En gästföreläsning / A guest lecture"}),
            Wait(days=14),
            Press("digest.hurry"),
        ),
    ),
)
