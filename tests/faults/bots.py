"""Real `spindel run` processes: started, killed, stopped, looked at."""

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.settings import ROOT

SECRET = "a-secret-of-the-cases"
_PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Hatchery:
    """The process that all bots come from."""

    process: asyncio.subprocess.Process
    ended: dict[int, int] = field(default_factory=dict)
    _hatched: "asyncio.Queue[int]" = field(default_factory=asyncio.Queue)
    _change: asyncio.Condition = field(default_factory=asyncio.Condition)
    _reader: "asyncio.Task[None] | None" = None

    @classmethod
    async def open(cls) -> "Hatchery":
        """Start it; this takes the seconds that a program takes to import."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.hatchery",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        assert process.stdout is not None
        assert json.loads(await process.stdout.readline()) == {"ready": True}
        made = cls(process)
        made._reader = asyncio.create_task(made._read())
        return made

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            told = json.loads(line)
            if "hatched" in told:
                self._hatched.put_nowait(told["hatched"])
                continue
            async with self._change:
                self.ended[told["ended"]] = told["code"]
                self._change.notify_all()

    async def hatch(self, env: dict[str, str], log: Path) -> int:
        """Start a bot; return its process id."""
        assert self.process.stdin is not None
        order = {"env": env, "log": str(log)}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        await self.process.stdin.drain()
        return await self._hatched.get()

    async def wait(self, pid: int, patience_s: float = _PATIENCE_S) -> int:
        """Wait until a bot has ended; return its exit code, negative for a signal."""
        async with asyncio.timeout(patience_s), self._change:
            await self._change.wait_for(lambda: pid in self.ended)
        return self.ended[pid]

    async def close(self) -> None:
        """End it, and every bot with it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()
        if self._reader is not None:
            await self._reader


@dataclass
class Bots:
    """The replicas of one bot, each at its own port; pids: of those that run now."""

    hatchery: Hatchery
    env: dict[str, str]
    log: Path
    replicas: int = 1
    ports: list[int] = field(default_factory=list)
    pids: list[int] = field(default_factory=list)

    async def start(self) -> None:
        """Start all replicas and wait until they are ready."""
        self.ports = [free_port() for _ in range(self.replicas)]
        self.pids = [await self._hatch(port) for port in self.ports]
        await asyncio.gather(*(self.ready(number) for number in range(self.replicas)))

    async def _hatch(self, port: int) -> int:
        return await self.hatchery.hatch({**self.env, "SPINDEL_PORT": str(port)}, self.log)

    async def restart(self, number: int) -> None:
        """Start one replica again, after it has ended."""
        await self.hatchery.wait(self.pids[number])
        self.pids[number] = await self._hatch(self.ports[number])

    def signal(self, number: int, sign: signal.Signals) -> None:
        """Send a signal to one replica."""
        assert self.alive(number), f"it ended by itself: {self.log.read_text()[-500:]}"
        os.kill(self.pids[number], sign)

    def alive(self, number: int) -> bool:
        """Whether a replica runs."""
        return self.pids[number] not in self.hatchery.ended

    async def ready(self, number: int) -> None:
        """Wait until a replica answers on its port."""
        url = f"http://127.0.0.1:{self.ports[number]}/livez"
        async with asyncio.timeout(_PATIENCE_S), aiohttp.ClientSession() as http:
            while True:
                assert self.alive(number), self.log.read_text()[-2000:]
                try:
                    async with http.get(url) as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Kill what still runs."""
        for number, pid in enumerate(self.pids):
            if self.alive(number):
                os.kill(pid, signal.SIGKILL)
        for pid in self.pids:
            await self.hatchery.wait(pid)
