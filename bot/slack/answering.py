"""What Slack adds to answering: buttons that open forms, and channels of several kinds."""

from actions.reply import Reply
from actions.request import Surface
from actions.words import _
from bot.assembly import Bot
from bot.chats.answering import Answering, Told
from bot.chats.identity import Who
from bot.slack.arrivals import Arrival
from bot.slack.channels import Channels
from bot.slack.form_button import unpacked
from bot.slack.identity import SlackIdentities

_GONE = _("That form is no longer in use. Write “help” to see what I can do.")
_HERE = _("Here is the form.")


class SlackAnswering(Answering[Arrival]):
    """Answers what came from Slack."""

    def __init__(self, bot: Bot, identities: SlackIdentities, channels: Channels) -> None:
        super().__init__(bot, identities)
        self._channels = channels

    async def of_the_chat(self, arrival: Arrival, who: Who) -> Told | None:
        """Return the form that a button carries; one that belongs to a draft is the draft's."""
        carried = unpacked(arrival.value) if arrival.kind == "open" else None
        if carried is None or self._is_draft_form(carried.submit):
            return None
        reply = Reply(_HERE, (carried.form,)) if carried.form else Reply(_GONE)
        return Told(reply, carried.locale, who.person_id)

    def pressed(self, arrival: Arrival) -> tuple[str, str]:
        """Return the press id and value of a button; a form's resumes its draft."""
        if arrival.kind == "open":
            return "draft.resume", unpacked(arrival.value).value
        return arrival.press, arrival.value

    async def surface(self, arrival: Arrival) -> Surface:
        """Return who sees what is said in a channel."""
        if arrival.direct:
            return Surface.DIRECT
        closed = await self._channels.is_closed(arrival.channel)
        return Surface.PRIVATE if closed else Surface.PUBLIC

    def _is_draft_form(self, submit: str) -> bool:
        actions = self._bot.conversation.routes.actions.values()
        return any(action.form and action.form.submit == submit for action in actions)
