"""A bot at work: the clock's tick, the web server, Slack, until somebody says stop."""

import asyncio
import gc
import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

from bot.assembly import Bot
from bot.serving import Server
from storage import Unreachable
from storage.queries.cleaning import forget_what_is_over

_LOG = logging.getLogger(__name__)
_TICK_S = 1
_FIELDS = "fields"
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
    """Work until SIGINT or SIGTERM; then finish what is in flight and stop in order.

    Raises:
        KeyboardInterrupt: it was SIGINT; everything has been stopped.
    """
    work = Work(bot)
    server = Server(app, host, port, bot.pulse, work.finish)
    for side in sides:
        await side.start()
    with server.taking_signals():
        await _serve(bot, work, server, sides)


async def _serve(bot: Bot, work: "Work", server: Server, sides: Sequence[Side]) -> None:
    work.begin()
    settle()
    try:
        await server.serve()
    finally:
        await work.finish()
        for side in sides:
            await side.stop()
        await bot.close()


class Work:
    """What is done again and again: fire what is due, send what waits, forget what is over.

    Each job runs once at a time; a database that is away is waited for.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._scheduler = AsyncIOScheduler()
        self._ticking = asyncio.Lock()
        self._sending = asyncio.Lock()
        self._beating: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin; the jobs find what is due when they come."""
        every = {"coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self.tick, "interval", seconds=_TICK_S, **every)
        self._scheduler.add_job(self.send, "interval", seconds=_TICK_S, **every)
        self._scheduler.add_job(self.night, "cron", **_NIGHT, **every)
        begin = datetime.now(UTC)
        self._scheduler.add_job(
            self.fields, "interval", minutes=1, id=_FIELDS, next_run_time=begin, **every
        )
        self._scheduler.start()
        self._beating = asyncio.create_task(self._bot.pulse.beat())

    async def finish(self) -> None:
        """Begin nothing more; a message that is being sent is settled, for at most 10 s."""
        if self._beating is None:
            return
        self._scheduler.pause()
        self._beating.cancel()
        self._beating = None
        self._bot.delivery.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE_S):
                await self.idle()
        self._scheduler.shutdown(wait=False)  # cancels what still runs, so not before
        await asyncio.sleep(0)

    async def tick(self) -> None:
        """Fire what is due."""
        async with self._ticking:
            with _patient():
                while await self._bot.clock.tick(await self._bot.time.now()):
                    pass

    async def send(self) -> None:
        """Send until nothing is due."""
        async with self._sending:
            with _patient():
                await self._bot.delivery.run(self._bot.time.at)

    async def night(self) -> None:
        """Forget what is over, and learn the names that came in."""
        with _patient():
            async with self._bot.database.begin() as session:
                await forget_what_is_over(session, await self._bot.time.now())
            await self._bot.learn_names()

    async def fields(self) -> None:
        """Let the model read the thesaurus once; again in a minute while it does not answer."""
        # Cut short by the stop it has nothing to put in order, and nothing to tell.
        with _patient(), suppress(asyncio.CancelledError):
            if await self._bot.learn_fields():
                self._scheduler.remove_job(_FIELDS)

    async def idle(self) -> None:
        """Wait until what was begun is done."""
        async with self._ticking, self._sending:
            return


@contextmanager
def _patient() -> Iterator[None]:
    try:
        yield
    except Unreachable:
        _LOG.warning("the database does not answer; I go on as soon as it does")
