"""What a pressed action of a card sends, read into a press or a filled form.

Anybody who can write to the bot can send such a value, so nothing about its shape is believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.teams.buttons import PRESS, VALUE
from bot.teams.form import FIELD, SUBMIT

_NAME = 255  # characters of a press, a form or a field
_VALUE = 2_000  # of what a button carries
_TYPED = 10_000  # of one field
_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button."""

    press: str
    value: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A filled form: its id, the value it was shown with and what stands in its fields."""

    submit: str
    value: str
    values: Mapping[str, str]


def read(value: object) -> Pressed | Submitted | None:
    """Return what the value of an activity tells; None: it is not from a card of ours."""
    sent = _data(value)
    carried = _words(sent.get(VALUE, ""), _VALUE)
    press, submit = _words(sent.get(PRESS), _NAME), _words(sent.get(SUBMIT), _NAME)
    if carried is None or bool(press) == bool(submit):
        return None
    return Pressed(press, carried) if press else Submitted(submit or "", carried, _fields(sent))


def _data(value: object) -> Mapping[object, object]:
    """Return the sent data, also from within an action that was executed."""
    if not isinstance(value, Mapping):
        return {}
    action = value.get("action")
    if not isinstance(action, Mapping):
        return value
    data = action.get("data")
    return data if isinstance(data, Mapping) else {}


def _fields(sent: Mapping[object, object]) -> dict[str, str]:
    named = [
        (name.removeprefix(FIELD), _words(told, _TYPED))
        for name, told in sent.items()
        if isinstance(name, str) and name.startswith(FIELD) and len(name) <= _NAME
    ]
    return {name: told for name, told in named[:_FIELDS] if name and told is not None}


def _words(told: object, limit: int) -> str | None:
    """Return a plain value as words; what is longer than we send, or no plain value, is None."""
    if told is None:
        return ""
    if isinstance(told, bool):
        return "true" if told else "false"
    if isinstance(told, int | float):
        return f"{told:.15g}"
    return told if isinstance(told, str) and len(told) <= limit else None
