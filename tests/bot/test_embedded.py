"""Rasa as a child: it dies with its parent, comes back when it is killed, and stops when told."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.rasa import embedded
from bot.rasa.embedded import EmbeddedRasa, current_model

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


def _made_current(models: Path, name: str) -> None:
    """Put the trained model into a folder under another name, as if it were a newer one."""
    trained = current_model()
    manifest = json.loads(trained.with_name(f"{trained.name.split('.')[0]}.json").read_text())
    manifest |= {"fingerprint": name, "model": f"{name}.tar.gz"}
    shutil.copy(trained, models / f"{name}.tar.gz")
    (models / f"{name}.json").write_text(json.dumps(manifest))
    (models / "partial").write_text(json.dumps(manifest))
    (models / "partial").replace(models / "current.json")


async def test_a_newer_model_takes_over_and_no_parse_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made_current(tmp_path, "first")
    trained = current_model().parent
    monkeypatch.setattr(embedded, "MODELS", tmp_path)
    rasa = await EmbeddedRasa.start(follow=True)
    first, answered, stopped = rasa.pid, 0, asyncio.Event()

    async def ask_on() -> None:
        nonlocal answered
        while not stopped.is_set():
            assert (await rasa.client.parse("Vilka alumner är mentorer?"))["intent_ranking"]
            answered += 1

    asking = [asyncio.create_task(ask_on()) for _ in range(3)]
    monkeypatch.setattr(embedded, "MODELS", trained)
    _made_current(tmp_path, "second")
    monkeypatch.setattr(embedded, "MODELS", tmp_path)
    async with asyncio.timeout(120):
        while rasa.fingerprint != "second" or (first is not None and _alive(first)):
            await asyncio.sleep(0.05)
    so_far = answered
    while answered < so_far + 20:
        await asyncio.sleep(0.01)
    stopped.set()
    await asyncio.gather(*asking)
    assert rasa.pid != first
    await rasa.stop()


def _servers(models: Path) -> list[str]:
    """Return the models, by name, that processes serve from a folder."""
    lines = [_command_line(entry) for entry in Path("/proc").glob("[0-9]*")]
    return [word for line in lines for word in line if word.startswith(f"{models}/")]


def _command_line(entry: Path) -> list[str]:
    try:
        return (entry / "cmdline").read_text().split("\0")
    except OSError:
        return []


async def test_a_server_that_dies_while_a_newer_one_starts_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made_current(tmp_path, "first")
    _made_current(tmp_path, "second")
    newer = (tmp_path / "current.json").read_text()
    _made_current(tmp_path, "first")
    monkeypatch.setattr(embedded, "MODELS", tmp_path)
    rasa = await EmbeddedRasa.start(follow=True)
    (tmp_path / "current.json").write_text(newer)
    async with asyncio.timeout(60):
        while len(_servers(tmp_path)) < 2:
            await asyncio.sleep(0.01)
        assert rasa.pid is not None
        os.kill(rasa.pid, signal.SIGKILL)
        while rasa.fingerprint != "second" or len(_servers(tmp_path)) > 1:
            await asyncio.sleep(0.05)
    assert _servers(tmp_path) == [str(tmp_path / "second.tar.gz")]
    assert await _parses(rasa)
    await rasa.stop()


async def test_a_newer_model_that_does_not_start_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _made_current(tmp_path, "first")
    monkeypatch.setattr(embedded, "MODELS", tmp_path)
    rasa = await EmbeddedRasa.start(follow=True)
    (tmp_path / "broken.tar.gz").write_bytes(b"no model")
    (tmp_path / "current.json").write_text('{"fingerprint": "broken"}')
    async with asyncio.timeout(60):
        while "the old one serves on" not in caplog.text:
            await asyncio.sleep(0.05)
    assert rasa.fingerprint == "first"
    assert (await rasa.client.parse("hej"))["intent_ranking"]
    await rasa.stop()


async def _parses(rasa: EmbeddedRasa) -> bool:
    from nlu.client import Unavailable  # noqa: PLC0415

    try:
        await rasa.client.parse("hej")
    except Unavailable:
        return False
    return True
