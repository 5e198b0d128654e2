"""Text into word pieces: the unigram segmentation that multilingual-e5-small was trained on."""

from typing import NamedTuple

from spindel_nlu.encoder.weights import Pieces

PREFIX = "query: "  # what E5 was trained to see before a short text
SPACE = "\u2581"
UNKNOWN_PENALTY = 10.0
NEVER = float("-inf")


class Piece(NamedTuple):
    """A piece's number and its place: code points [start, end); before the text, below 0."""

    id: int
    start: int
    end: int


class WordPieces:
    """Finds the most probable segmentation of a text by dynamic programming."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces.ids))
        self._unknown_score = min(pieces.scores) - UNKNOWN_PENALTY

    def of(self, text: str, limit: int) -> list[Piece]:
        """Return the pieces between the begin and end marks, at most `limit` in all."""
        normalised, places = self._normalised(text)
        found = self._segment(normalised)[: limit - 2]
        pieces = [_placed(piece, normalised[a:b], places[a:b]) for piece, a, b in found]
        begin = Piece(self._pieces.begin, -len(PREFIX), -len(PREFIX))
        return [begin, *pieces, Piece(self._pieces.end, len(text), len(text))]

    def _normalised(self, text: str) -> tuple[str, list[int]]:
        """Return the text as E5 knows it, and where in `text` each of its characters was."""
        characters, places = [SPACE], [-len(PREFIX)]
        after_space = False
        for place, character in enumerate(PREFIX + text, start=-len(PREFIX)):
            for replaced in self._pieces.replacements.get(character, character):
                if replaced != " " or not after_space:
                    characters.append(SPACE if replaced == " " else replaced)
                    places.append(place)
                after_space = replaced == " "
        return "".join(characters), places

    def _segment(self, text: str) -> list[tuple[int, int, int]]:
        """Return (piece, start, end) over the whole text."""
        best = [0.0] + [NEVER] * len(text)
        came: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            self._extend(text, start, best, came)
        found, at = [], len(text)
        while at > 0:
            piece, start = came[at]
            found.append((piece, start, at))
            at = start
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


def _placed(piece: int, letters: str, places: list[int]) -> Piece:
    """Leave the space before a word outside its first piece."""
    inside = [p for letter, p in zip(letters, places, strict=True) if letter != SPACE]
    if not inside:
        return Piece(piece, places[-1], places[-1])
    return Piece(piece, inside[0], inside[-1] + 1)
