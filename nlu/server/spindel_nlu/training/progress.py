"""Says on stderr what is being done and how long it has taken."""

import sys
import time
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNodeHook

DOING = {"provide": "read sentences", "train": "learn", "run": "apply"}


class Progress(GraphNodeHook):
    """Prints a line before each step of a graph: elapsed seconds, what, with which component."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since this was made."""
        return time.monotonic() - self._started

    def say(self, text: str) -> None:
        """Print a line with the seconds so far."""
        sys.stderr.write(f"{self.seconds:6.1f} s  {text}\n")
        sys.stderr.flush()

    def on_before_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,  # noqa: ARG002 - Rasa's signature
        config: dict[str, Any],  # noqa: ARG002 - likewise
        received_inputs: dict[str, Any],  # noqa: ARG002 - likewise
    ) -> dict[str, Any]:
        """Name the step that begins."""
        kind, _, name = node_name.partition("_")
        self.say(f"{DOING.get(kind, 'read')} {name.rstrip('0123456789')}".rstrip())
        return {}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: dict[str, Any],
    ) -> None:
        """Say nothing: the next step's line tells."""
