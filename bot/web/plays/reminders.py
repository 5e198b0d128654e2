"""Reminders."""

from datetime import timedelta

from actions.words import _
from bot.web.plays.steps import ALMA, JOHAN, KARIN, MARIA, Fill, Play, Press, Say, Wait

_IN_TWO_HOURS = Say(
    "Påminn mig om två timmar att ringa Volvo", "Remind me in two hours to call Volvo"
)

_ALMA_TOMORROW = Say(
    "Påminn Alma imorgon kl 10 att boka sal", "Remind Alma tomorrow at 10 to book a room"
)

PLAYS = (
    Play(
        "set_reminder",
        _("Set, come due, put off, done"),
        JOHAN,
        (
            _IN_TWO_HOURS,
            Wait(hours=2),
            Press("reminder.hour"),
            Wait(hours=1),
            Press("reminder.tomorrow"),
            Wait(days=1),
            Press("reminder.done"),
        ),
    ),
    Play(
        "set_reminder",
        _("Put off to another time, in words, then until Monday"),
        JOHAN,
        (
            _IN_TWO_HOURS,
            Wait(hours=2),
            Press("reminder.later"),
            Fill("reminder.snooze", {"when": "i går"}),
            Fill("reminder.snooze", {"when": "om en timme"}),
            Wait(hours=1),
            Press("reminder.monday"),
            Wait(days=7),
            Press("reminder.done"),
        ),
    ),
    Play(
        "set_reminder",
        _("Every week, and undone"),
        JOHAN,
        (
            Say(
                "Påminn mig varje måndag kl 9 att gå igenom mentorslistan",
                "Remind me every Monday at 9 to go through the list of mentors",
            ),
            Press("reminder.undo"),
        ),
    ),
    Play(
        "set_reminder",
        _("For somebody else"),
        JOHAN,
        (
            _ALMA_TOMORROW,
            Press("draft.save"),
            Wait(days=2),
            Press("reminder.refuse"),
            Press("reminder.accept"),
        ),
    ),
    Play(
        "set_reminder",
        _("No more from somebody, and heard again"),
        JOHAN,
        (
            _ALMA_TOMORROW,
            Press("draft.save"),
            Wait(days=2),
            Press("reminder.mute"),
            Press("reminder.unmute"),
        ),
    ),
    Play(
        "set_reminder",
        _("For somebody else, who refuses it"),
        JOHAN,
        (_ALMA_TOMORROW, Press("draft.save"), Wait(days=2), Press("reminder.refuse")),
    ),
    Play(
        "set_reminder",
        _("A time that does not exist, then the form"),
        JOHAN,
        (
            Say("Påminn mig den 30 februari att ringa", "Remind me on 30 February to call"),
            Fill("reminder.save", {"when": "i går"}),
            Fill("reminder.save", {"task": "Ringa / Call", "when": timedelta(days=9)}),
        ),
    ),
    Play(
        "list_reminders",
        _("None yet; the list, one removed and taken back"),
        ALMA,
        (
            Say("Visa mina påminnelser", "Show my reminders"),
            Say("Påminn mig imorgon kl 9 att ringa SEB", "Remind me tomorrow at 9 to call SEB"),
            Say("Visa mina påminnelser", "Show my reminders"),
            Press("reminder.cancel"),
            Press("reminder.restore"),
        ),
    ),
    Play(
        "cancel_reminder",
        _("Removed by its name"),
        KARIN,
        (
            Say(
                "Påminn mig imorgon kl 13 att boka sal till nätverksträffen",
                "Remind me tomorrow at 1pm to book a room for the network meeting",
            ),
            Say(
                "Ta bort påminnelsen om nätverksträffen",
                "Remove the reminder about the network meeting",
            ),
        ),
    ),
    Play(
        "cancel_reminder",
        _("Two, and one of them moved"),
        MARIA,
        (
            Say("Påminn mig imorgon kl 9 att ringa SEB", "Remind me tomorrow at 9 to call SEB"),
            Say(
                "Påminn mig imorgon kl 10 att ringa Volvo", "Remind me tomorrow at 10 to call Volvo"
            ),
            Say("Flytta en påminnelse till fredag kl 14", "Move a reminder to Friday at 2pm"),
            Press("reminder.move"),
        ),
    ),
)
