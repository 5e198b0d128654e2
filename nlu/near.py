"""The field of the thesaurus that comes nearest to one it lacks, by the model's frozen encoder."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import sqrt
from operator import mul, sub

from nlu.client import PHRASES, RasaClient, Unavailable

# Chosen on one half of tests/nlu/near_fields.jsonl; docs/decisions/0016 shows both.
LIKE_ENOUGH = 0.46
_OF_THE_WHOLE = 0.5  # how much all names of a field together count beside the best single one
_PATIENCE_S = 8.0
_PAUSE_S = 0.05  # between two requests, so that a parse need not wait long

Vector = list[float]


@dataclass(slots=True)
class NearFields:
    """The thesaurus as vectors.

    names: (field, name) pairs: any name of a field with the one it is looked up by. They are
    learnt once with `learn`, some seconds; until then, and without an encoder, nothing is near.
    """

    rasa: RasaClient
    names: Sequence[tuple[str, str]] = ()
    _learning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _vectors: list[Vector] = field(default_factory=list)
    _mean: Vector = field(default_factory=list)
    _wholes: dict[str, Vector] = field(default_factory=dict)

    async def learn(self, names: Iterable[tuple[str, str]]) -> bool:
        """Learn the thesaurus; False when the model did not answer, and what was learnt stays."""
        async with self._learning:
            return await self._learn(sorted(set(names)))

    async def _learn(self, pairs: list[tuple[str, str]]) -> bool:
        if pairs == list(self.names):
            return True
        raw: list[Vector] = []
        try:
            for at in range(0, len(pairs), PHRASES):
                raw += await self.rasa.vectors([name for _, name in pairs[at : at + PHRASES]])
                await asyncio.sleep(_PAUSE_S)
        except Unavailable:
            return False
        if raw:
            self._take(pairs, raw)
        return True

    async def _learnt(self) -> bool:
        """Wait for what is just being learnt, once after a start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S), self._learning:
                pass
        return bool(self._vectors)

    def _take(self, pairs: list[tuple[str, str]], raw: list[Vector]) -> None:
        mean = _mean_of(raw)
        vectors = [_centred(vector, mean) for vector in raw]
        of_field: dict[str, list[Vector]] = {}
        for (one, _), vector in zip(pairs, vectors, strict=True):
            of_field.setdefault(one, []).append(vector)
        self._wholes = {one: _unit(_mean_of(rows)) for one, rows in of_field.items()}
        self.names, self._vectors, self._mean = pairs, vectors, mean

    async def nearest(self, phrase: str) -> tuple[str, float] | None:
        """Return the nearest field with its likeness (1 at most), None below LIKE_ENOUGH."""
        found = await self.likeness(phrase)
        return found if found is not None and found[1] >= LIKE_ENOUGH else None

    async def likeness(self, phrase: str) -> tuple[str, float] | None:
        """Return the nearest field with its likeness, however far; None: not learnt, or away."""
        if not self._vectors and not await self._learnt():
            return None
        try:
            (raw,) = await self.rasa.vectors([phrase])
        except Unavailable:
            return None
        vector = _centred(raw, self._mean)
        wholes = {one: _dot(vector, whole) for one, whole in self._wholes.items()}
        best: dict[str, float] = {}
        for (one, _), known in zip(self.names, self._vectors, strict=True):
            single = (1 - _OF_THE_WHOLE) * _dot(vector, known)
            alike = single + _OF_THE_WHOLE * wholes[one]
            best[one] = max(alike, best.get(one, alike))
        return max(best.items(), key=lambda pair: pair[1])


def _dot(one: Vector, other: Vector) -> float:
    return float(sum(map(mul, one, other)))


def _unit(vector: Vector) -> Vector:
    length = sqrt(_dot(vector, vector)) or 1.0
    return [number / length for number in vector]


def _centred(vector: Vector, mean: Vector) -> Vector:
    return _unit(list(map(sub, vector, mean)))


def _mean_of(rows: list[Vector]) -> Vector:
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]
