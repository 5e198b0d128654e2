"""The compose file agrees with the code, and what it starts works: here without Docker."""

import copy
import json
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.commands.root import cli
from bot.rasa.embedded import MODELS, SERVER, interpreter
from bot.settings import ROOT
from tests.bot.composed import BOTS, COMPOSE, RASA, problems, rasa_port
from tests.bot.slack.peer import APP_TOKEN, BOT_TOKEN, Peer, free_port, peer_missing, workspace
from tests.postgres import Postgres

_PATIENCE_S = 180
Compose = dict[str, Any]


@pytest.fixture
def compose() -> Compose:
    return dict(yaml.safe_load(COMPOSE.read_text()))


def test_compose_agrees_with_the_code(compose: Compose) -> None:
    assert problems(compose) == []


def bot_variable(name: str, value: str | None) -> Callable[[Compose], None]:
    def change(compose: Compose) -> None:
        environment = compose["services"]["bot"]["environment"]
        environment.pop(name, None)
        if value is not None:
            environment[name] = value

    return change


def checks(service: str, old: str, new: str) -> Callable[[Compose], None]:
    def change(compose: Compose) -> None:
        test = compose["services"][service]["healthcheck"]["test"]
        assert old in test[-1]
        test[-1] = test[-1].replace(old, new)

    return change


def fact(service: str, name: str, value: Any) -> Callable[[Compose], None]:
    def change(compose: Compose) -> None:
        compose["services"][service][name] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (bot_variable("SPINDEL_RASA_ADDRESS", "x"), "no setting is called SPINDEL_RASA_ADDRESS"),
        (bot_variable("SLACK_BOT_TOKEN", None), "SLACK_BOT_TOKEN is missing"),
        (bot_variable("SPINDEL_DATABASE_URL", None), "SPINDEL_DATABASE_URL is missing"),
        (bot_variable("SPINDEL_RASA_URL", None), "SPINDEL_RASA_URL is missing"),
        (bot_variable("SPINDEL_RASA_TOKEN", "sesame"), "is written out"),
        (bot_variable("SLACK_BOT_TOKEN", "${SLACK_TOKEN}"), "does not stand in env.example"),
        (bot_variable("SPINDEL_PORT", "8766"), "its health is at :8766"),
        (bot_variable("SPINDEL_RASA_URL", "http://rasa:5006"), "Rasa listens at"),
        (bot_variable("SPINDEL_DATABASE_URL", "postgresql://x@db/y"), "not that of the database"),
        (checks("bot", "8765", "8764"), "its health is at"),
        (checks("bot", "/readyz", "/healthz"), "its health is at"),
        (checks("rasa", "/version", "/health"), "nothing answers at"),
        (checks("rasa", "5005", "5006"), "nothing answers at"),
        (fact("bot", "ports", ["8765:8765"]), "the port 8765:8765 is open"),
        (fact("rasa", "networks", ["inside", "outside"]), "internal network only"),
        (fact("rasa", "read_only", None), "can be written to"),
        (fact("proxy", "command", ["caddy", "bot:80"]), "does not lead to the bot"),
    ],
)
def test_what_does_not_agree_is_found(
    compose: Compose, change: Callable[[Compose], None], told: str
) -> None:
    changed = copy.deepcopy(compose)
    change(changed)
    assert any(told in problem for problem in problems(changed)), problems(changed)


def test_every_command_exists(compose: Compose) -> None:
    for service in BOTS:
        program, *words = compose["services"][service]["command"]
        assert program == "spindel"
        command: Any = get_command(cli)
        while getattr(command, "commands", None):
            command = command.commands[words.pop(0)]
        command.make_context(service, words)  # refuses words that it does not know


class Site:
    """The compose file's services on this machine: its commands, environment and health checks."""

    def __init__(self, compose: Compose, postgres: Postgres, slack: str, folder: Path) -> None:
        self.services: Compose = compose["services"]
        self.folder = folder
        self.rasa_port = free_port()
        self.secrets = {
            "POSTGRES_PASSWORD": "sesame",
            "SPINDEL_RASA_TOKEN": "a-token-of-the-test",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
        }
        self.hosts = {
            "@database:5432/spindel": f"@127.0.0.1:{postgres.port}/{postgres.create()}",
            f"http://rasa:{rasa_port()}": f"http://127.0.0.1:{self.rasa_port}",
            "0.0.0.0": "127.0.0.1",  # noqa: S104 (it is replaced)
        }
        self.slack = slack

    def environment(self, service: str, ports: dict[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        given = {
            name: ports.get(value) or self._here(value)
            for name, value in self.services[service]["environment"].items()
        }
        return {**kept, **given, "SPINDEL_SLACK_API_URL": f"{self.slack}/api/"}

    def _here(self, value: str) -> str:
        def filled(match: re.Match[str]) -> str:
            return self.secrets.get(match["name"], (match["default"] or "").removeprefix("-"))

        value = re.sub(r"\$\{(?P<name>\w+)(:(?P<default>[^}]*))?\}", filled, value)
        for there, here in self.hosts.items():
            value = value.replace(there, here)
        return value

    @contextmanager
    def started(
        self, service: str, command: list[str], ports: dict[str, str], cwd: Path
    ) -> Iterator["subprocess.Popen[bytes]"]:
        log = self.folder / f"{service}-{'-'.join(ports.values())}.log"
        with (
            log.open("wb") as opened,
            subprocess.Popen(
                command,
                env=self.environment(service, ports),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=opened,
            ) as process,
        ):
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def healthy(
        self, service: str, process: "subprocess.Popen[bytes]", there: str, here: str
    ) -> None:
        """Run the service's own health check until it is content."""
        _cmd, _python, *words = self.services[service]["healthcheck"]["test"]
        check = [
            str(ROOT / ".venv" / "bin" / "python"),
            *words[:-1],
            words[-1].replace(there, here),
        ]
        assert check[-1] != words[-1]
        until = time.monotonic() + _PATIENCE_S
        while subprocess.run(check, stderr=subprocess.DEVNULL, check=False).returncode:
            assert process.poll() is None, f"{service} ended: {self.logs()}"
            assert time.monotonic() < until, f"{service} is not healthy: {self.logs()}"
            time.sleep(0.5)

    def logs(self) -> str:
        return "\n".join(path.read_text()[-1500:] for path in self.folder.glob("*.log"))


def spindel(words: list[str]) -> list[str]:
    assert words[0] == "spindel"
    return [str(ROOT / ".venv" / "bin" / "spindel"), *words[1:]]


def rasa_command(port: int) -> list[str]:
    (line,) = re.findall(r"^CMD (\[.*\])$", (RASA / "Dockerfile").read_text(), re.MULTILINE)
    here = {
        "/app/.venv/bin/python": str(interpreter()),
        "models": str(MODELS),
        "0.0.0.0": "127.0.0.1",  # noqa: S104 (it is replaced)
        rasa_port(): str(port),
    }
    return [here.get(word, word) for word in json.loads(line)]


@pytest.fixture
def site(
    compose: Compose, postgres: Postgres, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    lacking = peer_missing()
    if lacking:
        pytest.skip(lacking)
    peer = Peer.start(tmp_path_factory.mktemp("peer"), workspace())
    yield Site(compose, postgres, peer.url, tmp_path)
    peer.stop()


def get(port: str, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return answer.status, answer.read().decode()


def test_the_same_commands_make_two_bots_that_are_ready(site: Site) -> None:
    bot = site.services["bot"]
    migrate = spindel(site.services["migrate"]["command"])
    with site.started("migrate", migrate, {}, site.folder) as process:
        assert process.wait(_PATIENCE_S) == 0, site.logs()
    there = {
        name: str(bot["environment"][name]) for name in ("SPINDEL_PORT", "SPINDEL_METRICS_PORT")
    }
    replicas = [
        {port: str(free_port()) for port in there.values()}
        for _ in range(bot["deploy"]["replicas"])
    ]
    assert len(replicas) == 2
    rasa = rasa_command(site.rasa_port)
    with site.started("rasa", rasa, {}, SERVER) as serving:
        site.healthy("rasa", serving, rasa_port(), str(site.rasa_port))
        command = spindel(bot["command"])
        with (
            site.started("bot", command, replicas[0], site.folder) as one,
            site.started("bot", command, replicas[1], site.folder) as two,
        ):
            for process, ports in zip((one, two), replicas, strict=True):
                own = ports[there["SPINDEL_PORT"]]
                site.healthy("bot", process, there["SPINDEL_PORT"], own)
                assert get(own, "/livez") == (200, '{"status":"ok"}')
                assert get(own, "/readyz") == (200, '{"status":"ok"}')
                figures = get(ports[there["SPINDEL_METRICS_PORT"]], "/metrics")[1]
                assert "spindel_database_up 1.0" in figures
            backed_up(site)
            for process in (one, two):
                process.send_signal(signal.SIGTERM)
            assert [one.wait(30), two.wait(30)] == [0, 0], site.logs()
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(30) == 0, site.logs()


def backed_up(site: Site) -> None:
    """Take the backup that the compose file takes, once, beside the bots at work."""
    words = [
        str(site.folder / "backups") if w == "/backups" else w
        for w in site.services["backup"]["command"]
    ]
    command = spindel(words)
    with site.started("backup", command, {}, site.folder) as process:
        until = time.monotonic() + _PATIENCE_S
        while not list(site.folder.glob("backups/spindel-*.dump")):
            assert process.poll() is None, site.logs()
            assert time.monotonic() < until, site.logs()
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, site.logs()
