"""The thesaurus' names as vectors in a file, so that a start need not learn them again."""

import json
import logging
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOG = logging.getLogger(__name__)
_ALIKE = 0.001  # the encoder rounds to four decimals
Vector = list[float]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file: a line of JSON with the names, then their numbers, 32 bits each, in that order.

    It is a copy of what the model would answer again; whatever is wrong with it, it is left aside.
    """

    path: Path

    def read(self) -> dict[str, Vector]:
        """Return the vector of each name that is kept."""
        try:
            with self.path.open("rb") as file:
                names = json.loads(file.readline())
                numbers = array("f", file.read())
        except (OSError, ValueError):
            return {}
        if not isinstance(names, list) or not names or len(numbers) % len(names):
            return {}
        width = len(numbers) // len(names)
        return {
            str(name): numbers[at * width : (at + 1) * width].tolist()
            for at, name in enumerate(names)
        }

    def write(self, vectors: Mapping[str, Vector]) -> None:
        """Keep the vectors; where the file cannot be written they are learnt at the next start."""
        numbers = array("f")
        for vector in vectors.values():
            numbers.extend(vector)
        whole = json.dumps(list(vectors)).encode() + b"\n" + numbers.tobytes()
        new = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(whole)
            new.replace(self.path)
        except OSError as error:
            _LOG.info("the thesaurus' vectors are not kept: %s", error.strerror)


def is_same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two vectors are one encoder's answer for one name."""
    return len(one) == len(other) and all(
        abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True)
    )
