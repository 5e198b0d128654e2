"""A thousand proactive messages in Teams, with and without a crash in their midst.

`uv run python -m benchmarks.teams [RECEIVERS=1000] [PER_SECOND=50] [KILLS=0]` promises one message
to each of many in one transaction, as an announcement does, and lets one `spindel run` send them
to a service that answers after 50 ms, as Teams' does at best, and refuses what exceeds the limit.
With KILLS the process is killed (SIGKILL) so often on the way and started again. Prints seconds,
lost, doubled and refusals. Teams does not let a bot look for what it has sent, so each kill may
double the messages that were on their way: eight at most.
"""

import asyncio
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from benchmarks.broadcast import confirmed
from storage import Database, schema
from storage.tables import Account, Person
from tests.faults.bots import Bots, Hatchery, free_port

_ANSWER_S = 0.05
_PATIENCE_S = 60
_MESSAGE = re.compile(r"/v3/conversations/(conv-\d+)/activities")


class Service:
    """Teams' service: keeps what came, and when; per_second: what it takes."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.came: list[tuple[float, str]] = []
        self.refused = 0
        self._runner: web.AppRunner | None = None

    async def open(self, port: int) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def close(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        found = _MESSAGE.search(request.path)
        if found is None:
            return web.Response(status=404)
        now = time.time()
        lately = sum(1 for at, _where in self.came[-2 * int(self.per_second) :] if at > now - 1)
        if lately >= self.per_second:
            self.refused += 1
            return web.Response(status=429, headers={"Retry-After": "1"})
        self.came.append((now, found[1]))
        await asyncio.sleep(_ANSWER_S)
        return web.json_response({"id": str(len(self.came))}, status=201)


async def people(database: Database, receivers: int, service: str) -> None:
    """Fill a university with people whom the bot reaches in Teams."""
    now = datetime.now(UTC)
    async with database.begin() as session:
        for number in range(1, receivers + 1):
            person = Person(
                email=f"p{number}@teams.example",
                name=f"Person {number}",
                locale="sv",
                zone="Europe/Stockholm",
                asked_unit=True,
            )
            session.add(person)
        await session.flush()
        for number in range(1, receivers + 1):
            account = Account(
                person_id=number,
                channel="teams",
                tenant="",
                external_id=f"entra-{number}",
                address=f"{service} conv-{number}",
                seen_at=now,
            )
            session.add(account)


async def main(receivers: int, per_second: float, kills: int) -> None:
    """Send one message to each."""
    service = Service(per_second)
    port = free_port()
    await service.open(port)
    hatchery = await Hatchery.open()
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/teams.db"
            schema.upgrade(url)
            database = Database(url)
            await people(database, receivers, f"http://127.0.0.1:{port}")
            env = {
                "SPINDEL_DATABASE_URL": url,
                "SPINDEL_TEAMS_UNAUTHENTICATED": "true",
                "SPINDEL_TEAMS_PER_SECOND": str(per_second),
                "SPINDEL_RASA_URL": f"http://127.0.0.1:{port}",
                "SPINDEL_RASA_TOKEN": "-",
                "SLACK_BOT_TOKEN": "",
            }
            bots = Bots(hatchery, env, Path(folder) / "log")
            await bots.start()
            begun = time.time()
            await confirmed(database, receivers)
            for kill in range(1, kills + 1):
                await _until(service, receivers * kill // (kills + 1))
                bots.signal(0, signal.SIGKILL)
                await bots.restart(0)
                await bots.ready(0)
            await _until(service, receivers)
            await asyncio.sleep(2)
            copies = Counter(where for _at, where in service.came)
            seconds = max(at for at, _where in service.came) - begun
            print(
                f"{receivers} receivers at {per_second:g} a second, {kills} kills: "
                f"{seconds:.1f} s, {len(copies) / seconds:.1f} a second, "
                f"lost {receivers - len(copies)}, doubled {len(service.came) - len(copies)}, "
                f"refused {service.refused}"
            )
            await bots.stop()
            await database.close()
    finally:
        await hatchery.close()
        await service.close()


async def _until(service: Service, reached: int) -> None:
    begun = time.time()
    while len({where for _at, where in service.came}) < reached:
        if time.time() - begun > _PATIENCE_S:
            return
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    given = [*sys.argv[1:], *("1000", "50", "0")[len(sys.argv) - 1 :]]
    asyncio.run(main(int(given[0]), float(given[1]), int(given[2])))
