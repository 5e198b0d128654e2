"""Turn schedules that are due into outbox rows, each occurrence once."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.action import Action, Firing, Sweep
from storage import Database
from storage.database import database_now
from storage.queries.schedules import claim_occurrence, due_schedules

_LOG = logging.getLogger(__name__)
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Clock:
    """Fires what is due; any tick may be the first or the last.

    The only thing it remembers is when it sweeps again, to spare the database.
    """

    def __init__(self, database: Database, actions: Sequence[Action]) -> None:
        self.database = database
        self._firings: dict[str, Firing] = {
            kind: firing for action in actions for kind, firing in action.firings.items()
        }
        self._kinds = sorted(self._firings)
        self._sweeps: list[Sweep] = [a.sweep for a in actions if a.sweep is not None]
        self._sweeps_again: datetime | None = None

    async def tick(self, now: datetime) -> int:
        """Fire every schedule that is due by the business time `now`; return how many."""
        await self._sweep(now)
        async with self.database.begin() as session:
            due = await due_schedules(session, now, self._kinds)
        fired = 0
        for schedule_id in due:
            try:
                fired += await self._fire(schedule_id, now)
            except Exception:  # noqa: BLE001 (one of the three borders)
                # One schedule that cannot fire must not hold up the others.
                _LOG.exception("schedule %d did not fire", schedule_id)
        return fired

    async def _sweep(self, now: datetime) -> None:
        if self._sweeps_again is not None and now < self._sweeps_again:
            return
        self._sweeps_again = now.replace(minute=0, second=0, microsecond=0) + _HOUR
        for sweep in self._sweeps:
            try:
                async with self.database.begin() as session:
                    await sweep(now, session)
            except Exception:  # noqa: BLE001 (what is due has its turn all the same)
                _LOG.exception("a sweep failed; it is tried again in a minute")
                self._sweeps_again = now + _MINUTE

    async def _fire(self, schedule_id: int, now: datetime) -> int:
        async with self.database.begin() as session:
            clock = await database_now(session)
            claimed = await claim_occurrence(session, schedule_id, now, clock)
            if claimed is None:
                return 0
            schedule, occurrence = claimed
            await self._firings[schedule.kind](schedule, occurrence, session)
            return 1
