"""Rasa as a child: it dies with its parent, comes back when it is killed, and stops when told."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.rasa.embedded import EmbeddedRasa

_PARENT = """
import asyncio
from bot.rasa.embedded import EmbeddedRasa

async def main() -> None:
    rasa = await EmbeddedRasa.start()
    print(rasa.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_kill_minus_nine_of_the_parent_ends_rasa() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert _alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while _alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(child)


async def test_a_killed_rasa_comes_back_and_stop_ends_it() -> None:
    rasa = await EmbeddedRasa.start()
    first = rasa.pid
    assert first is not None
    assert (await rasa.client.parse("hej"))["intent_ranking"]
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(120):
        while rasa.pid == first or rasa.client.url.endswith(":9") or not await _parses(rasa):
            await asyncio.sleep(0.1)
    second = rasa.pid
    assert second is not None
    await rasa.stop()
    assert not _alive(second)


async def _parses(rasa: EmbeddedRasa) -> bool:
    from nlu.client import Unavailable  # noqa: PLC0415

    try:
        await rasa.client.parse("hej")
    except Unavailable:
        return False
    return True
