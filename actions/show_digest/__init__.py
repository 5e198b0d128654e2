"""The coordinator's week, by itself and when asked; every row is acted on where it stands."""

from actions.show_digest import alumni, network, nudging, numbers, sending
from actions.show_digest.composing import action

__all__ = ["action", "alumni", "network", "nudging", "numbers", "sending"]
