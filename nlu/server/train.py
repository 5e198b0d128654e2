"""Trains the model, unless the same sentences, settings, code and versions trained one before.

The last line on stdout is JSON: fingerprint, model, manifest, trained. Progress is on stderr.
"""

import argparse
import json
import os
import sys
import warnings
from pathlib import Path

from spindel_nlu.training.fingerprint import DATA, SERVER, TAUGHT, fingerprint

SET_UP = 3  # exit code
MODELS = SERVER.parent.parent / "build" / "models"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS, help="the folder of models")
    parser.add_argument("--config", type=Path, default=SERVER / "config.yml")
    parser.add_argument("--data", type=Path, default=DATA, help="<language>/<intent>.yml")
    parser.add_argument(
        "--taught", type=Path, default=TAUGHT, help="the university's own sentences, likewise"
    )
    parser.add_argument("--fingerprint", action="store_true", help="print it and do nothing")
    return parser.parse_args()


def trained(config: Path, data: list[Path], model: Path) -> None:
    """Train a model file."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    # Slow to import: when nothing has changed it is not needed.
    from spindel_nlu.training.train import train

    train(config, data, model)


def main() -> int:
    """Train if need be; return the exit code."""
    asked = arguments()
    try:
        number = fingerprint(asked.config, asked.data, asked.taught)
        if asked.fingerprint:
            print(number)
            return 0
        model = asked.out.resolve() / f"{number}.tar.gz"
        manifest = model.with_name(f"{number}.json")
        fresh = not (model.is_file() and manifest.is_file())
        if fresh:
            folders = [asked.data, *([asked.taught] if asked.taught.is_dir() else [])]
            trained(asked.config, folders, model)
        else:
            sys.stderr.write(f"nothing has changed: {model} serves\n")
        mark_current(model, manifest)
    except (FileNotFoundError, ModuleNotFoundError, ValueError) as error:
        sys.stderr.write(f"train.py: {error}\n")
        return SET_UP
    told = {"fingerprint": number, "model": str(model), "manifest": str(manifest)}
    print(json.dumps({**told, "trained": fresh}))
    return 0


def mark_current(model: Path, manifest: Path) -> None:
    """Make current.json a copy of this model's manifest, at once."""
    partial = model.with_name(f".current.{os.getpid()}")
    partial.write_bytes(manifest.read_bytes())
    partial.replace(model.with_name("current.json"))


if __name__ == "__main__":
    sys.exit(main())
