"""A message, a press or a submission, with everything a handler needs to answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from actions.access import Actor
from nlu import Understanding

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

    @property
    def local_now(self) -> datetime:
        """The asker's wall clock, naive."""
        return self.now.astimezone(ZoneInfo(self.actor.zone)).replace(tzinfo=None)

    def said(self, entity: str) -> list[str]:
        """The values of one entity, in the order they were said."""
        if self.understanding is None:
            return []
        return self.understanding.values(entity)

    def with_(self, **changes: object) -> "Request":
        """Return a copy with some attributes changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def row_id(value: str) -> int:
    """Return the row's number that a button carries, or 0, which no row has.

    Old and crafted messages carry anything: "²" and a number of a hundred digits are 0 too.
    """
    whole = value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID
    return int(value) if whole else 0
