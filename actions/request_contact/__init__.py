"""Ask to be put in touch with an alumnus; the coordinator who owns the relation decides."""

from actions.request_contact import deciding, own, telling, weekly
from actions.request_contact.asking import action

__all__ = ["action", "deciding", "own", "telling", "weekly"]
