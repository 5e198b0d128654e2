"""What the components share: how Rasa makes them and where they keep what they learnt."""

from pathlib import Path
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

TOKENS = "text_tokens"  # where Rasa's tokenizers leave a message's tokens


def places(message: Message) -> list[tuple[int, int]]:
    """Return where the words of a message stand: code points [start, end)."""
    return [(token.start, token.end) for token in message.get(TOKENS) or []]


class Component(GraphComponent):
    """A step that sees every message, in training and in use, and learns nothing."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa hands it to every component
        resource: Resource,  # noqa: ARG003 - likewise
        execution_context: ExecutionContext,  # noqa: ARG003 - likewise
    ) -> Self:
        """Make an untrained component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add this step's findings to the messages."""
        raise NotImplementedError

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add this step's findings to the training messages."""
        self.process(training_data.training_examples)
        return training_data


class LearningComponent(Component):
    """A step that learns from the training messages and keeps what it learnt in files."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config)
        self._storage, self._resource = storage, resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa hands it to every component
    ) -> Self:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ARG003 - Rasa's signature
    ) -> Self:
        """Make a trained component from its files."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as directory:
            component.restore(directory)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training messages and keep what was learnt."""
        self.learn(training_data.training_examples)
        with self._storage.write_to(self._resource) as directory:
            self.keep(directory)
        return self._resource

    def learn(self, messages: list[Message]) -> None:
        """Learn from the training messages."""
        raise NotImplementedError

    def keep(self, directory: Path) -> None:
        """Write what was learnt into a directory."""
        raise NotImplementedError

    def restore(self, directory: Path) -> None:
        """Read what was learnt; nothing of the directory is needed afterwards."""
        raise NotImplementedError


class FindingComponent(LearningComponent):
    """A step whose findings are the answer: in training nothing comes after it."""
