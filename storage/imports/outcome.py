"""What became of each row, and the sum that is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

State = Literal["new", "changed", "unchanged"]
_SHOWN = 20


class Outcome(NamedTuple):
    """How an accepted row stands beside the database.

    label: by what it is called in a list, or None for a protected identity, which stands in no
    list. changed: the columns in which it differs.
    """

    state: State
    label: str | None
    changed: tuple[str, ...] = ()

    def told_as(self, columns: Mapping[str, str]) -> "Outcome":
        """Return it with a table's columns called as the file calls them."""
        return self._replace(changed=tuple(columns.get(c, c) for c in self.changed))


@dataclass(slots=True)
class Summary:
    """What an import did, or would do.

    columns: how many rows changed in each column. changed, rejected: the first few, as examples.
    notes: what was left aside without rejecting the row, and how often.
    """

    counts: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    rejected_path: Path | None = None

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.counts.total()

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count rows that were accepted."""
        for outcome, times in Counter(outcomes).items():
            self.counts[outcome.state] += times
            for column in outcome.changed:
                self.columns[column] += times
            if outcome.state == "changed" and outcome.label and len(self.changed) < _SHOWN:
                self.changed.append((outcome.label, outcome.changed))

    def reject(self, number: int, reason: str) -> None:
        """Count a row that was not."""
        self.counts["rejected"] += 1
        if len(self.rejected) < _SHOWN:
            self.rejected.append((number, reason))
