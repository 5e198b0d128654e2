"""What a check of the doctor found."""

from dataclasses import dataclass
from typing import Literal

from actions.words import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and the cure where it is ill."""

    what: Text
    state: Literal["ok", "note", "ill"]
    found: Text
    cure: Text | None = None
