"""Runs the training graph and packs what it learnt."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from spindel_nlu.training import manifest
from spindel_nlu.training.fingerprint import sentence_files
from spindel_nlu.training.graphs import IMPORTER, graphs_from
from spindel_nlu.training.progress import Progress


def train(config: Path, data: Sequence[Path], model: Path) -> dict[str, Any]:
    """Train a model of the sentences in some folders, write it and its manifest, return that.

    Both appear whole or not at all; the working files stand beside the model meanwhile.
    """
    progress = Progress()
    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".training-", dir=model.parent) as working:
        tempfile.tempdir = working  # Rasa packs in the temporary directory
        sentences = _packed(config, data, Path(working), progress)
        (Path(working) / "model.tar.gz").replace(model)
        tempfile.tempdir = None
    counts = _by_language(data)
    pipeline = graphs_from(config).assistant_id or ""
    made = manifest.manifest(model, pipeline, sentences, counts, progress.seconds)
    manifest.write(model.with_name(f"{made['fingerprint']}.json"), made)
    progress.say(f"done: {model}, {made['bytes'] / 1e6:.0f} MB, {sum(counts.values())} sentences")
    return made


def _packed(config: Path, data: Sequence[Path], working: Path, progress: Progress) -> TrainingData:
    graphs = graphs_from(config)
    (working / "components").mkdir()
    storage = LocalModelStorage(working / "components")
    context = ExecutionContext(graph_schema=graphs.train_schema)
    runner = DaskGraphRunner.create(graphs.train_schema, storage, context, hooks=[progress])
    importer = RasaFileImporter(training_data_paths=[str(folder) for folder in data])
    sentences: TrainingData = runner.run(inputs={IMPORTER: importer})["sentences"]
    progress.say("pack")
    storage.create_model_package(working / "model.tar.gz", graphs, importer.get_domain())
    return sentences


def _by_language(data: Sequence[Path]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for path in (path for folder in data for path in sentence_files(folder)):
        blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        found = sum(_sentences(block["examples"]) for block in blocks)
        counts[path.parent.name] = counts.get(path.parent.name, 0) + found
    return counts


def _sentences(examples: str | list[dict[str, Any]]) -> int:
    """Count them, in either of the forms that Rasa reads."""
    if isinstance(examples, list):
        return len(examples)
    return sum(line.startswith("- ") for line in examples.splitlines())
