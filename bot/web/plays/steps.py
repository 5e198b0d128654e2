"""What a play of the gallery is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from actions.words import Text

JOHAN = "johan.ek@nordhamn.example"
ALMA = "alma.berg@nordhamn.example"
KARIN = "karin.lind@nordhamn.example"
MARIA = "maria.holm@nordhamn.example"


@dataclass(frozen=True, slots=True)
class Say:
    """Something said, in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Press:
    """The first button with this id among the newest messages, pressed by whoever got it."""

    press: str


@dataclass(frozen=True, slots=True)
class Fill:
    """The newest form with this id, sent with these values over those that it holds.

    A timedelta stands for the date so far ahead.
    """

    submit: str
    values: Mapping[str, str | timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """The clock moved forward."""

    hours: int = 0
    days: int = 0


Step = Say | Press | Fill | Wait


@dataclass(frozen=True, slots=True)
class Play:
    """What it shows, who begins, and the steps; action: the name that it stands under."""

    action: str
    title: Text
    who: str
    steps: tuple[Step, ...]
