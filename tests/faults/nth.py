"""The N-th database call fails, then the N-th HTTP call, for N = 1, 2, 3 … until none is left.

In this process, since only so can every single call be struck.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from typing import Any

from pydantic import SecretStr
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bot import delivery
from bot.assembly import Bot, assembled
from bot.settings import Settings
from bot.slack.app import SlackSide
from nlu.client import RasaClient
from storage import Database, Unreachable
from tests.faults.rows import Row
from tests.faults.scenes import NOBODY, Scene
from tests.faults.troubles import Trouble

_MOST = 120
_HTTP = ("cut_before", "cut_after", "half", "500", "503")
_DATABASE = ("before", "after", "commit", "committed")


class Striker:
    """Lets the N-th statement or commit of an engine fail; how: one of _DATABASE."""

    def __init__(self, engine: Any) -> None:
        self.left, self.how, self.struck = 0, "", 0
        event.listen(engine, "before_cursor_execute", lambda *_: self._count("before"))
        event.listen(engine, "after_cursor_execute", lambda *_: self._count("after"))
        commit: Callable[[Any], None] = engine.dialect.do_commit

        def committing(connection: Any) -> None:
            self._count("commit")
            commit(connection)
            self._count("committed")

        engine.dialect.do_commit = committing

    def arm(self, nth: int, how: str) -> None:
        """Strike the N-th from now."""
        self.left, self.how = nth, how

    def _count(self, what: str) -> None:
        if what != self.how or not self.left:
            return
        self.left -= 1
        if not self.left:
            self.struck += 1
            raise OperationalError("struck", None, Exception("the connection is lost"))


async def database(scene: Scene) -> Row:
    """Each statement and commit of a reminder's way fails once, before and after it is done."""
    async with _bot(scene) as bot:
        striker = Striker(bot.database.engine.sync_engine)
        for how in _DATABASE:
            for nth in range(1, _MOST):
                before = striker.struck
                striker.arm(nth, how)
                await _one(scene, bot)
                if striker.struck == before:
                    break
        return scene.row(striker.struck)


async def http(scene: Scene) -> Row:
    """Each call to Slack fails once, in each way."""
    done = 0
    async with _bot(scene) as bot:
        for kind, unknown in product(_HTTP, (False, True)):
            for nth in range(1, _MOST):
                if unknown:  # the calls that look for a message are struck too
                    scene.ledger.troubles.begin(Trouble("cut_after", left=1))
                trouble = scene.ledger.troubles.begin(Trouble(kind, method="", nth=nth))
                await _one(scene, bot)
                await _one(scene, bot)  # to somebody whose account is not known yet
                scene.ledger.troubles.end()
                done += trouble.done
                if not trouble.done:
                    break
        return scene.row(done)


class _bot:  # noqa: N801 (used as the context manager it is)
    """A bot in this process that talks to the ledger."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def __aenter__(self) -> Bot:
        scene = self._scene
        scene.bots.replicas = 1
        self._pause, delivery._LOOK_AGAIN_S = delivery._LOOK_AGAIN_S, 0.0  # nothing comes late here
        logging.disable(logging.CRITICAL)  # it fails all the time, and says so with its trace
        scene.ledger.latency = scene.ledger.lateness = (0.0, 0.001)
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr("xoxb-of-the-cases"),
            slack_signing_secret=SecretStr("of the cases"),
            slack_mode="http",
            slack_api_url=scene.ledger.url,
            slack_per_minute=60_000,
        )
        self._side = SlackSide(settings, demo=False, pace_s=0)
        rasa = RasaClient(NOBODY, "none")
        self._bot = await assembled(Database(scene.world.url), rasa, [self._side.channel])
        self._side.serve(self._bot)
        await self._side.start()
        return self._bot

    async def __aexit__(self, *_: object) -> None:
        logging.disable(logging.NOTSET)
        delivery._LOOK_AGAIN_S = self._pause
        await self._side.stop()
        await self._bot.close()


async def _one(scene: Scene, bot: Bot) -> None:
    """Promise one reminder, let it be struck, then let time pass until it has arrived."""
    await scene.world.promise(1, datetime.now(UTC))
    for _round in range(3):
        with suppress(Unreachable, OperationalError):
            await bot.work_until_idle(await bot.database.now())
        await _lease_over(scene)


async def _lease_over(scene: Scene) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    async with scene.world.database.begin() as session:
        await session.execute(
            text("UPDATE outbox SET lease_until = :past, not_before = NULL WHERE state='pending'"),
            {"past": past},
        )
        await session.execute(text("DELETE FROM pace"))
