"""The small plays that the gallery performs: who says and presses what, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.words import Text, _

JOHAN = "johan.ek@nordhamn.example"
ALMA = "alma.berg@nordhamn.example"
KARIN = "karin.lind@nordhamn.example"
MARIA = "maria.holm@nordhamn.example"


@dataclass(frozen=True, slots=True)
class Say:
    """Something said, in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Press:
    """The first button with this id among the newest messages, pressed by whoever got it."""

    press: str


@dataclass(frozen=True, slots=True)
class Fill:
    """The newest form with this id, sent with these values over those that it holds."""

    submit: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """The clock moved forward by so many hours."""

    hours: int


Step = Say | Press | Fill | Wait


@dataclass(frozen=True, slots=True)
class Play:
    """One action, who begins, and the steps."""

    action: str
    title: Text
    who: str
    steps: tuple[Step, ...]


PLAYS: tuple[Play, ...] = (
    Play(
        "find_mentor",
        _("A question, a narrower one, the next page, the whole university"),
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
        _("Nobody fits"),
        JOHAN,
        (
            Say(
                "Finns det någon mentor inom AI i Kiruna?",
                "Is there a mentor in AI in Kiruna?",
            ),
            Press("mentor.without"),
        ),
    ),
    Play(
        "find_mentor",
        _("Management sees no names"),
        MARIA,
        (Say("Vilka alumner är mentorer inom hållbarhet?", "Who can mentor in sustainability?"),),
    ),
    Play(
        "request_contact",
        _("Asked, approved, contacted, answered"),
        JOHAN,
        (
            Say("Vilka alumner är mentorer?", "Which alumni are mentors?"),
            Press("contact.ask"),
            Fill("contact.save", {"purpose": ""}),
            Fill("contact.save", {"purpose": "Mentor för två studenter / Mentor for two students"}),
            Press("contact.approve"),
            Press("contact.contacted"),
            Press("contact.yes"),
        ),
    ),
    Play(
        "request_contact",
        _("Declined with a reason, or with somebody else in place"),
        JOHAN,
        (
            Say("Vilka alumner är mentorer?", "Which alumni are mentors?"),
            Press("mentor.more"),
            Press("contact.ask"),
            Fill("contact.save", {"purpose": "Studiebesök / Study visit"}),
            Press("contact.suggest"),
            Press("contact.decline"),
            Fill("contact.declined", {"note": "Just nu går det inte. / Not just now."}),
        ),
    ),
    Play(
        "find_guest_lecturer",
        _("Held, coming, and who could"),
        JOHAN,
        (
            Say("Vem har gästföreläst om hållbarhet?", "Who has lectured on sustainability?"),
            Press("lecturer.everywhere"),
            Say("Kommande gästföreläsningar?", "Upcoming guest lectures?"),
        ),
    ),
    Play(
        "register_guest_lecturer",
        _("Said in one message, confirmed, approved"),
        JOHAN,
        (
            Say(
                "Lägg in Camilla Nord som gästföreläsare i marknadsföring 12 mars 13–15, FEK101",
                "Add Camilla Nord as guest lecturer in marketing on 12 March 13–15, FEK101",
            ),
            Press("draft.save"),
            Press("lecture.approve"),
        ),
    ),
    Play(
        "register_guest_lecturer",
        _("A form with errors, and a draft discarded"),
        JOHAN,
        (
            Say("Jag vill lägga in en gästföreläsare", "I want to register a guest lecturer"),
            Fill("lecture.save", {"lecturer": "", "date": "30 februari"}),
            Press("draft.discard"),
        ),
    ),
    Play(
        "set_reminder",
        _("Set, come due, put off, done"),
        JOHAN,
        (
            Say("Påminn mig om två timmar att ringa Volvo", "Remind me in two hours to call Volvo"),
            Wait(2),
            Press("reminder.hour"),
            Wait(1),
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
        _("A time that does not exist"),
        JOHAN,
        (
            Say("Påminn mig den 30 februari att ringa", "Remind me on 30 February to call"),
            Press("draft.discard"),
        ),
    ),
    Play(
        "list_reminders",
        _("The list, one removed, and taken back"),
        ALMA,
        (
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
        "find_coordinator",
        _("In place, vacant, and one's own"),
        JOHAN,
        (
            Say("Vem är alumnkoordinator på juridicum?", "Who is the alumni coordinator at Law?"),
            Say("Vem är koordinator på odontologi?", "Who is the coordinator at Odontology?"),
        ),
    ),
    Play(
        "explain_alumni",
        _("An approved text, and both languages to paste"),
        MARIA,
        (Say("Vad är en alumn?", "What is an alumn?"), Press("statement.share")),
    ),
    Play(
        "change_settings",
        _("The language"),
        JOHAN,
        (Say("Inställningar", "Settings"), Press("settings.language")),
    ),
    Play("help", _("The menu"), JOHAN, (Say("hjälp", "help"),)),
    Play("smalltalk", _("A greeting"), JOHAN, (Say("Hej!", "Hello!"), Say("tack!", "thanks!"))),
    Play(
        "out_of_scope",
        _("What it cannot do, and what it never takes"),
        JOHAN,
        (
            Say("Boka en sal på torsdag", "What will the weather be on Thursday?"),
            Say("Lägg in 811218-9876", "Register 811218-9876"),
        ),
    ),
)
