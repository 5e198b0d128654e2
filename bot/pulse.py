"""Whether the process lives: its loop's heartbeat, and whether it has begun to stop."""

import asyncio
import time
from collections.abc import Callable

_BEAT_S = 1.0
_DEAD_S = 30.0


class Pulse:
    """The loop's heartbeat.

    draining: set as soon as somebody asks the process to stop. late: told after each beat by how
    many seconds the loop was late. clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.draining = False
        self.late: Callable[[float], object] | None = None
        self._clock = clock
        self._last: float | None = None

    async def beat(self) -> None:
        """Beat until cancelled."""
        while True:
            began = self._last = self._clock()
            await asyncio.sleep(_BEAT_S)
            if self.late is not None:
                self.late(max(0.0, self._clock() - began - _BEAT_S))

    @property
    def alive(self) -> bool:
        """Whether the last beat is recent; True before the first one."""
        return self._last is None or self._clock() - self._last < _DEAD_S
