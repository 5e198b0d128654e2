"""A message, a press or a submission, with everything a handler needs to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.denying import Denial, denials
from actions.pointing import Offered
from nlu import Understanding
from nlu.result import Entity

Locale = Literal["sv", "en"]
_LONGEST_ID = 9


class Surface(StrEnum):
    """Where it was said: alone with the bot, in a closed channel, or in an open one."""

    DIRECT = "direct"
    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Request:
    """What one person asks at one moment.

    now: aware, UTC, handed in by whoever walks the message. understanding is None for a press
    and a submission. conversation: where it was said, so that a draft knows where it began.
    offered: the choices that the answer before gave.
    """

    actor: Actor
    now: datetime
    locale: Locale
    surface: Surface = Surface.DIRECT
    conversation: str = ""
    text: str = ""
    understanding: Understanding | None = None
    press: str = ""
    value: str = ""
    submission: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[Offered, ...] = ()

    @property
    def local_now(self) -> datetime:
        """The asker's wall clock, naive."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).replace(tzinfo=None)

    def said(self, entity: str) -> list[str]:
        """The values of one entity, in the order they were said; "inte Anna B" says none."""
        denied = self._denials
        return [e.value for e in self.marked if e.entity == entity and e not in denied]

    @property
    def marked(self) -> tuple[Entity, ...]:
        """The names in the message, also where its intent carries none."""
        understood = self.understanding
        return (understood.marked or understood.entities) if understood else ()

    def denied(self, entity: str) -> list[str]:
        """The values of one entity that were said not to be meant."""
        return [e.value for e, _how in self.denials if e.entity == entity]

    @property
    def denials(self) -> list[tuple[Entity, Denial]]:
        """The names that were said not to be meant, in order, and how."""
        return list(self._denials.items())

    @property
    def _denials(self) -> dict[Entity, Denial]:
        understood = self.understanding
        return denials(understood.text, self.marked) if understood else {}

    def with_(self, **changes: object) -> "Request":
        """Return a copy with some attributes changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def row_id(value: str) -> int:
    """Return the row's number that a button carries, or 0, which no row has.

    Old and crafted messages carry anything: "²" and a number of a hundred digits are 0 too.
    """
    whole = value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID
    return int(value) if whole else 0
