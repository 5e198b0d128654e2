"""Backups: taken while the bot works, verified, put back, and what a database is like."""

from storage.backups.clients import Unfit
from storage.backups.manifest import Manifest
from storage.backups.restoring import Restored, restore
from storage.backups.taking import forget_old, take

__all__ = ["Manifest", "Restored", "Unfit", "forget_old", "restore", "take"]
