"""A web server of the tests on a free port of loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI


def listening() -> socket.socket:
    """Return a socket that listens on a free port, so that the address is known before a server."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    return made


def address(of: socket.socket) -> str:
    """Return where a socket listens."""
    host, port = of.getsockname()[:2]
    return f"http://{host}:{port}"


@asynccontextmanager
async def served(app: FastAPI, door: socket.socket) -> AsyncIterator[None]:
    """Serve an app on a socket."""
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = _Quiet(config)
    task = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task


class _Quiet(uvicorn.Server):
    """A server that leaves signals to pytest."""

    def install_signal_handlers(self) -> None:
        pass
