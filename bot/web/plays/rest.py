"""Coordinators, approved texts, settings, the menu, and what lies outside."""

from actions.words import _
from bot.web.plays.steps import ALMA, JOHAN, MARIA, Fill, Play, Press, Say

OUTSIDE = "out_of_scope"

PLAYS = (
    Play(
        "find_coordinator",
        _("In place, and vacant"),
        JOHAN,
        (
            Say("Vem är alumnkoordinator på juridicum?", "Who is the alumni coordinator at Law?"),
            Say("Vem är koordinator på odont?", "Who is the coordinator at Odontology?"),
        ),
    ),
    Play(
        "find_coordinator",
        _("A name that could be two units"),
        JOHAN,
        (
            Say(
                "Vem är koordinator på läarutbildningen?",
                "Who is the coordinator at laarutbildningen?",
            ),
            Press("coordinator.unit"),
        ),
    ),
    Play(
        "explain_alumni",
        _("An approved text, both languages to paste, the list of all"),
        MARIA,
        (
            Say("Vad är en alumn?", "What is an alumn?"),
            Press("statement.share"),
            Say("hjälp", "help"),
            Press("intent.explain_alumni"),
            Press("statement.show"),
        ),
    ),
    Play(
        "change_settings",
        _("The language"),
        JOHAN,
        (Say("Inställningar", "Settings"), Press("settings.language")),
    ),
    Play(
        "change_settings",
        _("A code for her other chat"),
        JOHAN,
        (Say("Inställningar", "Settings"), Press("settings.link")),
    ),
    Play(
        "change_settings",
        _("The weekly digest, its form, taken back"),
        ALMA,
        (
            Say("Inställningar", "Settings"),
            Press("settings.form"),
            Fill(
                "settings.save",
                {"day": "2", "time": "07:30", "quiet_from": "18:00", "quiet_to": "07:00"},
            ),
            Press("settings.digest"),
        ),
    ),
    Play(
        "help",
        _("The menu"),
        JOHAN,
        (Say("hjälp", "help"), Say("hur importerar jag alumner?", "how do I import alumni?")),
    ),
    Play("smalltalk", _("A greeting"), JOHAN, (Say("Hej!", "Hello!"), Say("tack!", "thanks!"))),
    Play(
        OUTSIDE,
        _("What it cannot do, and what it never takes"),
        JOHAN,
        (
            Say("Boka en sal på torsdag", "Book a room for Thursday"),
            Say("Lägg in 811218-9876", "Register 811218-9876"),
        ),
    ),
)
