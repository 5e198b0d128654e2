"""The field of the thesaurus that comes nearest to one it lacks, by the model's frozen encoder."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import sqrt
from operator import mul, sub

from nlu.client import PHRASES, RasaClient, Unavailable
from nlu.near_kept import Kept, Vector, is_same

# Chosen on one half of tests/nlu/near_fields.jsonl; docs/decisions/0016 shows both.
LIKE_ENOUGH = 0.46
_OF_THE_WHOLE = 0.5  # how much all names of a field together count beside the best single one
# Longer than a busy machine of two cores takes for 1,479 names; with what is kept nobody waits.
_PATIENCE_S = 20.0
_PROBES = 4  # names that are asked again to see whether what is kept still holds
_PAUSE_S = 0.05  # between two requests, so that a parse need not wait long


@dataclass(slots=True)
class NearFields:
    """The thesaurus as vectors.

    names: (field, name) pairs: any name of a field with the one it is looked up by. They are
    learnt once with `learn`, some seconds; until then, and without an encoder, nothing is near.
    kept: where the vectors survive a stop. learning: held while names are read and learnt, so
    that who asks meanwhile can wait.
    """

    rasa: RasaClient
    names: Sequence[tuple[str, str]] = ()
    kept: Kept | None = None
    learning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _vectors: list[Vector] = field(default_factory=list)
    _mean: Vector = field(default_factory=list)
    _wholes: dict[str, Vector] = field(default_factory=dict)

    async def learn(self, names: Iterable[tuple[str, str]]) -> bool:
        """Learn the thesaurus; False when the model did not answer, and what was learnt stays."""
        pairs = sorted(set(names))
        if not pairs or pairs == list(self.names):
            return True
        try:
            vectors = await self._known([name for _, name in pairs])
        except Unavailable:
            return False
        raw = [vectors[name] for _, name in pairs]
        # Half a second of arithmetic; nobody is kept waiting for it.
        learnt = await asyncio.to_thread(_compared, pairs, raw)
        self.names, (self._vectors, self._mean, self._wholes) = pairs, learnt
        return True

    async def _known(self, names: list[str]) -> dict[str, Vector]:
        """Return the vector of each name: kept from before, or the model's answer.

        Raises:
            Unavailable: the model did not answer.
        """
        kept = await self._still_true()
        lacking = [name for name in dict.fromkeys(names) if name not in kept]
        try:
            for at in range(0, len(lacking), PHRASES):
                portion = lacking[at : at + PHRASES]
                kept.update(zip(portion, await self.rasa.vectors(portion), strict=True))
                await asyncio.sleep(_PAUSE_S)
        finally:  # cut short, it goes on from here at the next start
            if lacking and self.kept is not None:
                self.kept.write({name: kept[name] for name in names if name in kept})
        return kept

    async def _still_true(self) -> dict[str, Vector]:
        """Return what is kept, if the encoder that serves still answers so."""
        vectors = await asyncio.to_thread(self.kept.read) if self.kept is not None else {}
        some = list(vectors)[:: max(1, len(vectors) // _PROBES)][:_PROBES]
        answers = await self.rasa.vectors(some) if some else []
        same = all(is_same(vectors[name], now) for name, now in zip(some, answers, strict=True))
        return vectors if same else {}

    async def _learnt(self) -> bool:
        """Wait for what is just being learnt, once after a start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S), self.learning:
                pass
        return bool(self._vectors)

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


def _compared(
    pairs: list[tuple[str, str]], raw: list[Vector]
) -> tuple[list[Vector], Vector, dict[str, Vector]]:
    """Return the names' vectors with their mean taken away, that mean, and each field's whole."""
    mean = _mean_of(raw)
    vectors = [_centred(vector, mean) for vector in raw]
    of_field: dict[str, list[Vector]] = {}
    for (one, _), vector in zip(pairs, vectors, strict=True):
        of_field.setdefault(one, []).append(vector)
    return vectors, mean, {one: _unit(_mean_of(rows)) for one, rows in of_field.items()}


def _dot(one: Vector, other: Vector) -> float:
    return float(sum(map(mul, one, other)))


def _unit(vector: Vector) -> Vector:
    length = sqrt(_dot(vector, vector)) or 1.0
    return [number / length for number in vector]


def _centred(vector: Vector, mean: Vector) -> Vector:
    return _unit(list(map(sub, vector, mean)))


def _mean_of(rows: list[Vector]) -> Vector:
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]
