"""Every capability of the house: the `action` of each file in `actions/`."""

import importlib
import pkgutil

import actions
from actions.action import Action

# The order in which the menu shows them; what is not named comes after, by name.
_FIRST = (
    "find_mentor",
    "find_guest_lecturer",
    "register_guest_lecturer",
    "set_reminder",
    "find_coordinator",
    "explain_alumni",
)


def capabilities() -> list[Action]:
    """Return the actions; adding a file to `actions/` is enough to add one."""
    modules = (
        importlib.import_module(f"actions.{module.name}")
        for module in pkgutil.iter_modules(actions.__path__)
    )
    found = [m.action for m in modules if isinstance(getattr(m, "action", None), Action)]
    return sorted(found, key=lambda a: (_place(a.name), a.name))


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
