"""Files in Teams: she is asked first, then the file is put among her own files in OneDrive.

A file's content is never kept. What she is asked carries the press that made it, and when she says
yes the press is done once more: it makes the file anew, or finds that she may no longer have it.
"""

from dataclasses import dataclass

from actions.reply import Button, File, Reply
from actions.words import _
from bot import spreadsheet
from bot.teams.arrivals import Arrival
from bot.teams.markup import Json
from bot.translation import Locale, render

_CONSENT = "application/vnd.microsoft.teams.card.file.consent"
_INFO = "application/vnd.microsoft.teams.card.file.info"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as it is handed over."""

    name: str
    description: str
    content: bytes


def files_of(reply: Reply, locale: Locale) -> list[Ready]:
    """Return the files of a reply."""
    return [
        Ready(
            render(element.name, locale),
            render(element.description, locale),
            spreadsheet.written(element.content, locale).encode(),
        )
        for element in reply.elements
        if isinstance(element, File)
    ]


def question(file: Ready, arrival: Arrival) -> Json:
    """Return the message that asks whether a file may be put among her own."""
    context = {"press": arrival.press, "value": arrival.value, "file": file.name}
    content = {
        "description": file.description,
        "sizeInBytes": len(file.content),
        "acceptContext": context,
        "declineContext": context,
    }
    return _message({"contentType": _CONSENT, "name": file.name, "content": content})


def handed_over(file: Ready, consent: Json) -> Json:
    """Return the message that shows where a file was put."""
    return _message(
        {
            "contentType": _INFO,
            "name": file.name,
            "contentUrl": str(consent.get("contentUrl") or ""),
            "content": {
                "uniqueId": str(consent.get("uniqueId") or ""),
                "fileType": str(consent.get("fileType") or "csv"),
            },
        }
    )


def declined(name: str) -> Reply:
    """Return what is said to a no."""
    return Reply(_("OK, “{file}” is not saved.", file=name), updates=True)


def unsaved(file: Ready, arrival: Arrival) -> Reply:
    """Return what is said where the file could not be put; a press asks anew."""
    again = Button(_("Try again"), arrival.press, arrival.value)
    return Reply(
        _("“{file}” could not be saved in OneDrive.", file=file.name), (again,), updates=True
    )


def _message(attachment: Json) -> Json:
    return {"type": "message", "attachments": [attachment]}
