"""Show what the bot can do, by the four areas of the alumni work."""

import re

from actions.access import COORDINATORS, DECIDING, EVERYBODY, PERSONS, Actor, authorize
from actions.action import Action
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import Text, _
from storage import Session

_FILE = re.compile(
    r"\b(?:importera\w*|ladda upp|läs(?:a|er) in|(?:to|i|we) import|importing|upload(?:ing)?)\b"
    r".*\b(?:csv\w*|excel\w*|filer?n?|files?|spreadsheets?|alumner\w*|alumni|alumnregist\w*)\b",
    re.IGNORECASE,
)
action = Action("help", for_=EVERYBODY, title=_("Help"), example=_("What can you do?"))


@action.asked
async def menu(request: Request, _session: Session) -> Reply:
    """Answer with the menu of what stands in this house today."""
    first = request.actor.name.split(maxsplit=1)[0]
    return Reply(
        _greeting(request.actor, first),
        tuple(
            Button(title, f"intent.{name}")
            for name, title, for_ in _MENU
            if authorize(request.actor, for_)
        ),
        private=False,
    )


@action.ordered(_FILE)
async def how_to_import(_request: Request, _session: Session) -> Reply:
    """Tell how files are read in: not in the chat."""
    text = _(
        "I take no files in the chat. Alumni, staff, units and coordinators are read from CSV "
        "files by whoever runs me, with the command “spindel import”; it first shows what would "
        "change. Ask IT support or the central alumni unit."
    )
    return Reply(text, private=False)


def _greeting(actor: Actor, first: str) -> Text:
    if not authorize(actor, PERSONS):
        return _(
            "Hello {name}! I remind you of what you want, tell who the coordinators are and how we "
            "work with alumni. Write as you talk, in Swedish or English, or press a button.",
            name=first,
        )
    return _(
        "Hello {name}! I help with the alumni work: finding people, guest lectures, contacts "
        "and reminders. Write as you talk, in Swedish or English, or press a button.",
        name=first,
    )


_MENU = (
    ("find_mentor", _("Find a mentor"), PERSONS),
    ("find_guest_lecturer", _("Find a guest lecturer"), PERSONS),
    ("register_guest_lecturer", _("Register a guest lecture"), PERSONS),
    ("set_reminder", _("Set a reminder"), EVERYBODY),
    ("list_reminders", _("My reminders"), EVERYBODY),
    ("show_digest", _("My week"), DECIDING),
    ("send_announcement", _("Send an announcement"), COORDINATORS),
    ("follow_up_announcement", _("Who has not read?"), COORDINATORS),
    ("find_coordinator", _("Who is the coordinator?"), EVERYBODY),
    ("explain_alumni", _("How we work with alumni"), EVERYBODY),
    ("change_settings", _("Settings"), EVERYBODY),
)
