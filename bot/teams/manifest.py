"""The app's manifest, which tells Teams what the bot is, and its Swedish beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from actions.words import Text, _
from bot.settings import Settings
from bot.translation import Locale, render

# From 1.25 an app can ask to be in shared channels, where people of other universities are.
VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
SWEDISH = "sv.json"
COLOR = "color.png"
OUTLINE = "outline.png"
_ACCENT = "#0c4a57"

_SHORT = _("Spindel")
_FULL = _("Spindel – the alumni work, in the chat")
_IN_SHORT = _("The university's alumni work, in the chat")
_AT_LENGTH = _(
    "Spindel helps the university's staff with the alumni work: it finds mentors and guest "
    "lecturers, passes on contact requests, registers guest lectures, sets reminders and sends a "
    "weekly digest. Write as you talk, in Swedish or English. Personal data is shown in direct "
    "messages only."
)


@dataclass(frozen=True, slots=True)
class Command:
    """What Teams offers in the field where one writes: pressed, its title is what is written."""

    action: str
    title: Text
    told: Text


_MENTOR = Command(
    "find_mentor", _("Find a mentor"), _("Alumni who want to be mentors, by field and place")
)
_LECTURER = Command(
    "find_guest_lecturer",
    _("Find a guest lecturer"),
    _("Who has given guest lectures, and who offers to"),
)
_COORDINATOR = Command(
    "find_coordinator",
    _("Who is the coordinator?"),
    _("Who answers for the alumni work where you are"),
)
_HELP = Command("help", _("Help"), _("What I can do"))
PERSONAL = (
    _MENTOR,
    _LECTURER,
    Command(
        "register_guest_lecturer",
        _("Register a guest lecture"),
        _("Who, when and in which course; you see it before it is saved"),
    ),
    Command("request_contact", _("Ask for contact"), _("The coordinator passes your request on")),
    Command("set_reminder", _("Remind me"), _("Once, again and again, or before a lecture")),
    Command("list_reminders", _("My reminders"), _("See, move and remove them")),
    _COORDINATOR,
    Command("show_digest", _("Show the weekly digest"), _("What waits, what comes, numbers")),
    Command("change_settings", _("Settings"), _("Language, and the day of the weekly digest")),
    _HELP,
)
SHARED = (
    _MENTOR,
    _LECTURER,
    _COORDINATOR,
    Command(
        "explain_alumni",
        _("What is alumni work?"),
        _("What the university says about its alumni work"),
    ),
    _HELP,
)
_LISTS = ((("personal",), PERSONAL), (("team", "groupChat"), SHARED))


def manifest(settings: Settings, version: str) -> dict[str, Any]:
    """Return the manifest, in English; version: three numbers by points."""
    site = settings.teams_website or settings.teams_public_url
    host = urlsplit(settings.teams_public_url).hostname
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        # The app's own id is the bot's: a package made anew is an update of the one before.
        "id": settings.teams_app_id.lower(),
        "developer": {
            "name": settings.teams_developer,
            "websiteUrl": site,
            "privacyUrl": settings.teams_privacy_url or site,
            "termsOfUseUrl": site,
        },
        "name": {"short": _en(_SHORT), "full": _en(_FULL)},
        "description": {"short": _en(_IN_SHORT), "full": _en(_AT_LENGTH)},
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": "sv", "file": SWEDISH}],
        },
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": _ACCENT,
        "bots": [_bot(settings.teams_app_id.lower())],
        "validDomains": [host] if host else [],
        "defaultInstallScope": "personal",
    }


def swedish() -> dict[str, str]:
    """Return the Swedish of the manifest: where a text stands → its Swedish."""
    return {
        "name.short": render(_SHORT, "sv"),
        "name.full": render(_FULL, "sv"),
        "description.short": render(_IN_SHORT, "sv"),
        "description.full": render(_AT_LENGTH, "sv"),
        **dict(_swedish_commands()),
    }


def _bot(app_id: str) -> dict[str, Any]:
    return {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "supportsCalling": False,
        "supportsVideo": False,
        "commandLists": [
            {"scopes": list(scopes), "commands": [_shown(each, "en") for each in commands]}
            for scopes, commands in _LISTS
        ],
    }


def _shown(command: Command, locale: Locale) -> dict[str, str]:
    return {
        "title": render(command.title, locale),
        "description": render(command.told, locale),
    }


def _swedish_commands() -> Iterator[tuple[str, str]]:
    for list_, (_scopes, commands) in enumerate(_LISTS):
        for place, command in enumerate(commands):
            for part, text in _shown(command, "sv").items():
                yield f"bots[0].commandLists[{list_}].commands[{place}].{part}", text


def _en(text: Text) -> str:
    return render(text, "en")
