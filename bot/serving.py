"""The web servers: the bot's own, which stops last, and a private one beside it."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from socket import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from bot.pulse import Pulse

_GRACE_S = 10
_WAIT_S = 0.02


def _config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=_GRACE_S
    )


class Server(uvicorn.Server):
    """The bot's server.

    Told to stop it says so at /readyz from that moment, awaits `finish` (what is in flight), and
    only then closes its port.
    """

    def __init__(
        self,
        app: FastAPI,
        host: str,
        port: int,
        pulse: Pulse,
        finish: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(_config(app, host, port))
        self._pulse = pulse
        self._finish = finish

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal.

        SIGTERM is not raised again afterwards, as uvicorn would: the rest is to be put in order
        and the exit code is 0.
        """
        self._pulse.draining = True
        if sig == signal.SIGTERM:
            self.should_exit = True
        else:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Finish, then close."""
        await self._finish()
        await super().shutdown(sockets)


class PrivateServer(uvicorn.Server):
    """A server beside the bot's, which leaves the signals to that one."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        super().__init__(_config(app, host, port))
        self._serving: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield

    async def start(self) -> None:
        """Open the port."""
        self._serving = asyncio.create_task(self.serve())
        while not self.started and not self._serving.done():  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(_WAIT_S)

    async def stop(self) -> None:
        """Close the port."""
        self.should_exit = True
        if self._serving is not None:
            await self._serving
