"""Text into word pieces: the unigram segmentation that multilingual-e5-small was trained on."""

import re

from spindel_nlu.encoder.weights import Pieces

PREFIX = "query: "  # what E5 was trained to see before a short text
SPACE = "\u2581"
UNKNOWN_PENALTY = 10.0
NEVER = float("-inf")


class WordPieces:
    """Finds the most probable segmentation of a text by dynamic programming."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces.ids))
        self._unknown_score = min(pieces.scores) - UNKNOWN_PENALTY

    def ids(self, text: str, limit: int) -> list[int]:
        """Return piece ids between the begin and end marks, at most `limit` in all."""
        found = self._segment(self._normalised(text))
        return [self._pieces.begin, *found[: limit - 2], self._pieces.end]

    def _normalised(self, text: str) -> str:
        replaced = "".join(self._pieces.replacements.get(c, c) for c in PREFIX + text)
        return SPACE + re.sub(" +", SPACE, replaced)

    def _segment(self, text: str) -> list[int]:
        best = [0.0] + [NEVER] * len(text)
        came: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            self._extend(text, start, best, came)
        found, at = [], len(text)
        while at > 0:
            piece, at = came[at]
            found.append(piece)
        return found[::-1]

    def _extend(
        self, text: str, start: int, best: list[float], came: list[tuple[int, int]]
    ) -> None:
        ids, scores, unknown = self._pieces.ids, self._pieces.scores, self._pieces.unknown
        for end in range(start + 1, min(len(text), start + self._longest) + 1):
            piece = ids.get(text[start:end])
            if piece is None or piece == unknown:
                continue
            score = best[start] + scores[piece]
            if score > best[end]:
                best[end], came[end] = score, (piece, start)
        score = best[start] + self._unknown_score
        if score > best[start + 1]:
            best[start + 1], came[start + 1] = score, (unknown, start)
