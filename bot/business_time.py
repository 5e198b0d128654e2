"""The time by which promises fall due; in the demo and in tests it may be moved forward."""

from datetime import UTC, datetime, timedelta

from storage import Database
from storage.queries.settings import read_setting, write_setting

_KEY = "clock.ahead_s"


class BusinessTime:
    """The database's clock, as far ahead as somebody moved it.

    movable: only a demo's, a terminal's and a test's time can be moved. frozen: stands still
    where it was put, so that a script's answers do not depend on the day it runs.
    """

    def __init__(
        self, database: Database, *, movable: bool = False, frozen: datetime | None = None
    ) -> None:
        self._database = database
        self._movable = movable
        self._frozen = frozen
        self._ahead = timedelta()

    async def load(self) -> None:
        """Take up where the demo's time was left, since it may only go forward."""
        if self._movable and self._frozen is None:
            async with self._database.begin() as session:
                kept = await read_setting(session, _KEY)
            self._ahead = timedelta(seconds=float(kept or 0))

    async def now(self) -> datetime:
        """Return the business time, aware, UTC."""
        return self._frozen or await self._database.now() + self._ahead

    def at(self, clock: datetime) -> datetime:
        """Return the business time at a moment of the database's clock."""
        return self._frozen or clock + self._ahead

    async def move_to(self, moment: datetime) -> bool:
        """Move the time forward to a moment; return False for a step back, which is refused."""
        if not self._movable or moment.tzinfo is None:
            return False
        ahead = moment - await self.now()
        if ahead < timedelta():
            return False
        if self._frozen is not None:
            self._frozen = moment.astimezone(UTC)
            return True
        self._ahead += ahead
        async with self._database.begin() as session:
            await write_setting(session, _KEY, str(self._ahead.total_seconds()))
        return True
