"""What a restore means for sending: what fell due before it may have been sent in the time lost."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Session
from storage.queries.settings import read_setting
from storage.tables import Outbox

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class LostTime:
    """From the backup to its restore: what the database knows nothing of. Both aware."""

    since: datetime
    until: datetime

    def doubt(self, row: Outbox) -> None:
        """Have a message that fell due before the restore looked for before it is sent.

        Those that a schedule makes again are found too: a row's uid follows from its key.
        """
        if row.uncertain_since is None and row.due_utc <= self.until:
            row.uncertain_since = self.since

    def kept(self) -> str:
        """Return it as the database keeps it."""
        return f"{self.since.isoformat()}/{self.until.isoformat()}"


async def lost_time(session: Session) -> LostTime | None:
    """Return the time lost by the last restore, or None when there was none."""
    kept = await read_setting(session, RESTORED)
    if kept is None:
        return None
    since, until = kept.split("/")
    return LostTime(datetime.fromisoformat(since), datetime.fromisoformat(until))
