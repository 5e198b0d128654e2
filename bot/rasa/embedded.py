"""One Rasa server as a child process, on a free loopback port with a fresh token."""

import asyncio
import json
import logging
import os
import secrets
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT
from nlu.client import RasaClient, Unavailable

_LOG = logging.getLogger(__name__)
SERVER = ROOT / "nlu" / "server"
MODELS = ROOT / "build" / "models"
VECTORS = ROOT / "build" / "fields.vectors"  # what the model makes of the thesaurus
_START_S = 120
_STOP_S = 5
_BACK_OFF_S = (0, 1, 2, 5, 10, 30)
# A server that lived this long was well: the next restart is at once again.
_WELL_S = 60
_LOOK_S = 2  # how often a newer model is looked for
_FAREWELL_S = 4  # longer than a parse may take, so that what the old server has begun is answered


class NoModel(Exception):
    """There is no trained model or no environment for Rasa; the text says what to run."""


@dataclass(frozen=True, slots=True)
class _Server:
    """A process that has answered."""

    model: Path
    process: Process
    url: str
    fingerprint: str


class EmbeddedRasa:
    """A running Rasa server and the client that reaches it; `start` makes one."""

    def __init__(self, model: Path) -> None:
        self.model = model
        self._token = secrets.token_urlsafe(24)
        self.client = RasaClient("http://127.0.0.1:9", self._token)
        self.fingerprint = ""
        self._process: Process | None = None
        self._watches: list[asyncio.Task[None]] = []

    @classmethod
    async def start(cls, *, follow: bool = False) -> "EmbeddedRasa":
        """Start the server of the current model and wait until it has answered once.

        follow: take up a newer model when one is trained, without a break.

        Raises:
            NoModel: nothing is trained, the environment is missing, or it does not start.
        """
        rasa = cls(current_model())
        rasa._take(await rasa._launched(rasa.model))
        rasa._watches.append(asyncio.create_task(rasa._keep_alive()))
        if follow:
            rasa._watches.append(asyncio.create_task(rasa._follow()))
        return rasa

    @property
    def pid(self) -> int | None:
        """The server's process id, for the doctor and the tests."""
        return self._process.pid if self._process else None

    async def stop(self) -> None:
        """End the server and wait for it."""
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        if self._process is not None:
            await _end(self._process)
        await self.client.close()

    async def _launched(self, model: Path) -> _Server:
        """Start a server and wait until it has answered."""
        process = await self._started(model)
        try:
            ready = await self._first_line(process)
            url = f"http://127.0.0.1:{ready['port']}"
            await self._answered(url)
        except BaseException:
            await _end(process)
            raise
        return _Server(model, process, url, str(ready["fingerprint"]))

    def _take(self, server: _Server) -> None:
        """Send all that is asked from now on to a server."""
        self.model, self._process = server.model, server.process
        self.client.url, self.fingerprint = server.url, server.fingerprint
        self.client.breaker.note(ok=True)

    async def _started(self, model: Path) -> Process:
        # The token is in the environment: command lines can be read by everybody.
        return await asyncio.create_subprocess_exec(
            str(interpreter()),
            str(SERVER / "serve.py"),
            "--model",
            str(model),
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

    async def _answered(self, url: str) -> None:
        """Ask a new server once, by the road that every message will take."""
        once = RasaClient(url, self._token)
        try:
            await once.parse("Vilka alumner är mentorer?")
        except Unavailable:
            raise NoModel("Rasa starts, but does not answer.") from None
        finally:
            await once.close()

    async def _first_line(self, process: Process) -> dict[str, object]:
        assert process.stdout is not None  # noqa: S101 (asked for as a pipe)
        try:
            line = await asyncio.wait_for(process.stdout.readline(), _START_S)
            ready: dict[str, object] = json.loads(line)
        except (TimeoutError, ValueError):
            raise NoModel(
                "Rasa does not start. Run: make setup, and look at its lines above."
            ) from None
        return ready

    async def _keep_alive(self) -> None:
        failures = 0
        while (process := self._process) is not None:
            started = time.monotonic()
            await process.wait()
            if process is not self._process:
                continue  # a newer one serves
            failures = 0 if time.monotonic() - started > _WELL_S else failures + 1
            _LOG.warning("Rasa ended; starting it again")
            await asyncio.sleep(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])
            try:
                again = await self._launched(self.model)
            except (NoModel, OSError) as error:
                _LOG.error("Rasa could not be started: %s", error)
                continue
            if process is self._process:
                self._take(again)
            else:
                await _end(again.process)  # a newer model was quicker

    async def _follow(self) -> None:
        """Take up each newer model: start it, let it warm up, switch, end the old one."""
        while True:
            await asyncio.sleep(_LOOK_S)
            newest = _newest(self.model)
            if newest == self.model:
                continue
            try:
                server = await self._launched(newest)
            except (NoModel, OSError) as error:
                _LOG.error("the new model does not start, the old one serves on: %s", error)
                await asyncio.sleep(_START_S)
                continue
            old = self._process
            self._take(server)
            _LOG.info("a new model serves: %s", self.fingerprint[:12])
            try:
                await asyncio.sleep(_FAREWELL_S)
            finally:
                if old is not None:
                    await _end(old)


async def _end(process: Process) -> None:
    """End a server and wait for it."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _STOP_S)
    except TimeoutError:
        process.kill()
        await process.wait()


def _newest(served: Path) -> Path:
    try:
        model = current_model()
    except NoModel:
        return served
    return model if model.is_file() else served


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
