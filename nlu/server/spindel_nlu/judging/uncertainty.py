"""How far a figure may be off because other sentences might have been written."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

ROUNDS = 300
SEED = 1
OUTSIDE = 0.025  # on either side of a 95 % interval

Row = TypeVar("Row")


def interval(rows: Sequence[Row], figure: Callable[[Sequence[Row]], float]) -> tuple[float, float]:
    """Return the 95 % interval of a figure over rows, by drawing them anew (bootstrap)."""
    if not rows:
        return 0.0, 1.0
    chance = Random(SEED)  # noqa: S311 - repeatable, not secret
    drawn = sorted(figure(chance.choices(rows, k=len(rows))) for _ in range(ROUNDS))
    last = ROUNDS - 1
    return drawn[round(last * OUTSIDE)], drawn[round(last * (1 - OUTSIDE))]
