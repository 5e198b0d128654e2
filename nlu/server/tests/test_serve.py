"""The server as a process: its routes, its token, its limits, its end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from spindel_nlu.training.fingerprint import SERVER

TOKEN = "a-token-for-tests"  # noqa: S105
SECRET = "Astrid Hemlig"  # noqa: S105


class Server(NamedTuple):
    port: int
    ready: dict[str, Any]
    log: Path
    folder: Path

    def ask(
        self, method: str, path: str, body: object = None, token: str | None = TOKEN
    ) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection.request(method, path, content, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read()
        connection.close()
        return status, json.loads(text) if text else None


def command(model: Path, *more: str) -> list[str]:
    script = str(SERVER / "serve.py")
    return [sys.executable, script, "--model", str(model), "--port", "0", *more]


@pytest.fixture(scope="module")
def server(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serving")
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "SPINDEL_RASA_TOKEN": TOKEN}
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command(model_file, "--die-with-parent", str(os.getpid())),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield Server(ready["port"], ready, log, folder)
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_ready_names_the_model(server: Server, model_file: Path) -> None:
    status, told = server.ask("GET", "/status")
    assert status == 200
    assert told["model_file"] == model_file.name
    assert told["fingerprint"] == server.ready["fingerprint"]
    assert told["pipeline"] == server.ready["pipeline"]


def test_parse(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": "any mentors in Lund?"})
    assert status == 200
    assert found["intent"]["name"] == "find_mentor"
    assert found["entities"][0]["value"] == "Lund"
    assert found["truncated"] is False


def test_version_is_open(server: Server) -> None:
    assert server.ask("GET", "/version", token=None) == (200, {"version": "3.6.21"})


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "å"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/status"), ("POST", "/model/parse")])
def test_the_token_is_needed(server: Server, method: str, path: str, token: str | None) -> None:
    token = token.encode().decode("latin-1") if token else token
    status, _ = server.ask(method, path, {"text": SECRET}, token=token)
    assert status == 401


def test_the_token_may_stand_where_rasa_wants_it(server: Server) -> None:
    assert server.ask("GET", f"/status?token={TOKEN}", token=None)[0] == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/model/train"),
        ("POST", "/model/test/intents"),
        ("POST", "/model/predict"),
        ("GET", "/domain"),
        ("GET", "/conversations/x/tracker"),
        ("POST", "/conversations/x/messages"),
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/model/parse"),
        ("POST", "/status"),
    ],
)
def test_every_other_route_is_refused_even_with_the_token(
    server: Server, method: str, path: str
) -> None:
    status, _ = server.ask(method, path, {"model_file": "/etc/passwd"})
    assert status in {404, 405}


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"[]", b"{}", b'{"text": 5}', b'{"text": null}', b"\xff\xfe"]
)
def test_a_bad_body_is_the_callers_fault(server: Server, body: bytes) -> None:
    assert server.ask("POST", "/model/parse", body)[0] == 400


def test_an_empty_text_is_no_error(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": ""})
    assert (status, found["intent"]["name"]) == (200, None)


def test_half_a_character_is_no_error(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", b'{"text": "\\ud800 mentors in Lund"}')
    assert status == 200
    assert found["text"].startswith("\ufffd")


def test_a_long_text_is_cut_and_says_so(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": "mentor " * 1000})
    assert status == 200
    assert (len(found["text"]), found["truncated"]) == (1000, True)


def test_a_large_body_is_refused(server: Server) -> None:
    assert server.ask("POST", "/model/parse", {"text": "m" * 17_000})[0] == 413


def test_neither_texts_nor_the_token_are_logged(server: Server) -> None:
    server.ask("POST", "/model/parse", {"text": SECRET})
    server.ask("POST", "/model/parse", f'{{"text": "{SECRET}"'.encode())
    server.ask("GET", f"/nothing?token={TOKEN}&text={SECRET[:6]}")
    logged = server.log.read_text("utf-8")
    assert server.ready["fingerprint"][:12] in logged
    assert "Astrid" not in logged
    assert TOKEN not in logged


def test_the_unpacked_model_is_gone_and_the_home_folder_untouched(server: Server) -> None:
    assert {path.name for path in server.folder.iterdir()} == {"log"}


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
