"""Turn schedules that are due into outbox rows, each occurrence once."""

import logging
from collections.abc import Sequence
from datetime import datetime

from actions.action import Action, Firing, Sweep
from storage import Database
from storage.database import database_now
from storage.queries.schedules import claim_occurrence, due_schedules

_LOG = logging.getLogger(__name__)


class Clock:
    """Fires what is due; any tick may be the first or the last.

    The only thing it remembers is the hour in which it last swept, to spare the database.
    """

    def __init__(self, database: Database, actions: Sequence[Action]) -> None:
        self.database = database
        self._firings: dict[str, Firing] = {
            kind: firing for action in actions for kind, firing in action.firings.items()
        }
        self._kinds = sorted(self._firings)
        self._sweeps: list[Sweep] = [a.sweep for a in actions if a.sweep is not None]
        self._swept: datetime | None = None

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
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._swept == hour:
            return
        for sweep in self._sweeps:
            async with self.database.begin() as session:
                await sweep(now, session)
        self._swept = hour

    async def _fire(self, schedule_id: int, now: datetime) -> int:
        async with self.database.begin() as session:
            clock = await database_now(session)
            claimed = await claim_occurrence(session, schedule_id, now, clock)
            if claimed is None:
                return 0
            schedule, occurrence = claimed
            await self._firings[schedule.kind](schedule, occurrence, session)
            return 1
