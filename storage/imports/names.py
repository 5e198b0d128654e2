"""The names that cells refer to: units, programmes, fields, cities, people."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from storage.folding import fold
from storage.imports.faults import BadRow, quoted

_NEAR = 55


class Names:
    """Everything of one kind, by every name it has.

    what: the kind, in words, such as "unit".
    """

    def __init__(self, what: str, named: Iterable[tuple[int, str]]) -> None:
        self._what = what
        self._ids: dict[str, dict[int, str]] = {}
        for key, name in named:
            self._ids.setdefault(fold(name), {}).setdefault(key, name)

    def find(self, cell: str) -> int:
        """Return the key of the one thing that a cell names.

        Raises:
            BadRow: there is none, and which name is the nearest; or there are several.
        """
        found = self._ids.get(fold(cell))
        if found is None:
            raise BadRow(f"there is no {self._what} called {quoted(cell)}{self._nearest(cell)}")
        if len(found) > 1:
            raise BadRow(
                f"{quoted(cell)} is what {len(found)} {self._what}s are called; "
                "write the key or the code"
            )
        (key,) = found
        return key

    def find_all(self, parts: Iterable[str]) -> tuple[int, ...]:
        """Return the keys of the things that a list names, in order, each once.

        A part that is no name itself may be names with commas between.
        """
        keys: list[int] = []
        for part in parts:
            if fold(part) in self._ids or "," not in part:
                keys.append(self.find(part))
            else:
                keys.extend(self.find(piece) for piece in part.split(",") if piece.strip())
        return tuple(dict.fromkeys(keys))

    def _nearest(self, cell: str) -> str:
        found = process.extractOne(fold(cell), list(self._ids), scorer=fuzz.ratio)
        if found is None:
            return "; none has been imported"
        (name,) = list(self._ids[found[0]].values())[:1]
        return f"; the nearest is {quoted(name)}" if found[1] >= _NEAR else ""
