"""Send one message to many: whom, what, when; counted and named before it goes."""

from actions.send_announcement import looking, starting, telling
from actions.send_announcement.asking import action

__all__ = ["action", "looking", "starting", "telling"]
