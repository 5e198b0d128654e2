"""Answer greetings, thanks and goodbyes as a colleague would: briefly."""

import re

from actions.access import EVERYBODY
from actions.action import Action
from actions.reply import Button, Reply
from actions.request import Request
from actions.words import Text, _
from storage import Session
from storage.folding import fold

action = Action("smalltalk", for_=EVERYBODY, title=_("Say hello"), example=_("Hello!"))

_REPLIES: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"\b(tack|thank|thanks|thx|tusen tack|cheers)\w*"), _("You're welcome!")),
    (re.compile(r"\b(hej da|hejda|bye|goodbye|ha det|see you|vi ses)\b"), _("Talk soon!")),
    (
        re.compile(r"\b(bot|robot|manniska|human|chatgpt|ai)\b"),
        _("I'm Spindel, a bot that helps with the alumni work. A person is behind every yes."),
    ),
    (re.compile(r"\b(mar du|how are you|laget|lget)\b"), _("All fine here, thanks for asking!")),
)


@action.asked
async def chat(request: Request, _session: Session) -> Reply:
    """Answer in one line and leave the menu within reach."""
    said = fold(request.text)
    text = next((reply for pattern, reply in _REPLIES if pattern.search(said)), None)
    first = request.actor.name.split(maxsplit=1)[0]
    hello = _("Hello {name}! What can I help you with?", name=first)
    return Reply(text or hello, (Button(_("What can you do?"), "intent.help"),), private=False)
