"""Whether the confidence is honest: of what is 80 % sure, 80 % should be right."""

from collections.abc import Sequence
from typing import NamedTuple

from spindel_nlu.judging.sentences import Judged

BINS = 10


class Bin(NamedTuple):
    """The sentences between two confidences: how many, their mean confidence, how many right."""

    least: float
    sentences: int
    confidence: float
    right: int


def bins(sentences: Sequence[Judged]) -> list[Bin]:
    """Return ten bins of equal width, without the empty ones."""
    filled: list[list[Judged]] = [[] for _ in range(BINS)]
    for sentence in sentences:
        filled[min(int(sentence.confidence * BINS), BINS - 1)].append(sentence)
    return [
        Bin(number / BINS, len(f), sum(s.confidence for s in f) / len(f), sum(s.right for s in f))
        for number, f in enumerate(filled)
        if f
    ]


def calibration_error(sentences: Sequence[Judged]) -> float:
    """Return the mean distance between confidence and accuracy, over ten bins of confidence."""
    total = sum(abs(b.right - b.confidence * b.sentences) for b in bins(sentences))
    return total / len(sentences) if sentences else 0.0
