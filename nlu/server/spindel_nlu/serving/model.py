"""A packed model, ready to answer."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from spindel_nlu.components.meaning import E5Featurizer
from spindel_nlu.encoder.encoder import Encoder

MESSAGES = "__message__"  # Rasa's name for what a serving graph is given
WARMING = ("Vilka alumner kan vara mentorer?", "Remind me on Friday at 9")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text as it came, in the form that Rasa's graphs take."""

    text: str


class Model:
    """A model file, wholly in memory; its unpacked files are gone before the first answer.

    Args:
        path: <fingerprint>.tar.gz.
    """

    def __init__(self, path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="spindel-rasa-") as directory:
            metadata, self._runner = load_predict_graph_runner(
                Path(directory), path, LocalModelStorage, DaskGraphRunner
            )
        self.encoder = _encoder_of(self._runner)
        self._target = metadata.nlu_target
        self.file = path.name
        self.fingerprint = path.name.removesuffix(".tar.gz")
        self.pipeline = metadata.assistant_id or ""
        self.id = metadata.model_id
        for text in WARMING:
            self.parse(text)

    def parse(self, text: str) -> dict[str, Any]:
        """Return intent, intent_ranking (all of them) and entities, in the form Rasa answers.

        An empty or blank text has no intent.
        """
        if not text.strip():
            nothing = {"name": None, "confidence": 0.0}
            return {"text": text, "intent": nothing, "intent_ranking": [], "entities": []}
        found = self._runner.run({MESSAGES: [Incoming(text)]}, targets=[self._target])
        message = found[self._target][0]
        return dict(message.as_dict(only_output_properties=True))


def _encoder_of(runner: DaskGraphRunner) -> Encoder | None:
    """Return the encoder that the graph has loaded, so that it is in memory once; None without."""
    for node in runner._instantiated_nodes.values():  # noqa: SLF001 - Rasa shows it nowhere else
        step = node._component  # noqa: SLF001 - likewise
        if isinstance(step, E5Featurizer):
            return step._encoder  # noqa: SLF001 - a public name would make every model be trained anew
    return None
