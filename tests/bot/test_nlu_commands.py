"""The commands that teach: a label moves a sentence, training reads it, the report is whole."""

import asyncio
import contextlib
import json
import os
import pty
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot import taught
from bot.commands import nlu, reviewing
from bot.commands.root import cli
from bot.rasa.embedded import MODELS, SERVER, interpreter
from bot.taught import intents, teach
from storage import Database
from storage.queries.learning import keep_unsure
from tests.conftest import NOW, RasaServer

RUNNER = CliRunner()
SAID = 'NN vill [kanske] ha en "mentor": [/b] åt mig'


async def _keep(url: str) -> None:
    database = Database(url)
    async with database.begin() as session:
        await keep_unsure(session, SAID, "sv", ["find_mentor", "request_contact"], NOW)
    await database.close()


@pytest.fixture
def waiting(demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let one message wait for a label; give the folder of what is taught."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _keep(demo_url)).result()
    monkeypatch.setenv("SPINDEL_DATABASE_URL", demo_url)
    monkeypatch.setattr(reviewing, "TAUGHT", tmp_path / "taught")
    return tmp_path / "taught"


def _listed() -> list[dict[str, Any]]:
    told = RUNNER.invoke(cli, ["nlu", "review", "--json"])
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_a_label_moves_the_sentence_into_the_training_data(waiting: Path) -> None:
    (row,) = _listed()
    assert (row["text"], row["chosen"]) == (SAID, None)
    assert row["offered"] == ["find_mentor", "request_contact"]
    done = RUNNER.invoke(cli, ["nlu", "review", "--label", str(row["id"]), "find_mentor"])
    assert done.exit_code == 0, done.output
    assert _listed() == []
    path = waiting / "sv" / "find_mentor.yml"
    (block,) = yaml.safe_load(path.read_text("utf-8"))["nlu"]
    assert block["intent"] == "find_mentor"
    (example,) = block["examples"]
    assert example["text"] == SAID.replace("[", "(").replace("]", ")")
    assert example["metadata"] == {"marked": False}


@pytest.mark.usefixtures("waiting")
def test_a_message_can_be_dropped_and_a_wrong_label_is_refused() -> None:
    (row,) = _listed()
    wrong = RUNNER.invoke(cli, ["nlu", "review", "--label", str(row["id"]), "find_mentors"])
    assert wrong.exit_code == 3
    assert len(_listed()) == 1
    assert RUNNER.invoke(cli, ["nlu", "review", "--drop", str(row["id"])]).exit_code == 0
    assert _listed() == []
    assert RUNNER.invoke(cli, ["nlu", "review", "--drop", str(row["id"])]).exit_code == 3


@pytest.mark.usefixtures("waiting")
def test_people_see_a_table() -> None:
    told = RUNNER.invoke(cli, ["nlu", "review"], env={"COLUMNS": "160"})
    assert "mentor" in told.stdout
    assert "request_contact" in told.stdout
    assert "[kanske]" in told.stdout


@pytest.mark.usefixtures("waiting")
def test_in_a_terminal_it_asks_and_takes_an_answer() -> None:
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "nlu", "review"],
        stdin=inner, stdout=inner, stderr=inner, env={**os.environ, "COLUMNS": "160"},
    )  # fmt: skip
    os.close(inner)
    shown = b""
    while b"(find_mentor)" not in shown:  # what is suggested
        shown += os.read(outer, 4096)
    os.write(outer, b"nonsense\nd\n")
    with contextlib.suppress(OSError):  # a terminal that nobody holds any more
        while more := os.read(outer, 4096):
            shown += more
    os.close(outer)
    process.wait(20)
    assert b"[kanske]" in shown
    assert b"[/b]" in shown
    assert process.returncode == 0
    assert _listed() == []


@pytest.mark.usefixtures("waiting")
def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setattr(reviewing, "TAUGHT", tmp_path / "a file")
    (row,) = _listed()
    told = RUNNER.invoke(cli, ["nlu", "review", "--label", str(row["id"]), "find_mentor"])
    assert told.exit_code == 3
    assert len(_listed()) == 1


def test_every_intent_can_be_taught(tmp_path: Path) -> None:
    assert len(intents()) == 31
    for lang in ("sv", "en"):
        for _twice in range(2):
            path = teach("hej", lang, "smalltalk", tmp_path)
        assert len(yaml.safe_load(path.read_text("utf-8"))["nlu"][0]["examples"]) == 2


def test_what_is_taught_is_trained_with(tmp_path: Path) -> None:
    """Train two small models, with and without what was taught, and compare their numbers."""
    shipped = tmp_path / "shipped"
    for intent, lines in {
        "find_mentor": ["vilka är mentorer", "sök en mentor i [Lund](city)", "mentor tack"],
        "smalltalk": ["hej", "god morgon", "tack så mycket"],
    }.items():
        path = shipped / "sv" / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        examples = "".join(f"    - {line}\n" for line in lines)
        path.write_text(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{examples}')
    teach("NN borde hjälpa min student", "sv", "find_mentor", tmp_path / "taught")
    told = subprocess.run(
        [
            interpreter(), SERVER / "train.py", "--config", SERVER / "config.sparse.yml",
            "--out", tmp_path / "models", "--data", shipped, "--taught", tmp_path / "taught",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    manifest = json.loads(Path(json.loads(told.stdout)["manifest"]).read_text())
    assert manifest["sentences"] == {"sv": 7}


def test_the_report_is_of_the_bot_as_it_serves(
    demo_url: str, rasa_server: RasaServer, tmp_path: Path
) -> None:
    lines = Path("tests/nlu/half_a.jsonl").read_text("utf-8").splitlines()[::40]
    (tmp_path / "some.jsonl").write_text("\n".join(lines))
    told = subprocess.run(
        [sys.executable, "-m", "bot", "nlu", "test", str(tmp_path / "some.jsonl"), "--json"],
        env={
            "SPINDEL_DATABASE_URL": demo_url,
            "SPINDEL_RASA_URL": rasa_server.url,
            "SPINDEL_RASA_TOKEN": rasa_server.token,
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    report = json.loads(told.stdout)
    assert report["judged"] == "the bot as it serves"
    assert report["accuracy"]["of"] == len(lines)
    assert set(report["acting"]) == {"acted", "wrong", "refused", "right_or_offered"}
    assert report["accuracy"]["share"] > 0.8
    assert report["model"]["accuracy"]["of"] == len(lines)
    assert report["model"]["scope_auroc"] > 0.9
    assert report["all_entities"]["low"] <= report["all_entities"]["f1"]


def _test(file: Path, server: RasaServer, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "nlu", "test", str(file)],
        env={
            "SPINDEL_DATABASE_URL": url,
            "SPINDEL_RASA_URL": server.url,
            "SPINDEL_RASA_TOKEN": server.token,
        },
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_report_needs_no_database(rasa_server: RasaServer, tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text('{"text": "ja", "intent": "confirm", "lang": "sv"}\n')
    told = _test(tmp_path / "own.jsonl", rasa_server, f"sqlite:///{tmp_path / 'none.db'}")
    assert told.returncode == 0, told.stderr
    assert "AS THE BOT ACTS" in told.stdout
    assert "THE MODEL ALONE" in told.stdout
    assert "nothing is looked up" in told.stderr


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"intent": "help"}', '{"text": "hej"}'])
def test_a_bad_line_is_named(line: str, rasa_server: RasaServer, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(f"{line}\n")
    told = _test(tmp_path / "bad.jsonl", rasa_server, f"sqlite:///{tmp_path / 'none.db'}")
    assert told.returncode == 3
    assert "bad.jsonl:1" in told.stderr
    assert "Traceback" not in told.stderr


def test_train_tells_what_came_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPINDEL_RASA_URL", raising=False)
    manifest = json.loads((MODELS / "current.json").read_text("utf-8"))
    for trained, words in (("true", "A running bot takes it up"), ("false", "Nothing has changed")):
        told = f'{{"model": "m", "manifest": "{MODELS}/current.json", "trained": {trained}}}'
        monkeypatch.setattr(nlu, "_run", lambda *_, told=told, **__: f"{told}\n")
        said = RUNNER.invoke(cli, ["nlu", "train"])
        assert said.exit_code == 0, said.output
        assert words in said.stdout
        assert f"{sum(manifest['sentences'].values()):,} sentences" in said.stdout
    monkeypatch.setenv("SPINDEL_RASA_URL", "http://rasa:5005")
    monkeypatch.setattr(
        nlu,
        "_run",
        lambda *_, **__: told.replace("false", "true"),
    )
    assert "roll the service" in RUNNER.invoke(cli, ["nlu", "train"]).stdout


def test_the_folder_is_outside_the_program() -> None:
    assert taught.SHIPPED not in taught.TAUGHT.parents
