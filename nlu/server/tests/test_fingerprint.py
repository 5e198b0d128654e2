"""When a model must be trained anew, and when not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spindel_nlu.training.fingerprint import SERVER, fingerprint

CONFIG = SERVER / "config.yml"


def test_same_inputs_same_number(data: Path) -> None:
    assert fingerprint(CONFIG, data) == fingerprint(CONFIG, data)


def test_a_changed_sentence_changes_it(data: Path) -> None:
    before = fingerprint(CONFIG, data)
    path = data / "sv" / "find_mentor.yml"
    path.write_text(path.read_text("utf-8").replace("Lund", "Lunds"), encoding="utf-8")
    assert fingerprint(CONFIG, data) != before


def test_a_moved_sentence_file_changes_it(data: Path) -> None:
    before = fingerprint(CONFIG, data)
    (data / "sv" / "find_mentor.yml").rename(data / "sv" / "find_mentors.yml")
    assert fingerprint(CONFIG, data) != before


def test_another_pipeline_changes_it(data: Path) -> None:
    assert fingerprint(CONFIG, data) != fingerprint(SERVER / "config.sparse.yml", data)


def test_what_a_university_has_taught_changes_it(data: Path, tmp_path: Path) -> None:
    before = fingerprint(CONFIG, data)
    taught = tmp_path / "taught"
    assert fingerprint(CONFIG, data, taught) == before
    path = taught / "sv" / "find_mentor.yml"
    path.parent.mkdir(parents=True)
    path.write_text("taught", encoding="utf-8")
    assert fingerprint(CONFIG, data, taught) != before


def test_no_sentences_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no training sentences"):
        fingerprint(CONFIG, tmp_path)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_unchanged_trains_nothing_and_imports_nothing_heavy(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "models"
    asked = [str(SERVER / "train.py"), "--data", str(data), "--out", str(out)]
    asked += ["--config", str(SERVER / "config.sparse.yml")]
    first = run(asked, tmp_path)
    assert json.loads(first.stdout)["trained"] is True
    assert "learn IntentClassifier" in first.stderr
    second = run(["-X", "importtime", *asked], tmp_path)
    told = json.loads(second.stdout)
    assert told["trained"] is False
    assert "nothing has changed" in second.stderr
    assert not {"rasa", "numpy", "sklearn"} & {
        line.rsplit("|", 1)[-1].strip() for line in second.stderr.splitlines()
    }
    current = json.loads((out / "current.json").read_text("utf-8"))
    assert (out / current["model"]) == Path(told["model"])
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"data", "models"}  # nothing is left in the home folder


def test_missing_sentences_are_told_on_one_line(tmp_path: Path) -> None:
    done = run([str(SERVER / "train.py"), "--data", str(tmp_path)], tmp_path)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
