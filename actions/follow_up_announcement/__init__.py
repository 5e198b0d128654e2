"""See how an announcement went, and remind, resend, correct, recall or cancel it."""

from actions.follow_up_announcement import sheet
from actions.follow_up_announcement.asking import action

__all__ = ["action", "sheet"]
