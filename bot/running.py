"""A bot at work: the clock's tick, the web server, Slack, until somebody says stop."""

import asyncio
import gc
import logging
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import uvicorn
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

from bot.assembly import Bot
from storage.queries.cleaning import forget_what_is_over

_LOG = logging.getLogger(__name__)
_TICK_S = 1
_NIGHT = {"hour": 3, "minute": 17}
_GRACE_S = 10


class Side(Protocol):
    """A chat that runs beside the web server."""

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Disconnect."""


class PortTaken(Exception):
    """Another program listens where the bot should."""


def check_port(host: str, port: int) -> None:
    """Find out before anything is started whether the port is free.

    Raises:
        PortTaken: it is not.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTaken(f"{host}:{port}") from None


def settle() -> None:
    """Set what the start has built apart from what the garbage collector looks through.

    It lives as long as the process; going through it again and again costs each message
    milliseconds.
    """
    gc.collect()
    gc.freeze()


async def run(bot: Bot, app: FastAPI, sides: Sequence[Side], host: str, port: int) -> None:
    """Work until SIGINT or SIGTERM; then finish what is in flight and stop in order."""
    scheduler = AsyncIOScheduler()
    busy = asyncio.Lock()

    async def tick() -> None:
        async with busy:
            await bot.work_until_idle(await bot.time.now())

    async def night() -> None:
        async with bot.database.begin() as session:
            await forget_what_is_over(session, await bot.time.now())
        await bot.learn_names()

    async def fields() -> None:
        if await bot.learn_fields():
            scheduler.remove_job("fields")

    begin = datetime.now(UTC)
    scheduler.add_job(fields, "interval", minutes=1, id="fields", next_run_time=begin)
    scheduler.add_job(tick, "interval", seconds=_TICK_S, coalesce=True, max_instances=1)
    scheduler.add_job(night, "cron", **_NIGHT, coalesce=True, max_instances=1)
    for side in sides:
        await side.start()
    scheduler.start()
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=_GRACE_S
    )
    settle()
    try:
        await uvicorn.Server(config).serve()
    finally:
        scheduler.shutdown(wait=False)
        for side in sides:
            await side.stop()
        # A message that is being sent is settled before the connections go.
        async with asyncio.timeout(_GRACE_S), busy:
            await bot.close()
