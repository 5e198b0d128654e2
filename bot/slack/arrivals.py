"""What somebody did in Slack, in the little that an answer needs and that is stored."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

Kind = Literal["text", "press", "open", "submit"]
SLASH = "command:"  # begins the keys of slash commands
SHORTCUT = "shortcut:"  # begins the keys of shortcuts on messages


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that somebody did in Slack.

    key: the same for every delivery of the same thing. own_team: the workspace she belongs to,
    where Slack tells. channel: "" for the Home tab. message: the message whose button was
    pressed. thread: where it was said. asks_back: where an ephemeral answer can be posted.
    trigger: opens a modal within three seconds, so it is never stored. withheld: held a personal
    identity number, and its words were dropped.
    """

    key: str
    kind: Kind
    user: str
    own_team: str = ""
    channel: str = ""
    thread: str = ""
    message: str = ""
    ephemeral: bool = False
    asks_back: str = ""
    text: str = ""
    press: str = ""
    submit: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    withheld: bool = False
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
        return asdict(replace(self, trigger=""))


def restored(kept: Mapping[str, Any]) -> Arrival:
    """Return what `stored` kept, also where another version of the program kept it."""
    known = {part.name for part in fields(Arrival)}
    return Arrival(**{name: value for name, value in kept.items() if name in known})
