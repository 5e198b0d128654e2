"""What a kind of file must know: its columns, how a row is read, how it is settled."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from storage.database import Session
from storage.imports.cells import Read
from storage.imports.columns import Column
from storage.imports.outcome import Outcome

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Errand:
    """One import: when it is, whether it writes, and what it has to tell besides.

    now: aware; today: the university's day. given: the columns that the file has.
    """

    now: datetime
    today: date
    write: bool
    given: frozenset[str] = frozenset()
    notes: Counter[str] = field(default_factory=Counter)


class Kind(ABC, Generic[Row]):
    """One kind of file; an instance serves one import.

    told: what its rows are, in the plural. at_once: whether all rows are settled in one
    transaction, because they refer to each other.
    """

    columns: ClassVar[tuple[Column, ...]]
    told: ClassVar[str]
    at_once: ClassVar[bool] = False

    def __init__(self, errand: Errand) -> None:
        self.errand = errand

    async def prepare(self, session: Session) -> None:
        """Load the names that rows refer to."""

    @abstractmethod
    def readers(self) -> Mapping[str, Read]:
        """Return how each column's cells are read."""

    @abstractmethod
    def row(self, values: Sequence[Any]) -> Row:
        """Return a row made of its cells, in the order of the columns, None where there is none.

        Raises:
            BadRow: they do not go together; the message says why.
        """

    def named(self, values: Sequence[Any]) -> dict[str, Any]:
        """Return the values of the columns that the file has, by column."""
        names = (column.name for column in self.columns)
        return {
            name: value
            for name, value in zip(names, values, strict=True)
            if name in self.errand.given
        }

    @abstractmethod
    def key(self, row: Row) -> str:
        """Return what must not stand twice in a file."""

    @abstractmethod
    async def settle(self, session: Session, rows: Sequence[Row]) -> list[Outcome | str]:
        """Compare rows with the database, write what differs, return what became of each.

        A text in the place of an outcome is the reason why a row is rejected after all.
        """
