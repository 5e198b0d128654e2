"""Text that is not yet in a language: a message id with values, translated by the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Union


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the database keeps in both languages."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values, joined the way the language joins them: "a, b och c"."""

    items: tuple["Value", ...]


Value = Union[str, int, date, datetime, time, Named, Listed, "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A message in English (its gettext id) and the values that stand in its {places}.

    plural: the id for any other number than one; the number is values["n"].
    Datetimes are wall time of the receiver's university, already without a zone.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None


def _(message: str, **values: Value) -> Text:
    """Mark a message for translation; Babel finds it by this function's name."""
    return Text(message, values)


def ngettext(one: str, many: str, n: int, **values: Value) -> Text:
    """Mark a message that depends on the number n; Babel finds it by this function's name."""
    return Text(one, {"n": n, **values}, plural=many)


def plain(value: Value) -> Text:
    """Show a value as it is: a name, a title, what somebody wrote."""
    return Text("{value}", {"value": value})


def lines(*parts: Text | None, by: str = "\n") -> Text:
    """Put texts under each other, leaving out what is None."""
    kept = [part for part in parts if part is not None]
    return Text(
        by.join(f"{{p{i}}}" for i in range(len(kept))), {f"p{i}": p for i, p in enumerate(kept)}
    )
