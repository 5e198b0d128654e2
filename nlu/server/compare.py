"""Trains three pipelines one after the other and judges them on the same sentences, one thread.

E5 with n-grams, n-grams alone, and Rasa's own DIET, which runs in an environment of its own with
TensorFlow: `uv sync --project nlu/server/diet`. What serves is left as it is.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OURS, THEIRS = HERE / ".venv/bin/python", HERE / "diet/.venv/bin/python"
PIPELINES = {
    "E5 and n-grams, CRF": (OURS, HERE / "config.yml"),
    "n-grams, CRF": (OURS, HERE / "config.sparse.yml"),
    "DIET, 8 epochs": (THEIRS, HERE / "diet/config.yml"),
}
KEPT = HERE.parent.parent / "build" / "compared"
QUIET = {
    "PYTHONWARNINGS": "ignore",
    "RASA_MAX_CACHE_SIZE": "0",  # else stock Rasa keeps every step in the folder where one stands
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


def trained(config: Path, out: Path) -> None:
    """Train one pipeline; this runs in its own environment."""
    if "recipe:" not in config.read_text(encoding="utf-8"):
        from spindel_nlu.training.fingerprint import DATA
        from spindel_nlu.training.train import train

        train(config, [DATA], out / "model.tar.gz")
        return
    from rasa.model_training import train_nlu

    from spindel_nlu.training.fingerprint import DATA

    train_nlu(str(config), str(DATA), str(out), fixed_model_name="model")


def measured(model: Path, sentences: list[Path]) -> dict[str, Any]:
    """Serve one model and judge it; this runs in its own environment.

    Returns: accuracy, entities (F1 by overlap), p50_ms, p99_ms, a_second, rss_mib, megabytes.
    """
    from evaluate import timing
    from spindel_nlu.judging.report import report
    from spindel_nlu.judging.sentences import judged, sentences_in
    from spindel_nlu.serving import model as serving

    given = sentences_in(sentences)
    if sys.executable == str(THEIRS):  # what the stock graph reads is a message of a channel
        from rasa.core.channels.channel import UserMessage

        vars(serving)["Incoming"] = UserMessage
    served = serving.Model(model)
    pairs, took = [], []
    for sentence in given:
        started = time.perf_counter()
        answer = served.parse(sentence["text"])
        took.append((time.perf_counter() - started) * 1000)
        pairs.append(judged(sentence, answer))
    content = report(pairs)
    return {
        "accuracy": content["accuracy"]["share"],
        "entities": content["all_entities"]["f1"],
        **timing(took),
        "rss_mib": _resident(),
        "megabytes": round(model.stat().st_size / 1e6),
    }


def _resident() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def compared(sentences: list[Path], kept: Path) -> None:
    """Train what is not kept and judge each pipeline in processes of its own; print its row."""
    print("| pipeline | accuracy | entities | p50 / p99 ms | a second | RSS MiB | MB | training |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name, (python, config) in PIPELINES.items():
        folder = kept / hashlib.sha256(config.read_bytes()).hexdigest()[:12]
        model, took = folder / "model.tar.gz", folder / "minutes"
        if not took.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            begun = time.monotonic()
            _run(python, QUIET, "--train", str(config), "--out", str(folder))
            took.write_text(f"{(time.monotonic() - begun) / 60:.1f}", encoding="ascii")
        told = _run(python, QUIET | ONE_THREAD, "--judge", str(model), *map(str, sentences))
        row = json.loads(told.splitlines()[-1])
        times = f"{row['p50_ms']} / {row['p99_ms']} | {row['a_second']}"
        sizes = f"{row['rss_mib']} | {row['megabytes']} | {took.read_text('ascii')} min"
        scores = f"{row['accuracy']:.3f} | {row['entities']:.3f}"
        print(f"| {name} | {scores} | {times} | {sizes} |", flush=True)


def _run(python: Path, env: dict[str, str], *asked: str) -> str:
    if not python.is_file():
        raise FileNotFoundError(f"{python.parents[2]} has no environment: see the top of this file")
    command = [str(python), str(HERE / "compare.py"), *asked]
    done = subprocess.run(  # noqa: S603 - this file, with arguments of its own
        command, env=os.environ | env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def main() -> int:
    """Compare, or do one step of it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path, nargs="*", help="JSON lines")
    parser.add_argument("--kept", type=Path, default=KEPT, help="models trained before, by config")
    parser.add_argument("--train", type=Path, help="a configuration: train it")
    parser.add_argument("--out", type=Path, help="where to")
    parser.add_argument("--judge", type=Path, help="a model: judge it")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    try:
        if asked.train:
            trained(asked.train, asked.out)
        elif asked.judge:
            print(json.dumps(measured(asked.judge, asked.sentences)))
        elif asked.sentences:
            compared(asked.sentences, asked.kept)
        else:
            parser.error("which sentences?")
    except (FileNotFoundError, RuntimeError) as error:
        sys.stderr.write(f"compare.py: {error}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
