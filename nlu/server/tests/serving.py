"""Starts the server as a process and talks to it."""

import json
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from spindel_nlu.training.fingerprint import SERVER

TOKEN = "a-token-for-tests"  # noqa: S105


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
