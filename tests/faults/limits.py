"""Slack's limits as the ledger keeps them: per channel a second, per workspace a minute."""

import math
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

_MINUTE_S = 60.0
_JITTER_S = 0.05  # of a network: two calls a second apart may arrive a little closer


@dataclass
class Limits:
    """per_minute: messages in any minute for the whole workspace; gap_s: between two to a channel.

    refused: how often it had to say 429. times: of what was let through, Unix seconds.
    """

    per_minute: int = 300
    gap_s: float = 1.0
    refused: int = 0
    _minute: deque[float] = field(default_factory=deque)
    _last: dict[str, float] = field(default_factory=dict)

    def refuse(self, method: str, args: dict[str, Any]) -> int | None:
        """Return the seconds to wait where a message comes too soon, or None."""
        if method != "chat.postMessage":
            return None
        now, channel = time.monotonic(), str(args["channel"])[1:]
        while self._minute and now - self._minute[0] >= _MINUTE_S:
            self._minute.popleft()
        wait = self._last.get(channel, -math.inf) + self.gap_s - _JITTER_S - now
        if len(self._minute) >= self.per_minute:
            wait = max(wait, self._minute[0] + _MINUTE_S - now)
        if wait > 0:
            self.refused += 1
            return max(1, math.ceil(wait))
        self._minute.append(now)
        self._last[channel] = now
        return None
