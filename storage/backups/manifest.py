"""What stands beside a backup: when, of what, how many rows, and the checksum to tell damage."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from storage.backups.clients import Unfit

_TABLE = re.compile(r"[a-z_]+")
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of one backup.

    taken_at: aware. backend: sqlite or postgresql. schema: the revision. counts: rows by table,
    as they are in the backup.
    """

    taken_at: datetime
    backend: str
    schema: str
    counts: dict[str, int]
    sha256: str

    def write(self, backup: Path) -> None:
        """Write it beside a backup."""
        facts = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        path = beside(backup)
        path.touch(mode=0o600)
        path.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def beside(backup: Path) -> Path:
    """Return where the manifest of a backup stands."""
    return backup.with_name(f"{backup.name}.json")


def digest(file: Path) -> str:
    """Return a file's checksum, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, _DIGEST).hexdigest()


def verified(backup: Path) -> Manifest:
    """Return a backup's manifest once its file is found to be whole.

    Raises:
        Unfit: the backup or its manifest is missing, unreadable or damaged.
    """
    if not backup.is_file():
        raise Unfit(f"There is no backup {backup}.")
    try:
        facts = json.loads(beside(backup).read_text(encoding="utf-8"))
        manifest = Manifest(**facts | {"taken_at": datetime.fromisoformat(facts["taken_at"])})
        whole = manifest.taken_at.tzinfo is not None and all(
            _TABLE.fullmatch(table) and isinstance(n, int) for table, n in manifest.counts.items()
        )
    except FileNotFoundError:
        raise Unfit(
            f"{beside(backup).name} is missing: a backup is two files, put both in one folder."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise Unfit(f"{beside(backup)} cannot be read. Take another backup.")
    if digest(backup) != manifest.sha256:
        raise Unfit(f"{backup} is damaged: its checksum is not the one it had. Take another.")
    return manifest
