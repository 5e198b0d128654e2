"""The first step in use: the texts that came over HTTP, as messages.

Rasa's own graphs end in a step that takes "/intent{...}" for an order with confidence 1. Graphs
of this project end in the entity extractor, so such a text is a text like any other.
"""

import re
from typing import Any, Protocol

from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import Component

CHARACTERS = 1000
SURROGATES = re.compile("[\ud800-\udfff]")  # half characters: legal in JSON, not in UTF-8


class Incoming(Protocol):
    """What came in: at least a text."""

    text: str | None


class MessageReader(Component):
    """Turns texts into messages, one code point for one, at most 1,000 of them."""

    def read(self, messages: list[Incoming]) -> list[Message]:
        """Return one message for each text."""
        return [Message(data={"text": readable(m.text or "")}) for m in messages]

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave training messages as they are."""
        return messages

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return no settings: there are none."""
        return {}


def readable(text: str) -> str:
    """Return the first 1,000 code points, half characters replaced; offsets stay true."""
    return SURROGATES.sub("\ufffd", text[:CHARACTERS])
