"""Calling a platform again while waiting can help."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.transport import TransportError

_LOG = logging.getLogger(__name__)
_LONGEST_WAIT_S = 60.0
_WAITS_S = (1.0, 5.0, 15.0)
_Result = TypeVar("_Result")


async def patiently(call: Callable[[], Awaitable[_Result]], *, harmless: bool = False) -> _Result:
    """Call, and call again while waiting can help; the platform's own waits are kept.

    harmless: calling twice changes nothing, so an ambiguous failure is tried again too.

    Raises:
        TransportError: permanent, ambiguous, or still failing after the last try.
    """
    for wait in _WAITS_S:
        try:
            return await call()
        except TransportError as error:
            if error.permanent or (error.ambiguous and not harmless):
                raise
            _LOG.info("the chat says %s, trying again", error)
            await asyncio.sleep(min(error.retry_after or wait, _LONGEST_WAIT_S))
    return await call()
