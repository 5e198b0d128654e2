"""Says what a model, or the whole bot, is worth on sentences that it was not trained on.

Sentences are JSON lines: {"text", "intent", "lang", "entities": [{"entity", "start", "end"}]}.
"""

import argparse
import json
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore", category=DeprecationWarning)

from spindel_nlu.judging.page import as_text  # noqa: E402 - the settings come first
from spindel_nlu.judging.report import report  # noqa: E402
from spindel_nlu.judging.sentences import (  # noqa: E402
    Judged,
    answered,
    judged,
    sentences_in,
)
from spindel_nlu.serving.files import checked_model  # noqa: E402
from spindel_nlu.serving.model import Model  # noqa: E402
from spindel_nlu.training.fingerprint import SERVER  # noqa: E402

SET_UP = 3  # exit code
MODELS = SERVER.parent.parent / "build" / "models"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path, nargs="+", help="JSON lines")
    parser.add_argument("--model", type=Path, default=MODELS, help="a file or a folder")
    parser.add_argument(
        "--answers",
        type=Path,
        help="the lines of `spindel understand` for these sentences; `model`: what Rasa answered",
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--errors", action="store_true", help="also each wrong sentence")
    return parser.parse_args()


def timing(milliseconds: list[float]) -> dict[str, Any]:
    """Return how long parsing took."""
    ordered = sorted(milliseconds)
    p50, p99 = (round(ordered[int(len(ordered) * p)], 1) for p in (0.5, 0.99))
    return {"p50_ms": p50, "p99_ms": p99, "a_second": round(1000 / (sum(ordered) / len(ordered)))}


def by_model(path: Path, sentences: list[dict[str, Any]]) -> tuple[str, list[Judged]]:
    """Ask a model; return what it is, with its speed, and its judged answers."""
    model = Model(checked_model(path))
    pairs, took = [], []
    for sentence in sentences:
        started = time.perf_counter()
        pairs.append(judged(sentence, model.parse(sentence["text"])))
        took.append((time.perf_counter() - started) * 1000)
    return f"{model.pipeline} {model.fingerprint[:12]}, parse {timing(took)}", pairs


def by_answers(path: Path, sentences: list[dict[str, Any]]) -> tuple[list[Judged], list[Judged]]:
    """Read the answers of the whole bot, one for each sentence, in order, and its model's.

    Raises:
        ValueError: when the answers are of other sentences.
    """
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if [t.get("text") for t in told] != [s["text"] for s in sentences]:
        raise ValueError(f"{path} does not answer these sentences, one by one and in order")
    pairs = list(zip(sentences, told, strict=True))
    model = [judged(s, t["model"]) for s, t in pairs if "model" in t]
    return [answered(s, t) for s, t in pairs], model


def figures_of(asked: argparse.Namespace) -> tuple[dict[str, Any], list[Judged]]:
    """Return the report and the judged sentences."""
    sentences = sentences_in(asked.sentences)
    if not asked.answers:
        judged_by, pairs = by_model(asked.model, sentences)
        return {"judged": judged_by, **report(pairs)}, pairs
    pairs, model = by_answers(asked.answers, sentences)
    content = {"judged": "the bot as it serves", **report(pairs)}
    return content | ({"model": report(model)} if model else {}), pairs


def main() -> int:
    """Judge a model or a bot; return the exit code."""
    asked = arguments()
    try:
        content, pairs = figures_of(asked)
    except (FileNotFoundError, ValueError) as error:
        sys.stderr.write(f"evaluate.py: {error}\n")
        return SET_UP
    if asked.json:
        print(json.dumps(content, ensure_ascii=False))
        return 0
    print(f"{content['judged']}\n")
    print(as_text(content), end="")
    for pair in pairs if asked.errors else ():
        if not pair.right:
            print(f"{pair.intent} → {pair.answer} {pair.confidence:.2f}: {pair.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
