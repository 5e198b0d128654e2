"""The coordinator's week, by itself and when asked; every row is acted on where it stands."""

from actions.show_digest import network, numbers, sending
from actions.show_digest.composing import action

__all__ = ["action", "network", "numbers", "sending"]
