"""Which model file to serve, and that it is the one that was trained."""

import hashlib
import json
from pathlib import Path

CURRENT = "current.json"


def checked_model(path: Path) -> Path:
    """Return the model file meant by a file, or by a folder with a current.json.

    Raises:
        FileNotFoundError: when there is none.
        ValueError: when it is not what its manifest says.
    """
    described = path / CURRENT if path.is_dir() else manifest_of(path)
    if not described.is_file():
        raise FileNotFoundError(f"there is no manifest {described}: run train.py")
    told = json.loads(described.read_text(encoding="utf-8"))
    model = described.with_name(told["model"])
    if not model.is_file():
        raise FileNotFoundError(f"there is no model {model}: run train.py")
    if hashlib.sha256(model.read_bytes()).hexdigest() != told["sha256"]:
        raise ValueError(f"{model} is not what was trained: delete it and run train.py")
    return model


def manifest_of(model: Path) -> Path:
    """Return the manifest beside a model file named <fingerprint>.tar.gz."""
    return model.with_name(f"{model.name.removesuffix('.tar.gz')}.json")
