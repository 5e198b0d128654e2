"""What somebody did in Slack, in the little that an answer needs and that is stored."""

from dataclasses import dataclass, replace
from typing import Any

from bot.chats import arrivals

SLASH = "command:"  # begins the keys of slash commands
SHORTCUT = "shortcut:"  # begins the keys of shortcuts on messages


@dataclass(frozen=True, slots=True)
class Arrival(arrivals.Arrival):
    """One thing that somebody did in Slack.

    own_team: the workspace she belongs to, where Slack tells. channel: "" for the Home tab.
    thread: where it was said. asks_back: where an ephemeral answer can be posted. trigger: opens a
    modal within three seconds, so it is never stored.
    """

    own_team: str = ""
    thread: str = ""
    ephemeral: bool = False
    asks_back: str = ""
    trigger: str = ""

    @property
    def slash(self) -> bool:
        """Whether it was the slash command, which may be given where the bot is not."""
        return self.key.startswith(SLASH)

    @property
    def opens(self) -> bool:
        """Whether somebody waits for a form: she pressed its button or took the shortcut."""
        return self.kind == "open" or self.key.startswith(SHORTCUT)

    @property
    def direct(self) -> bool:
        """Whether it was said to the bot alone."""
        return not self.channel or self.channel.startswith("D")

    def stored(self) -> dict[str, Any]:
        """Return what is kept until it is answered."""
        return arrivals.Arrival.stored(replace(self, trigger=""))
