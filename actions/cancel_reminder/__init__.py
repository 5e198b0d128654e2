"""Remove or postpone one of one's own reminders; what was removed can be taken back."""

from actions.cancel_reminder import asking, moving
from actions.cancel_reminder.removing import action

__all__ = ["action", "asking", "moving"]
