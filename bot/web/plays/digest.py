"""The weekly digest, acted on row by row."""

from datetime import timedelta

from actions.words import _
from bot.web.plays.steps import ALMA, KARIN, Fill, Play, Press, Say

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
)
