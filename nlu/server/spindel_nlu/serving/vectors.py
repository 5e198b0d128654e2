"""What short phrases mean as numbers, from the frozen encoder of the model that serves."""

from collections.abc import Sequence

import numpy as np

from spindel_nlu.encoder.encoder import CHARACTERS, Encoder

# A phrase is read inside a sentence: alone, its spelling would count more than its meaning.
CARRIER = "en mentor inom "
LONGEST = 80  # code points of a phrase
MOST = 32  # phrases of one request; more would keep parses waiting
DECIMALS = 4


def vectors_of(encoder: Encoder, phrases: Sequence[str]) -> list[list[float]]:
    """Return the last layer's mean over each phrase's pieces, of length 1 (zeros: nothing to read).

    Phrases are cut to 80 code points.
    """
    return [_vector(encoder, phrase[:LONGEST]) for phrase in phrases]


def _vector(encoder: Encoder, phrase: str) -> list[float]:
    encoded = encoder.encode((CARRIER + phrase)[:CHARACTERS])
    at = [
        number
        for number, piece in enumerate(encoded.pieces)
        if piece.start >= len(CARRIER) and piece.end > piece.start
    ]
    if not at:
        return [0.0] * encoded.states.shape[-1]
    mean = encoded.states[at, -1, :].mean(axis=0)
    return [round(float(n), DECIMALS) for n in mean / np.linalg.norm(mean)]
