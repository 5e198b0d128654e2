"""Finding mentors."""

from actions.words import _
from bot.web.plays.steps import JOHAN, MARIA, Play, Press, Say

PLAYS = (
    Play(
        "find_mentor",
        _("A question, the next page, a narrower one, the whole university"),
        JOHAN,
        (
            Say("Vilka alumner är mentorer?", "Which alumni are mentors?"),
            Press("mentor.more"),
            Say("bara i Malmö", "only in Malmö"),
            Press("mentor.everywhere"),
        ),
    ),
    Play(
        "find_mentor",
        _("Some are left out, and taken back"),
        JOHAN,
        (
            Say(
                "Vilka alumner är mentorer, utom i Göteborg?",
                "Which alumni are mentors, except in Gothenburg?",
            ),
            Say("skippa Skåne också", "without Skåne too"),
            Say("visa Göteborg igen", "show Gothenburg again"),
        ),
    ),
    Play(
        "find_mentor",
        _("Nobody fits"),
        JOHAN,
        (
            Say(
                "Finns det någon mentor inom odontologi i Kiruna?",
                "Is there a mentor in dentistry in Kiruna?",
            ),
            Press("mentor.without"),
        ),
    ),
    Play(
        "find_mentor",
        _("Management sees no names"),
        MARIA,
        (
            Say(
                "Vilka alumner är mentorer inom hållbarhet?",
                "Which alumni are mentors in sustainability?",
            ),
        ),
    ),
)
