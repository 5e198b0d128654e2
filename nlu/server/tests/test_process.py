"""The server as a process: what it refuses to start with, and its end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.serving import TOKEN, Server, command


@pytest.mark.parametrize("token", [None, ""])
def test_no_token_no_server(model_file: Path, token: str | None) -> None:
    environment = {} if token is None else {"SPINDEL_RASA_TOKEN": token}
    done = subprocess.run(command(model_file), env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"without a token is refused" in done.stderr


def test_no_model_no_server(tmp_path: Path) -> None:
    environment = {"SPINDEL_RASA_TOKEN": TOKEN}
    asked = command(tmp_path / "none.tar.gz")
    done = subprocess.run(asked, env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"there is no manifest" in done.stderr


def test_a_changed_model_is_refused(model_file: Path, tmp_path: Path) -> None:
    manifest = model_file.with_name(model_file.name.replace(".tar.gz", ".json"))
    (tmp_path / manifest.name).write_bytes(manifest.read_bytes())
    copy = tmp_path / model_file.name
    copy.write_bytes(model_file.read_bytes() + b"x")
    environment = {"SPINDEL_RASA_TOKEN": TOKEN}
    done = subprocess.run(command(copy), env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"is not what was trained" in done.stderr


def test_a_taken_port_is_told(server: Server, model_file: Path) -> None:
    asked = [*command(model_file), "--port", str(server.port)]
    environment = {"SPINDEL_RASA_TOKEN": TOKEN}
    done = subprocess.run(asked, env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"in use" in done.stderr


def test_a_wrong_parent_is_refused(model_file: Path) -> None:
    asked = command(model_file, "--die-with-parent", "1")
    environment = {"SPINDEL_RASA_TOKEN": TOKEN}
    done = subprocess.run(asked, env=environment, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"is not the parent" in done.stderr


PARENT = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:] + ["--die-with-parent", str(os.getpid())])
print(child.pid, flush=True)
child.wait()
"""


def test_it_dies_with_its_parent(model_file: Path) -> None:
    environment = {"SPINDEL_RASA_TOKEN": TOKEN}
    started = [sys.executable, "-c", PARENT, *command(model_file)]
    with subprocess.Popen(
        started, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert b"port" in parent.stdout.readline()
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(child)


def running(process: int) -> bool:
    """Say whether a process lives; one that only waits to be collected does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
