"""Says what a model is worth on sentences that it was not trained on.

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

from spindel_nlu.judging.report import as_text, report  # noqa: E402 - the settings come first
from spindel_nlu.judging.sentences import judged, sentences_in  # noqa: E402
from spindel_nlu.serving.files import checked_model  # noqa: E402
from spindel_nlu.serving.model import Model  # noqa: E402
from spindel_nlu.training.fingerprint import SERVER  # noqa: E402

MODELS = SERVER.parent.parent / "build" / "models"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path, nargs="+", help="JSON lines")
    parser.add_argument("--model", type=Path, default=MODELS, help="a file or a folder")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--errors", action="store_true", help="also each wrong sentence")
    return parser.parse_args()


def timing(milliseconds: list[float]) -> dict[str, Any]:
    """Return how long parsing took."""
    ordered = sorted(milliseconds)
    p50, p99 = (round(ordered[int(len(ordered) * p)], 1) for p in (0.5, 0.99))
    return {"p50_ms": p50, "p99_ms": p99, "a_second": round(1000 / (sum(ordered) / len(ordered)))}


def main() -> int:
    """Judge a model; return the exit code."""
    asked = arguments()
    model = Model(checked_model(asked.model))
    pairs, took = [], []
    for sentence in sentences_in(asked.sentences):
        started = time.perf_counter()
        pairs.append(judged(sentence, model.parse(sentence["text"])))
        took.append((time.perf_counter() - started) * 1000)
    which = {"fingerprint": model.fingerprint, "pipeline": model.pipeline}
    content = {"model": which, "timing": timing(took), **report(pairs)}
    if asked.json:
        print(json.dumps(content, ensure_ascii=False))
    else:
        print(f"{which['pipeline']} {which['fingerprint'][:12]}, parse {content['timing']}\n")
        print(as_text(content), end="")
    for pair in pairs if asked.errors else ():
        if not pair.right:
            print(f"{pair.intent} → {pair.answer} {pair.confidence:.2f}: {pair.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
