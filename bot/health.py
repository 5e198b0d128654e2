"""`/livez` and `/readyz`: whether the process lives, and whether it can do its work."""

import asyncio

from fastapi import APIRouter, Response

from bot.assembly import Bot
from storage import Unreachable, schema
from storage.database import database_now, stands_at
from storage.queries.standing import probe

LIVE, READY = "/livez", "/readyz"
_KEPT_S = 1.0  # however often somebody asks, the database is written to once a second


class _Readiness:
    """What stands in the way of work, looked at anew once a second."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._looking = asyncio.Lock()
        self._found = ""
        self._until = 0.0

    async def obstacle(self) -> str:
        """Return "no database", "schema" or "draining"; "" when there is none."""
        if self._bot.pulse.draining:
            return "draining"
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if now >= self._until:
                self._found = await self._look()
                self._until = asyncio.get_running_loop().time() + _KEPT_S
            return self._found

    async def _look(self) -> str:
        try:
            async with self._bot.database.begin() as session:
                if await stands_at(session) != schema.newest():
                    return "schema"
                await probe(session, await database_now(session))
        except Unreachable:
            return "no database"
        return ""


def health_routes(bot: Bot) -> APIRouter:
    """Return the two paths. Slack, Teams and Rasa never make the bot unready: buttons work."""
    router = APIRouter()
    readiness = _Readiness(bot)

    @router.get(LIVE)
    async def livez(response: Response) -> dict[str, str]:
        return _told(response, "" if bot.pulse.alive else "no heartbeat")

    @router.get(READY)
    async def readyz(response: Response) -> dict[str, str]:
        return _told(response, await readiness.obstacle())

    return router


def _told(response: Response, obstacle: str) -> dict[str, str]:
    response.headers["Cache-Control"] = "no-store"
    if obstacle:
        response.status_code = 503
    return {"status": obstacle or "ok"}
