"""Find alumni who can be mentors, supervise theses or host study visits."""

from actions.find_mentor.asking import action

__all__ = ["action"]
