"""A chat in which some people cannot be reached."""

from bot.terminal.channel import TerminalChannel
from bot.terminal.json_lines import JsonChat
from bot.transport import Outgoing, Sent, TransportError


class NotTo(TerminalChannel):
    """A chat that does not know some people."""

    def __init__(self, *emails: str) -> None:
        super().__init__()
        self.emails = emails

    async def send(self, outgoing: Outgoing) -> Sent:
        if outgoing.receiver.email in self.emails:
            raise TransportError("users_not_found", permanent=True)
        return await super().send(outgoing)


def without(chat: JsonChat, *emails: str) -> None:
    """Let a conversation's messages go through a chat that does not know these people."""
    chat.channel = NotTo(*emails)
    chat.bot.delivery.channels[:] = [chat.channel]
