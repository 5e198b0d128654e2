"""The Slack that the tests talk to: local-slack, somebody else's program, on loopback."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

PEERS = Path(__file__).resolve().parents[2] / "peers"
_BINARY = PEERS / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
# It listens on every address unless its runtime is told otherwise before it begins; and it would
# outlive a test run that was killed.
_PRELOADED = """
const serve = Bun.serve;
Bun.serve = options => serve({...options, hostname: "127.0.0.1"});
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(0), 1000).unref();
"""
_START_S = 20

TEAM = "T01NORD"
BOT = "U0SPINDEL"
CHANNEL = "C01ALUMNI"
CLOSED = "G01LEDNING"
BOT_TOKEN, APP_TOKEN = "xoxb-test", "xapp-test"
JOHAN, ALMA, KARIN, MARIA = "U01JOHAN", "U01ALMA", "U01KARIN", "U01MARIA"
PERNILLA, NOVA, GUEST, FAR = "U01PERNILLA", "U01NOVA", "U01GUEST", "U01FAR"
_PEOPLE = {
    JOHAN: ("Johan Ek", "johan.ek"),
    ALMA: ("Alma Berg", "alma.berg"),
    KARIN: ("Karin Lind", "karin.lind"),
    MARIA: ("Maria Holm", "maria.holm"),
    PERNILLA: ("Pernilla Åkesson", "pernilla.akesson"),
    NOVA: ("Nova Ny", "nova.ny"),
    GUEST: ("Gustav Gäst", "gustav.gast"),
    FAR: ("Frida Fjärran", "frida.fjarran"),
}


def peer_missing() -> str | None:
    """Say what this machine lacks, or None."""
    return None if _BINARY.exists() else "the Slack peer is not installed: make peers"


def workspace(mode: str = "socket", request_url: str | None = None) -> Json:
    """Return the configuration of a workspace with the bot and eight people."""
    app = {
        "appId": "A01SPINDEL",
        "botUserId": BOT,
        "botName": "Spindel",
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "mode": mode,
        "signingSecret": "a-secret-of-the-tests",
    }
    members = [*_PEOPLE, BOT]
    return {
        "workspace": {"name": "Nordhamns universitet", "domain": "nordhamn", "teamId": TEAM},
        "apps": [{**app, **({"requestUrl": request_url} if request_url else {})}],
        "users": [
            {
                "id": key,
                "name": name.split(".")[0],
                "real_name": real,
                "email": f"{name}@nordhamn.example",
                "tz": "Europe/Stockholm",
            }
            for key, (real, name) in _PEOPLE.items()
        ],
        "channels": [
            {"id": CHANNEL, "name": "alumni", "members": members},
            {"id": CLOSED, "name": "ledning", "is_private": True, "members": members},
        ],
    }


@dataclass(frozen=True)
class Peer:
    """A running peer and its address."""

    url: str
    process: subprocess.Popen[bytes]

    @staticmethod
    def start(folder: Path, config: Json) -> "Peer":
        """Start a peer on a free port and wait until it answers."""
        (folder / "preloaded.js").write_text(_PRELOADED)
        (folder / "workspace.json").write_text(json.dumps(config))
        port = free_port()
        arguments: Sequence[str] = [
            str(_BINARY),
            "--config",
            str(folder / "workspace.json"),
            "--port",
            str(port),
            "--base-host",
            "127.0.0.1",
            "--files-dir",
            str(folder / "files"),
        ]
        process = subprocess.Popen(
            arguments,
            env={**os.environ, "BUN_OPTIONS": f"--preload={folder / 'preloaded.js'}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        peer = Peer(f"http://127.0.0.1:{port}", process)
        peer._wait()
        return peer

    def _wait(self) -> None:
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.url}/_control/state", timeout=1).close()
            except urllib.error.URLError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the Slack peer does not start")

    def stop(self) -> None:
        """End the peer."""
        self.process.terminate()
        self.process.wait(10)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
