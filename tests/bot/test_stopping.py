"""Ctrl-C in a terminal: once puts everything in order, twice ends at once; no stack either way."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.settings import ROOT

_PATIENCE_S = 120
Demo = tuple["subprocess.Popen[bytes]", Path]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Start `spindel demo` as a terminal does, in a process group; give it and its stderr."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = tmp_path / "stderr"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "SPINDEL_DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}",
        "SPINDEL_PORT": str(port),
    }
    with told.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env=environment,
            stderr=stderr,
            start_new_session=True,
        )
    until = time.monotonic() + _PATIENCE_S
    while True:
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=1).close()
            break
        assert process.poll() is None, told.read_text()
        assert time.monotonic() < until, told.read_text()
        time.sleep(0.1)
    yield process, told
    if process.poll() is None:
        process.kill()
        process.wait()


def test_one_ctrl_c_puts_everything_in_order(demo: Demo) -> None:
    process, told = demo
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(_PATIENCE_S) == 130
    assert "Traceback" not in told.read_text()
    assert "Stopped at once" not in told.read_text()


def test_a_second_ctrl_c_ends_at_once_and_quietly(demo: Demo) -> None:
    process, told = demo
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(_PATIENCE_S) == 130
    assert "Traceback" not in told.read_text()
    assert "Stopped at once" in told.read_text()
