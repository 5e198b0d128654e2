"""What a chat told of somebody, remembered for an hour."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

_FRESH_S = 3_600.0  # a new guest, e-mail or name is seen within the hour
_REMEMBERED = 5_000
_Told = TypeVar("_Told")


class Remembered(Generic[_Told]):
    """Asks once an hour."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[float, _Told]] = OrderedDict()

    async def of(self, key: str, ask: Callable[[], Awaitable[_Told]]) -> _Told:
        """Return what is known of a key, or what asking tells."""
        now = asyncio.get_running_loop().time()
        found = self._seen.get(key)
        if found is not None and now - found[0] < _FRESH_S:
            return found[1]
        told = await ask()
        self._seen[key] = (now, told)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return told
