"""Work that goes on beside the acknowledgement: watched, awaited at the end, never forgotten."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Tasks:
    """The tasks that are under way; failed: what is logged of one that was begun and failed."""

    def __init__(self, failed: str) -> None:
        self._failed = failed
        self._running: set[asyncio.Task[Any]] = set()

    def begin(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin something; if it fails that is logged."""
        self._watched(work).add_done_callback(self._tell)

    async def within(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Do something that has to be finished although nobody waits for it any longer."""
        return await asyncio.shield(self._watched(work))

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def drain(self, patience_s: float) -> None:
        """Let everything finish; cancel what takes longer than patience_s seconds."""
        try:
            async with asyncio.timeout(patience_s):
                await self.idle()
        except TimeoutError:
            late = list(self._running)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _watched(self, work: Coroutine[Any, Any, _Result]) -> "asyncio.Task[_Result]":
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def _tell(self, task: asyncio.Task[Any]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("%s", self._failed, exc_info=error)
