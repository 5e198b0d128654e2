"""The pipeline of a configuration file as Rasa's two graphs: one trains, one is used."""

from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import GraphModelConfiguration, GraphSchema, SchemaNode
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.nlu_training_data_provider import NLUTrainingDataProvider
from rasa.shared.data import TrainingType
from rasa.shared.utils.common import class_from_module_path

from spindel_nlu.components.base import Component, FindingComponent, LearningComponent
from spindel_nlu.components.message_reader import MessageReader

IMPORTER, MESSAGES = "__importer__", "__message__"  # Rasa's names for what a graph is given
Steps = list[tuple[str, type[Component], dict[str, Any]]]


def graphs_from(config: Path) -> GraphModelConfiguration:
    """Read a configuration file.

    Raises:
        TypeError: when it names a step that is none of this project's components.
    """
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    steps = [_step(number, dict(step)) for number, step in enumerate(settings["pipeline"])]
    return GraphModelConfiguration(
        train_schema=GraphSchema(_training_nodes(steps)),
        predict_schema=GraphSchema(_serving_nodes(steps)),
        training_type=TrainingType.NLU,
        assistant_id=settings["assistant_id"],
        language=settings["language"],
        core_target=None,
        nlu_target=f"run_{steps[-1][0]}",
    )


def _step(number: int, settings: dict[str, Any]) -> tuple[str, type[Component], dict[str, Any]]:
    path = settings.pop("name")
    kind = class_from_module_path(path)
    if not (isinstance(kind, type) and issubclass(kind, Component)):
        raise TypeError(f"{path} in the pipeline is no component of this project")
    return f"{kind.__name__}{number}", kind, settings


def _training_nodes(steps: Steps) -> dict[str, SchemaNode]:
    """Each step learns from the messages as the featurizers before it left them."""
    source = NLUTrainingDataProvider
    given = {"importer": IMPORTER}
    nodes = {"sentences": SchemaNode(given, source, "create", "provide", {}, is_target=True)}
    last = "sentences"
    for name, kind, settings in steps:
        needs, maker = {"training_data": last}, "create"
        if issubclass(kind, LearningComponent):
            nodes[f"train_{name}"] = SchemaNode(
                needs, kind, "create", "train", settings, is_target=True
            )
            needs, maker = {**needs, "resource": f"train_{name}"}, "load"
        if issubclass(kind, FindingComponent):
            continue
        nodes[f"run_{name}"] = SchemaNode(needs, kind, maker, "process_training_data", settings)
        last = f"run_{name}"
    return nodes


def _serving_nodes(steps: Steps) -> dict[str, SchemaNode]:
    """All steps in a row, made when the graph is loaded, not at the first message."""
    nodes = {
        "read": SchemaNode({"messages": MESSAGES}, MessageReader, "load", "read", {}, eager=True)
    }
    last = "read"
    for name, kind, settings in steps:
        resource = Resource(f"train_{name}") if issubclass(kind, LearningComponent) else None
        nodes[f"run_{name}"] = SchemaNode(
            {"messages": last}, kind, "load", "process", settings, eager=True, resource=resource
        )
        last = f"run_{name}"
    return nodes
