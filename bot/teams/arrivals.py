"""What somebody did in Teams, in the little that an answer needs and that is stored."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.chats import arrivals
from bot.teams.place import Place

Scope = Literal["personal", "group", "channel", "closed"]
DECLINED = "file.declined"  # stands for the press of whoever was offered a file and said no


@dataclass(frozen=True, slots=True)
class Arrival(arrivals.Arrival):
    """One thing that somebody did in Teams.

    user: her object id in Entra. member: her id in Teams. channel: the conversation's id. service:
    the address that answers for the conversation. scope: closed is a channel that not everybody
    in the team sees. locale: what her Teams is set to. consent: where a file may be put; such an
    address is a key, so it is never stored.
    """

    member: str = ""
    name: str = ""
    service: str = ""
    scope: Scope = "personal"
    locale: str = ""
    consent: dict[str, Any] = field(default_factory=dict)

    @property
    def direct(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.scope == "personal"

    @property
    def place(self) -> Place:
        """The conversation in which it was done."""
        return Place(self.service, self.channel)

    def stored(self) -> dict[str, Any]:
        """Return what is kept until it is answered."""
        return arrivals.Arrival.stored(replace(self, consent={}))
