"""What the tests share: real databases, a real Rasa, the demo university."""

import asyncio
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest

from bot.assembly import Bot, assembled
from bot.rasa.embedded import SERVER, NoModel, current_model, interpreter
from bot.terminal.channel import TerminalChannel
from bot.terminal.json_lines import JsonChat
from nlu.client import RasaClient
from storage import Database, schema
from storage.demo import fill
from tests.postgres import Postgres, postgres_missing

# No timed tests: a busy machine must not fail one.
hypothesis.settings.register_profile("spindel", deadline=None)
hypothesis.settings.load_profile("spindel")

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Stockholm


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name in the last lines what this machine lacked; in CI nothing may be lacking."""
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({str(report.longrepr[2]) for report in skipped}):
        terminalreporter.write_line(f"SKIPPED: {reason}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a CI run that skipped anything."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("CI") == "true" and skipped and exitstatus == 0:
        session.exitstatus = 1


@dataclass(frozen=True)
class RasaServer:
    """A running Rasa: its address and token."""

    url: str
    token: str
    pid: int


@pytest.fixture(scope="session")
def rasa_server() -> Iterator[RasaServer]:
    """Start one Rasa with the current model for the whole run."""
    try:
        python, model = interpreter(), current_model()
    except NoModel as error:
        pytest.fail(str(error))
    token = secrets.token_urlsafe(16)
    process = subprocess.Popen(
        [
            python,
            SERVER / "serve.py",
            "--model",
            model,
            "--port",
            "0",
            "--die-with-parent",
            str(os.getpid()),
        ],
        cwd=SERVER,
        env={**os.environ, "SPINDEL_RASA_TOKEN": token},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    yield RasaServer(f"http://127.0.0.1:{ready['port']}", token, process.pid)
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL of our own, or skip by name."""
    lacking = postgres_missing()
    if lacking:
        pytest.skip(lacking)
    server = Postgres.start()
    yield server
    server.stop()


async def _fill(url: str) -> None:
    schema.upgrade(url)
    database = Database(url)
    async with database.begin() as session:
        await fill(session, 1, TODAY)
    await database.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill the demo university once, to be copied for each test."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _fill(f"sqlite:///{path}")).result()
    return path


@pytest.fixture(scope="session")
def demo_template(postgres: Postgres) -> str:
    """Fill the demo university once on PostgreSQL, as a template database."""
    name = postgres.create()
    # A thread of its own: the fixture may be asked for while a test's loop is running.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _fill(postgres.url(name))).result()
    return name


def _copied(demo_file: Path, tmp_path: Path) -> str:
    shutil.copy(demo_file, tmp_path / "demo.db")
    return f"sqlite:///{tmp_path / 'demo.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Give an empty database with the schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.url(postgres.create())
    schema.upgrade(url)
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def demo_database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Give a database with the demo university, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        url = _copied(request.getfixturevalue("demo_file"), tmp_path)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        template: str = request.getfixturevalue("demo_template")
        url = postgres.url(postgres.create(template))
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def demo_url(demo_file: Path, tmp_path: Path) -> str:
    """Give the address of an SQLite copy of the demo university."""
    return _copied(demo_file, tmp_path)


@pytest.fixture
async def demo_bot(demo_url: str, rasa_server: RasaServer) -> AsyncIterator[Bot]:
    """Give a bot over the demo university with a real Rasa; its time stands at NOW."""
    bot = await assembled(
        Database(demo_url),
        RasaClient(rasa_server.url, rasa_server.token),
        [TerminalChannel()],
        movable=True,
        frozen=NOW,
    )
    yield bot
    await bot.close()


@pytest.fixture
async def chat(demo_url: str, rasa_server: RasaServer) -> AsyncIterator[JsonChat]:
    """Give the command line's chat over the demo university."""
    channel = TerminalChannel()
    bot = await assembled(
        Database(demo_url),
        RasaClient(rasa_server.url, rasa_server.token),
        [channel],
        movable=True,
        frozen=NOW,
    )
    yield JsonChat(bot, channel)
    await bot.close()
