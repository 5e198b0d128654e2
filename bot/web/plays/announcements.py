"""Announcements."""

from actions.words import _
from bot.web.plays.steps import KARIN, Play, Press, Say

_SEND = Say(
    "Skicka till alla koordinatorer: Anmäl era mentorer till mentorsdagen senast 15 december.",
    "Send to all coordinators: Register your mentors for the mentor day by 15 December.",
)
_UNREAD = Say("Vem har inte läst utskicket?", "Who hasn't read the announcement?")

PLAYS = (
    Play(
        "send_announcement",
        _("Counted, named, sent, read"),
        KARIN,
        (_SEND, Press("draft.save"), Press("announcement.read")),
    ),
    Play(
        "follow_up_announcement",
        _("Who has read"),
        KARIN,
        (
            _SEND,
            Press("draft.save"),
            _UNREAD,
            Press("announcement.names"),
            Press("announcement.csv"),
        ),
    ),
)
