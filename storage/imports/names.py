"""The names that cells refer to: of units, programmes, fields and cities."""

from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from storage.folding import fold
from storage.imports.faults import BadRow, quoted

Key = TypeVar("Key", bound=Hashable)
_NEAR = 55


class Names(Generic[Key]):
    """Everything of one kind, by every name it has.

    what: the kind, in words, such as "unit". codes: what each is called in a register. A cell is
    taken for a code first, then for a name as it is written, then however it is written.
    """

    def __init__(
        self, what: str, codes: Iterable[tuple[Key, str]], named: Iterable[tuple[Key, str]]
    ) -> None:
        self._what = what
        self._codes = {code: key for key, code in codes}
        self._named = list(named)
        self._written: dict[str, set[Key]] = {}
        for key, name in self._named:
            self._written.setdefault(name, set()).add(key)

    @cached_property
    def _folded(self) -> dict[str, dict[Key, str]]:
        """Every name folded, with the keys and names behind it; few files ever need it."""
        folded: dict[str, dict[Key, str]] = {}
        for key, name in (*((key, code) for code, key in self._codes.items()), *self._named):
            folded.setdefault(fold(name), {}).setdefault(key, name)
        return folded

    def find(self, cell: str) -> Key:
        """Return the key of the one thing that a cell names.

        Raises:
            BadRow: there is none, and which name is the nearest; or there are several.
        """
        if cell in self._codes:
            return self._codes[cell]
        found = self._written.get(cell) or set(self._folded.get(fold(cell), ()))
        if not found:
            raise BadRow(f"there is no {self._what} called {quoted(cell)}{self._nearest(cell)}")
        if len(found) > 1:
            raise BadRow(
                f"more than one {self._what} is called {quoted(cell)}; write its key or code"
            )
        return next(iter(found))

    def find_all(self, parts: Iterable[str]) -> tuple[Key, ...]:
        """Return the keys of the things that a list names, in order, each once.

        A part that is no name itself may be names with commas between.
        """
        keys: list[Key] = []
        for part in parts:
            if "," not in part or fold(part) in self._folded:
                keys.append(self.find(part))
            else:
                keys.extend(self.find(piece.strip()) for piece in part.split(",") if piece.strip())
        return tuple(dict.fromkeys(keys))

    def _nearest(self, cell: str) -> str:
        found = process.extractOne(fold(cell), list(self._folded), scorer=fuzz.ratio)
        if found is None:
            return "; none has been imported yet"
        name = next(iter(self._folded[found[0]].values()))
        return f"; the nearest is {quoted(name)}" if found[1] >= _NEAR else ""
