"""One Rasa server as a child process, on a free loopback port with a fresh token."""

import asyncio
import json
import logging
import os
import secrets
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from bot.settings import ROOT
from nlu.client import RasaClient

_LOG = logging.getLogger(__name__)
SERVER = ROOT / "nlu" / "server"
MODELS = ROOT / "build" / "models"
_START_S = 120
_STOP_S = 5
_BACK_OFF_S = (0, 1, 2, 5, 10, 30)
# A server that lived this long was well: the next restart is at once again.
_WELL_S = 60


class NoModel(Exception):
    """There is no trained model or no environment for Rasa; the text says what to run."""


class EmbeddedRasa:
    """A running Rasa server and the client that reaches it; `start` makes one."""

    def __init__(self, model: Path) -> None:
        self.model = model
        self._token = secrets.token_urlsafe(24)
        self.client = RasaClient("http://127.0.0.1:9", self._token)
        self.fingerprint = ""
        self._process: Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls) -> "EmbeddedRasa":
        """Start the server of the current model and wait until it has answered once.

        Raises:
            NoModel: nothing is trained, the environment is missing, or it does not start.
        """
        rasa = cls(current_model())
        await rasa._launch()
        rasa._watch = asyncio.create_task(rasa._keep_alive())
        return rasa

    @property
    def pid(self) -> int | None:
        """The server's process id, for the doctor and the tests."""
        return self._process.pid if self._process else None

    async def stop(self) -> None:
        """End the server and wait for it."""
        if self._watch is not None:
            self._watch.cancel()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), _STOP_S)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        await self.client.close()

    async def _launch(self) -> None:
        # The token is in the environment: command lines can be read by everybody.
        self._process = await asyncio.create_subprocess_exec(
            str(interpreter()),
            str(SERVER / "serve.py"),
            "--model",
            str(self.model),
            "--port",
            "0",
            "--die-with-parent",
            str(os.getpid()),
            cwd=SERVER,
            env={**os.environ, "SPINDEL_RASA_TOKEN": self._token, "OMP_NUM_THREADS": "1"},
            stdin=DEVNULL,
            stdout=PIPE,
            # Its own session: Ctrl-C is for the bot, which stops it in order.
            start_new_session=True,
        )
        ready = await self._first_line(self._process)
        self.client.url = f"http://127.0.0.1:{ready['port']}"
        self.client.breaker.note(ok=True)
        self.fingerprint = str(ready["fingerprint"])

    async def _first_line(self, process: Process) -> dict[str, object]:
        assert process.stdout is not None  # noqa: S101 (asked for as a pipe)
        try:
            line = await asyncio.wait_for(process.stdout.readline(), _START_S)
            ready: dict[str, object] = json.loads(line)
        except (TimeoutError, ValueError):
            if process.returncode is None:
                process.kill()
            await process.wait()
            raise NoModel(
                "Rasa does not start. Run: make setup, and look at its lines above."
            ) from None
        return ready

    async def _keep_alive(self) -> None:
        failures = 0
        while self._process is not None:
            started = time.monotonic()
            await self._process.wait()
            failures = 0 if time.monotonic() - started > _WELL_S else failures + 1
            _LOG.warning("Rasa ended; starting it again")
            await asyncio.sleep(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])
            try:
                await self._launch()
            except (NoModel, OSError) as error:
                _LOG.error("Rasa could not be started: %s", error)


def interpreter() -> Path:
    """Return the Python of Rasa's own environment.

    Raises:
        NoModel: it is not installed.
    """
    python = SERVER / ".venv" / "bin" / "python"
    if not python.exists():
        raise NoModel("Rasa's environment is not installed. Run: make setup")
    return python


def current_model() -> Path:
    """Return the model that the last training made current.

    Raises:
        NoModel: nothing is trained yet.
    """
    try:
        manifest = json.loads((MODELS / "current.json").read_text())
    except (OSError, ValueError):
        raise NoModel("The language model is not trained yet. Run: make setup") from None
    return MODELS / f"{manifest['fingerprint']}.tar.gz"
