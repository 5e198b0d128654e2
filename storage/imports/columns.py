"""Tie the header of a file to the columns that are known, in Swedish or English."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from storage.folding import fold
from storage.imports.faults import BadFile, quoted

# The two columns that a file of rejected rows has before the others.
ROW, REASON = "row", "reason"
_NEAR = 60
_SECRET = ("personnummer", "pnr", "personal identity number", "social security number", "ssn")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind of file may have.

    aliases: other headings for it, however they are capitalised and hyphenated. needs: another
    column without which this one means nothing. repeats: whether many rows have the same texts
    in it, so that each is read once and remembered.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    needs: str | None = None
    repeats: bool = True


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a file are.

    headings: as they stand in the file. names: the known column of each, None where it is left
    out on purpose. returned: whether this is a file of rejected rows, come back corrected.
    """

    headings: tuple[str, ...]
    names: tuple[str | None, ...]
    returned: bool

    def heading(self, name: str) -> str:
        """Return what the file calls a column."""
        return self.headings[self.names.index(name)]

    @property
    def given(self) -> frozenset[str]:
        """The known columns that the file has."""
        return frozenset(name for name in self.names if name is not None)


def header_of(
    cells: Sequence[str],
    columns: Sequence[Column],
    ignored: Iterable[str],
    refuses: Callable[[str], bool],
) -> Header:
    """Return the header that a file's first row is.

    refuses: whether a text holds a personal identity number, which is never repeated.

    Raises:
        BadFile: a column is unknown, missing, double or lacks one that it needs; all are named.
    """
    headings = tuple(cell.strip() for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    known = _by_heading(columns)
    left_out = {fold(heading) for heading in ignored} | {ROW, REASON}
    names = tuple(
        None if fold(heading) in left_out else known.get(fold(heading)) for heading in headings
    )
    unknown = [
        heading
        for heading, name in zip(headings, names, strict=True)
        if name is None and fold(heading) not in left_out
    ]
    faults = [
        *(_unknown(heading, known, refuses) for heading in unknown),
        *_double(headings, names),
        *_missing(columns, names),
    ]
    if faults:
        raise BadFile("\n".join([*faults, *_both(headings, columns, refuses)]))
    return Header(headings, names, headings[:2] == (ROW, REASON))


def known_headings(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """Return how many cells are headings of known columns."""
    known = _by_heading(columns)
    return sum(fold(cell) in known for cell in cells)


def _by_heading(columns: Sequence[Column]) -> dict[str, str]:
    return {
        fold(heading): column.name
        for column in columns
        for heading in (column.name, *column.aliases)
    }


def _unknown(heading: str, known: dict[str, str], refuses: Callable[[str], bool]) -> str:
    if fold(heading) in _SECRET:
        return (
            f"The column {quoted(heading)} is refused: personal identity numbers are not kept "
            "here. Take it out of the file."
        )
    if not heading:
        return "A column has no heading."
    if refuses(heading):
        return "The first row holds a personal identity number. It must be the column headings."
    near = process.extractOne(fold(heading), list(known), scorer=fuzz.ratio, score_cutoff=_NEAR)
    hint = f" Did you mean {known[near[0]]}?" if near else ""
    return (
        f"The column {quoted(heading)} is not known.{hint} "
        f'To leave it out: --ignore "{heading[:40]}"'
    )


def _double(headings: Sequence[str], names: Sequence[str | None]) -> Iterable[str]:
    for name in dict.fromkeys(name for name in names if name is not None):
        same = [heading for heading, other in zip(headings, names, strict=True) if other == name]
        if len(same) > 1:
            listed = " and ".join(quoted(heading) for heading in same)
            yield f"{listed} are all the column {name}. Leave one out with --ignore."


def _missing(columns: Sequence[Column], names: Sequence[str | None]) -> Iterable[str]:
    for column in columns:
        if column.required and column.name not in names:
            also = ", ".join(column.aliases)
            yield f"The column {column.name} is missing (it may also be called: {also})."
        if column.needs and column.name in names and column.needs not in names:
            yield f"The column {column.name} says nothing without the column {column.needs}."


def _both(
    headings: Sequence[str], columns: Sequence[Column], refuses: Callable[[str], bool]
) -> Iterable[str]:
    found = ["(removed)" if refuses(heading) else heading for heading in headings]
    yield f"Found: {', '.join(found) or 'nothing'}"
    named = (f"{column.name}*" if column.required else column.name for column in columns)
    yield f"Expected (* is required): {', '.join(named)}"
