"""Remind somebody of something: once, by a rule, or so long before something else."""

from actions.set_reminder import acting, ahead, refusing, sending, telling
from actions.set_reminder.setting import action

__all__ = ["acting", "action", "ahead", "refusing", "sending", "telling"]
