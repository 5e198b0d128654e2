"""Change how the bot talks with one: the language, the digest, its pause, quiet hours, chats."""

from actions.change_settings import linking
from actions.change_settings.settings import action

__all__ = ["action", "linking"]
