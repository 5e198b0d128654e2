"""The web servers: the bot's own, which stops last, and a private one beside it."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from socket import socket
from types import FrameType
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from bot.pulse import Pulse

_GRACE_S = 10
_WAIT_S = 0.02
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_BY_CTRL_C = 130


def _config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=_GRACE_S
    )


def at_once() -> NoReturn:
    """End the process without putting anything in order; what is saved is saved.

    To unwind would cut each half-done step short, and each would print its stack.
    """
    sys.stderr.write(
        "\nStopped at once. What was being sent is looked at again at the next start.\n"
    )
    sys.stderr.flush()
    os._exit(_BY_CTRL_C)


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
        self._interrupted = False

    @contextmanager
    def taking_signals(self) -> Generator[None, None, None]:
        """Take SIGINT and SIGTERM until everything has stopped, not only the server.

        Raises:
            KeyboardInterrupt: at the end, if it was Ctrl-C that stopped it.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {sig: signal.signal(sig, self.handle_exit) for sig in _SIGNALS}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)
        if self._interrupted:
            raise KeyboardInterrupt

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none: they are taken before and after the server serves, too.

        uvicorn would raise them again when it has closed, in the midst of what is put in order.
        """
        yield

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Take a signal: the first puts everything in order, a second Ctrl-C waits no longer."""
        if sig == signal.SIGINT and self._interrupted:
            at_once()
        self._interrupted = self._interrupted or sig == signal.SIGINT
        self._pulse.draining = True
        self.should_exit = True

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
