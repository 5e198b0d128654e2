"""Change how the bot talks with one: today the language."""

from typing import Literal

from actions.access import EVERYBODY
from actions.action import Action
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import _
from storage import Session
from storage.folding import fold
from storage.queries.people import person_by_id

action = Action(
    "change_settings",
    for_=EVERYBODY,
    title=_("Settings"),
    example=_("Answer me in English"),
)

_WORDS: dict[Literal["sv", "en"], tuple[str, ...]] = {
    "en": ("engelsk", "english"),
    "sv": ("svensk", "swedish"),
}
_DIGEST = (
    "digest",
    "pausa",
    "paus",
    "sammanfattning",
    "notis",
    "notif",
    "summary",
    "veckobrev",
    "tyst",
    "quiet",
    "mute",
    "veckomejl",
)


@action.asked
async def change(request: Request, session: Session) -> Reply:
    """Change the language at once, or say what can be changed."""
    said = fold(request.text)
    for language, words in _WORDS.items():
        if any(word in said for word in words):
            return await _spoken(request, session, language)
    if any(word in said for word in _DIGEST):
        return Reply(
            _("I send no digests yet, so there is nothing to pause. The language I can change:"),
            _choices(),
            private=False,
        )
    return Reply(_("Which language shall I answer in?"), _choices(), private=False)


@action.pressed("settings.language")
async def choose(request: Request, session: Session) -> Reply:
    """Take the language of a button; anything else means as one writes."""
    if request.value == "sv":
        return await _spoken(request, session, "sv")
    if request.value == "en":
        return await _spoken(request, session, "en")
    person = await person_by_id(session, request.actor.id)
    person.locale = None
    return Reply(_("I answer in the language you write in."), _choices(), private=False)


async def _spoken(request: Request, session: Session, language: Literal["sv", "en"]) -> Reply:
    person = await person_by_id(session, request.actor.id)
    before = person.locale or "auto"
    person.locale = language
    undo = Button(_("Undo"), "settings.language", before)
    text = _("I will answer in English.") if language == "en" else _("I will answer in Swedish.")
    return Reply(text, (undo,), private=False, locale=language)


def _choices() -> tuple[Button, ...]:
    return (
        Button(_("In Swedish"), "settings.language", "sv"),
        Button(_("In English"), "settings.language", "en"),
        Button(_("As I write"), "settings.language", "auto"),
    )
