"""In which of her chats somebody is reached."""

from actions.reply import Button, Card, Fact
from actions.words import Text, _, plain
from storage import Session
from storage.queries.accounts import accounts_of
from storage.queries.preferences import choices_of

NAMES = {"slack": plain("Slack"), "teams": plain("Teams")}
WHERE_LAST = "last"  # a button's value


async def chats_card(session: Session, person_id: int) -> Card:
    """Return where messages come, with what can be done about it."""
    mine = await chats_of(session, person_id)
    link = Button(_("Connect another chat"), "settings.link")
    if len(mine) < len(NAMES):
        told: Text = NAMES[mine[0]] if mine else _("here")
        return Card(_("Chats"), None, (Fact(_("Messages come in"), told),), (link,))
    chosen = (await choices_of(session, person_id)).chat
    facts = (Fact(_("Messages come in"), where_told(chosen)),)
    buttons = [
        Button(_("Always in {chat}", chat=NAMES[chat]), "settings.chat", chat)
        for chat in mine
        if chat != chosen
    ]
    if chosen is not None:
        buttons.append(Button(_("Where I was last"), "settings.chat", WHERE_LAST))
    return Card(_("Chats"), None, facts, tuple(buttons))


async def chats_of(session: Session, person_id: int) -> list[str]:
    """Return the chats in which somebody has been, the last one first."""
    accounts = await accounts_of(session, person_id)
    return [*dict.fromkeys(a.channel for a in accounts if a.channel in NAMES)]


def where_told(chosen: str | None) -> Text:
    """Return where messages come, in words."""
    return NAMES[chosen] if chosen in NAMES else _("the chat where you were last")
