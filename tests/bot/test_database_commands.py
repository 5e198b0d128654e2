"""`spindel db backup | restore | check` as somebody types them: words, exit codes, files."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.settings import ROOT
from storage import schema
from tests.postgres import Postgres

Spindel = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(url: str) -> dict[str, str]:
    return {**os.environ, "SPINDEL_DATABASE_URL": url, "COLUMNS": "400"}


def command(*words: str) -> Sequence[str]:
    return [sys.executable, "-m", "bot", *words]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'spindel.db'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.url(postgres.create())


@pytest.fixture
def spindel(url: str, tmp_path: Path) -> Spindel:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*words),
            env=environment(url) | {"PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_whole_round(spindel: Spindel, tmp_path: Path) -> None:
    new = spindel("db", "check")
    assert new.returncode == 3
    assert "at schema none" in new.stderr
    assert "spindel db upgrade" in new.stderr
    assert spindel("db", "upgrade").returncode == 0
    never = spindel("db", "check")
    assert never.returncode == 0
    assert "backup: none was ever taken" in never.stdout
    assert "none overdue" in never.stdout
    taken = spindel("db", "backup", "kept", "--keep", "1")
    assert taken.returncode == 0, taken.stderr
    fine = spindel("db", "check")
    assert fine.returncode == 0
    assert "backup: " in fine.stdout
    assert "The database is whole, at schema" in fine.stdout
    (file,) = (path for path in (tmp_path / "kept").iterdir() if path.suffix != ".json")
    back = spindel("db", "restore", str(file))
    assert (back.returncode, "not empty" in back.stderr) == (3, True)
    back = spindel("db", "restore", str(file), "--replace")
    assert back.returncode == 0, back.stderr
    assert "Next: spindel db check" in back.stdout
    after = spindel("db", "check")
    assert "left by a restore" in after.stdout
    assert after.returncode == 0


def test_a_wrong_call_is_usage(spindel: Spindel) -> None:
    assert spindel("db", "backup").returncode == 2
    assert spindel("db", "backup", "one.db", "--keep", "3").returncode == 2
    assert spindel("db", "restore", "nothing.db").returncode == 3


def test_it_stays_and_takes_one_after_the_other(url: str, tmp_path: Path) -> None:
    schema.upgrade(url)
    words = command("db", "backup", "kept", "--keep", "2", "--every", "0.0003")
    with subprocess.Popen(
        words,
        env=environment(url) | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    ) as staying:
        assert staying.stdout is not None
        lines = [staying.stdout.readline() for _ in range(4)]
        staying.send_signal(signal.SIGTERM)
        assert staying.wait(20) == 0
    assert sum("schema" in line for line in lines) >= 3
    assert any(line.startswith("deleted: ") for line in lines)


def test_a_damaged_file_is_told_and_cured(spindel: Spindel, url: str, tmp_path: Path) -> None:
    if not url.startswith("sqlite"):
        return  # a server looks after its own pages
    assert spindel("db", "demo").returncode == 0
    assert spindel("db", "backup", "kept").returncode == 0
    file = tmp_path / "spindel.db"
    content = bytearray(file.read_bytes())
    content[100_000:400_000] = b"\x55" * 300_000
    file.write_bytes(content)
    for words in (("db", "check"), ("db", "backup", "kept"), ("doctor",), ("chat",)):
        told = spindel(*words)
        assert told.returncode == 3, words
        assert "Traceback" not in told.stderr, words
    assert "spindel db restore FILE --replace" in spindel("db", "check").stderr
    (kept,) = (tmp_path / "kept").glob("*.db")
    assert spindel("db", "restore", str(kept), "--replace").returncode == 0
    assert spindel("db", "check").returncode == 0


def test_a_restore_that_is_killed_has_done_all_or_nothing(
    spindel: Spindel, url: str, tmp_path: Path
) -> None:
    chance = random.Random(seed := 7)  # noqa: S311
    assert spindel("db", "demo").returncode == 0
    assert spindel("db", "backup", "kept").returncode == 0
    (kept,) = (path for path in (tmp_path / "kept").iterdir() if path.suffix != ".json")
    killed = 0
    for _ in range(5):
        with subprocess.Popen(
            command("db", "restore", str(kept), "--replace"),
            env=environment(url) | {"PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as restoring:
            with suppress(subprocess.TimeoutExpired):
                restoring.wait(chance.uniform(0.5, 2.0))
            if restoring.poll() is None:
                os.killpg(restoring.pid, signal.SIGKILL)
                killed += 1
        found = spindel("db", "check")
        assert found.returncode == 0, (seed, found.stderr)
        assert "alumnus 5,006" in found.stdout
    assert killed, "the fault was hardly ever injected"


def test_the_doctor_says_of_an_empty_database_that_it_is_empty(spindel: Spindel) -> None:
    told = spindel("doctor", "--lang", "en")
    assert told.returncode == 3
    assert "Database: it is empty" in told.stdout
    assert "Run: spindel db upgrade" in told.stdout
