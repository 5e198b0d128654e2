"""Announcements and the weekly digest."""

from actions.words import _
from bot.web.plays.steps import KARIN, Fill, Play, Press, Say, Wait

_SEND = Say(
    "Skicka till alla koordinatorer: Anmäl era mentorer till mentorsdagen senast 15 december.",
    "Send to all coordinators: Register your mentors for the mentor day by 15 December.",
)
_ON_FRIDAY = Say(
    "Skicka till alla koordinatorer på fredag kl 9: Nätverksträffen flyttas till januari.",
    "Send to all coordinators on Friday at 9: The network meeting moves to January.",
)
_TO_WRITE = Say("Nytt utskick", "New announcement")
_EMPTY = {"audience": "", "text": ""}
_WHOLE = {
    "audience": "alla koordinatorer",
    "text": "Nya mallar för inbjudningar finns på medarbetarwebben.",
    "text_en": "New templates for invitations are on the staff pages.",
    "remind": "3",
}
_UNREAD = Say("Vem har inte läst utskicket?", "Who hasn't read the announcement?")
_MINE = Say("Mina utskick", "My announcements")
_CORRECTED = {
    "text_sv": "Anmäl era mentorer till mentorsdagen senast 18 december.",
    "text_en": "Register your mentors for the mentor day by 18 December.",
}
_STOP = Press("announcement.stop")
_CANCEL = Press("announcement.cancel")

PLAYS = (
    Play(
        "send_announcement",
        _("Counted, named, sent, read"),
        KARIN,
        (_SEND, Press("draft.save"), Press("announcement.read")),
    ),
    Play(
        "send_announcement",
        _("Written in the form, looked at, sent in both languages, the unread reminded"),
        KARIN,
        (
            _TO_WRITE,
            Fill("announcement.save", _EMPTY),
            Fill("announcement.save", _WHOLE),
            Press("announcement.audience"),
            Press("announcement.look"),
            Press("draft.save"),
            Wait(days=6),
        ),
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
    Play(
        "follow_up_announcement",
        _("The unread reminded, the text corrected, all of it recalled"),
        KARIN,
        (
            _SEND,
            Press("draft.save"),
            _MINE,
            Press("announcement.report"),
            Press("announcement.remind"),
            Press("announcement.correct"),
            Fill("announcement.corrected", _CORRECTED),
            Press("announcement.stop"),
            Press("announcement.recall"),
        ),
    ),
    Play(
        "follow_up_announcement",
        _("Cancelled before it was sent"),
        KARIN,
        (_ON_FRIDAY, Press("draft.save"), _MINE, Press("announcement.report"), _STOP, _CANCEL),
    ),
)
