"""Put a backup back: verified first, all or nothing, and what it replaces is kept aside."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from storage import schema
from storage.backups.clients import Unfit
from storage.backups.into_postgresql import restore_postgresql
from storage.backups.into_sqlite import restore_sqlite
from storage.backups.manifest import Manifest, verified


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    aside: where what was there before is kept, "" when there was nothing. waiting: how many
    messages fell due by now, refired: how many schedules; they may have been sent since.
    """

    manifest: Manifest
    aside: str
    waiting: int
    refired: int

    @property
    def older_schema(self) -> bool:
        """Whether the schema has to be brought up before the bot starts."""
        return self.manifest.schema != schema.newest()


def restore(url: str, backup: Path, now: datetime, *, replace: bool) -> Restored:
    """Put a backup into a database that is empty, or with `replace` in the place of its rows.

    What fell due by now may have been sent since the backup: the time lost is noted, and delivery
    looks for such a message before it sends it. now: aware. Blocks.

    Raises:
        Unfit: the backup is damaged or does not fit, the database is in use or not empty.
        Held: a bot runs on the SQLite file.
        Unreachable: the database does not answer.
    """
    manifest = verified(backup)
    backend = make_url(url).get_backend_name()
    if manifest.backend != backend:
        raise Unfit(
            f"This is a backup of {manifest.backend}; SPINDEL_DATABASE_URL names {backend}."
        )
    if not schema.knows(manifest.schema):
        raise Unfit(
            f"The backup was taken by a newer version (schema {manifest.schema}). "
            "Install that version, or take an older backup."
        )
    put = restore_sqlite if backend == "sqlite" else restore_postgresql
    return Restored(manifest, *put(url, backup, manifest, now, replace=replace))
