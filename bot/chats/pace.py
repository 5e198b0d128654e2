"""Turns of a channel, so far apart as its platform wants them."""

import asyncio
import math

_REMEMBERED = 1_000


class Pace:
    """Lets one message through per channel and interval; interval in seconds."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._free: dict[str, float] = {}

    async def turn(self, channel: str) -> None:
        """Wait until a message may go to a channel."""
        await asyncio.sleep(self.take(channel))

    def take(self, channel: str, patience: float = math.inf) -> float:
        """Take a channel's next turn; return in how many seconds it comes.

        A turn that comes later than `patience` seconds is not taken.
        """
        now = asyncio.get_running_loop().time()
        at = max(self._free.get(channel, now), now)
        if at - now > patience:
            return at - now
        if len(self._free) > _REMEMBERED:
            self._free = {key: free for key, free in self._free.items() if free > now}
        self._free[channel] = at + self._interval
        return at - now
