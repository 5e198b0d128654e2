"""Splits a message into words, numbers and signs."""

import re
from typing import Any

from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from spindel_nlu.components.base import TOKENS, Component

# Signs stand alone, so that a comma, a hyphen or a colon never hides inside an entity's edge.
WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")


class WordTokenizer(Component):
    """Leaves the tokens, with their code point offsets, on each message."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Tokenize the messages."""
        for message in messages:
            text = message.get("text") or ""
            tokens = [Token(match.group(), match.start()) for match in WORD.finditer(text)]
            message.set(TOKENS, tokens)
        return messages

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return no settings: there are none."""
        return {}
