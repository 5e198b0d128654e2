"""A small model of each pipeline, trained once, with the network shut."""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ["OMP_NUM_THREADS"] = "1"

from spindel_nlu.serving.model import Model
from spindel_nlu.training.fingerprint import SERVER, fingerprint
from spindel_nlu.training.train import train
from tests.serving import TOKEN, Server, command

SENTENCES = {
    ("sv", "find_mentor"): [
        "vilka alumner kan vara mentorer i [Malmö](city)?",
        "finns det någon mentor i [Göteborg](city)",
        "jag söker en mentor i [Lund](city)",
        "mentorer i [Umeå](city), tack",
    ],
    ("sv", "set_reminder"): [
        "påminn mig [på fredag](time)",
        "påminn mig [imorgon](time) om mötet",
        "påminn mig [varje måndag](time)",
        "säg till mig [på torsdag](time)",
    ],
    ("en", "find_mentor"): [
        "who can be a mentor in [Malmö](city)?",
        "any mentors in [Lund](city)",
        "I am looking for a mentor in [Uppsala](city)",
        "mentors in [Oslo](city) please",
    ],
    ("en", "set_reminder"): [
        "remind me [on Friday](time)",
        "remind me [tomorrow](time) about the meeting",
        "remind me [every Monday](time)",
        "set a reminder for [Thursday](time)",
    ],
    ("sv", "out_of_scope"): ["vad blir det till lunch", "skrivaren är trasig", "när kommer lönen"],
    ("en", "out_of_scope"): ["what is for lunch", "the printer is broken", "when is payday"],
}


def write_sentences(folder: Path) -> Path:
    """Write the training files and return their folder."""
    for (lang, intent), lines in SENTENCES.items():
        path = folder / lang / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        examples = "".join(f"    - {line}\n" for line in lines)
        head = f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n'
        path.write_text(head + examples, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sentences(tmp_path / "data")


@pytest.fixture(scope="session", params=["config.yml", "config.sparse.yml"])
def model_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    sentences = write_sentences(folder / "data")
    config = SERVER / request.param
    path = folder / "models" / f"{fingerprint(config, sentences)}.tar.gz"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _refuse)
        train(config, [sentences], path)
    return path


def _refuse(*_: object) -> None:
    raise AssertionError("training went to the network")


@pytest.fixture(scope="session")
def model(model_file: Path) -> Model:
    return Model(model_file)


@pytest.fixture(scope="session")
def server(model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serving")
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "SPINDEL_RASA_TOKEN": TOKEN}
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command(model_file, "--die-with-parent", str(os.getpid())),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield Server(ready["port"], ready, log, folder)
        process.terminate()
        process.wait(20)
        process.stdout.close()
