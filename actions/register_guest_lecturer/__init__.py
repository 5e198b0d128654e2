"""Register a guest lecture; the unit's coordinator approves it, and it is followed to its end."""

from actions.register_guest_lecturer import (
    approving,
    changing,
    changing_form,
    hanging,
    mine,
    moving,
    reminding,
    telling,
    weekly,
)
from actions.register_guest_lecturer.registering import action

__all__ = [
    "action",
    "approving",
    "changing",
    "changing_form",
    "hanging",
    "mine",
    "moving",
    "reminding",
    "telling",
    "weekly",
]
