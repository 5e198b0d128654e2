"""What a pressed card says: a button, or a form with what was filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LONGEST = 4_000  # characters of one value that are read
_MOST = 50  # fields
_LARGEST = 10**15  # number; whoever types a larger one means nothing by it


@dataclass(frozen=True, slots=True)
class Done:
    """A press or a submission; exactly one of press and submit is set."""

    press: str = ""
    submit: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def submitted(given: Mapping[str, Any]) -> Done | None:
    """Return what an activity's value says; None where no card of ours says such a thing."""
    press, submit = _string(given.get("press")), _string(given.get("submit"))
    value = _string(given.get("value"))
    if press and not submit:
        return Done(press=press, value=value)
    if not submit or press:
        return None
    begins = f"{_string(given.get('form'))}."
    values = {
        name.removeprefix(begins): _string(told)
        for name, told in list(given.items())[:_MOST]
        if isinstance(name, str) and name.startswith(begins)
    }
    return Done(submit=submit, value=value, values=values)


def _string(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}" if abs(value) < _LARGEST else ""
    return value[:_LONGEST] if isinstance(value, str) else ""
