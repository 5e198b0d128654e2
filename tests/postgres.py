"""A PostgreSQL of the tests' own: a fresh cluster on a free loopback port, as an ordinary user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")


def _binaries() -> Path | None:
    for place in _PLACES:
        if (Path(place) / "initdb").exists():
            return Path(place)
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def postgres_missing() -> str | None:
    """Return why PostgreSQL cannot be started here, or None."""
    if _binaries() is None:
        return "PostgreSQL binaries are missing (Debian, Ubuntu: sudo apt install postgresql)"
    return None


def _user() -> str | None:
    """Return the user to become: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class Postgres:
    """A running cluster."""

    folder: Path
    port: int
    _numbers: "count[int]" = field(default_factory=count)

    @classmethod
    def start(cls) -> "Postgres":
        """Make a cluster and start it."""
        folder = Path(tempfile.mkdtemp(prefix="spindel-pg-"))
        user = _user()
        if user is not None:
            shutil.chown(folder, user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = cls(folder, port)
        server._run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "spindel",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        server._start()
        return server

    def _start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off"
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-o",
            options,
            "start",
        )

    def crash(self, away_s: float = 0.0) -> None:
        """End it as a crash would, and start it again after some seconds."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        time.sleep(away_s)
        self._start()

    def _run(self, program: str, *arguments: str) -> None:
        place = _binaries()
        assert place is not None
        user = _user()
        become = [] if user is None else ["runuser", "-u", user, "--"]
        subprocess.run(
            [*become, str(place / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )

    def create(self, template: str = "template0") -> str:
        """Make a database, as a copy of another one if asked; return its name."""
        name = f"t{next(self._numbers)}"
        self._run(
            "createdb",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "spindel",
            "-T",
            template,
            name,
        )
        return name

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql://spindel@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """End the cluster and remove it."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
