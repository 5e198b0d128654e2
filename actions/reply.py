"""The neutral reply: eight elements that every channel can show, and the reply around them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from actions.words import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; the press id and value come back unchanged, at most 2,000 characters."""

    label: Text
    press: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with its facts and what can be done with it."""

    title: Text
    subtitle: Text | None = None
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of text, at most 20 × 100."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers drawn as bars; every channel also shows them as text."""

    title: Text
    series: tuple[tuple[Text, float], ...]


class Kind(StrEnum):
    """What a form field takes."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; value and options are what the form opens with.

    Values travel as strings: ISO dates and times, an option's value, several joined by commas.
    """

    name: str
    kind: Kind
    label: Text
    required: bool = True
    value: str = ""
    options: tuple[tuple[str, Text], ...] = ()
    error: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to fill and the id under which they are submitted; value comes back unchanged."""

    submit: str
    title: Text
    fields: tuple[Field, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A table to take away: the channel writes it as a CSV file in the reader's language.

    name: with its ending. description: what is in it, in a sentence. content: any number of rows.
    It stands in the answer to a press, made at that moment: no database keeps it, and what the
    outbox delivers has none. A channel that cannot hand over files shows the name, the
    description and `content` as it shows a Table, cut where its limits are.
    """

    name: Text
    description: Text
    content: Table


Element = Text | Fact | Button | Card | Table | Chart | Form | File


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers.

    private: names persons, so it is shown in a direct message only.
    updates: takes the place of the message whose button was pressed.
    locale: set when the answer itself changed the language.
    """

    text: Text
    elements: tuple[Element, ...] = field(default=())
    private: bool = True
    updates: bool = False
    locale: Literal["sv", "en"] | None = None
