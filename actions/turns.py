"""What one follow-up changes of a list, and the list's criteria after it."""

from dataclasses import dataclass, field
from typing import Any

from actions.grounding import Criteria
from actions.leaving_out import (
    LEFT_OUT,
    PEOPLE,
    Leaving,
    choose,
    free,
    include_again,
    leave_out,
    take_back,
)
from actions.words import Text


@dataclass(slots=True)
class Turn:
    """What a follow-up changes: the page (+1, -1, 0 = the same again) or the criteria.

    changes and named: as of `Grounded`; a value of None drops a filter. adds: what is named
    comes on top of what was; back: what is named may have been left out, and shall not be.
    reach: the values of the changes with all that they include, and people who are named.
    freed: kinds of which nothing is left out any longer.
    """

    page: int | None = None
    changes: Criteria = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    adds: bool = False
    back: bool = False
    reach: dict[str, list[Any]] = field(default_factory=dict)
    left_out: list[Leaving] = field(default_factory=list)
    freed: frozenset[str] = frozenset()

    @property
    def asks_more(self) -> bool:
        """Whether it changes what the list holds."""
        return bool(self.changes or self.left_out or self.reach)

    def __bool__(self) -> bool:
        """Whether it asks anything of the list."""
        return self.page is not None or self.asks_more or bool(self.notes)


def applied(criteria: Criteria, turn: Turn) -> Criteria:
    """Return the criteria after a turn, with the names of the filters that hold."""
    after, named = dict(criteria), dict(criteria.get("named", {}))
    free(after, turn.freed)
    for key in turn.changes:
        _change(after, named, key, turn)
    take_back(after, PEOPLE, turn.reach.get(PEOPLE, []), None)
    for leaving in turn.left_out:
        leave_out(after, named, leaving)
    if "unit" in turn.changes or after.get("unit") != criteria.get("unit"):
        after["presumed"] = False
    after["named"] = {key: name for key, name in named.items() if name and after.get(key)}
    return after


def _change(after: Criteria, named: dict[str, Any], key: str, turn: Turn) -> None:
    value, before, name = turn.changes[key], after.get(key), turn.named.get(key)
    reached = turn.reach.get(key, [])
    taken = turn.back and take_back(after, key, reached, name)
    if taken and not isinstance(before, list):
        return  # all the others are shown already
    if turn.adds and isinstance(value, list) and isinstance(before, list):
        after[key] = [*before, *(v for v in value if v not in before)]
        named[key] = _joined(named.get(key), name)
        return
    after[key] = value
    named[key] = name
    if reached:
        choose(after, key, reached)


def narrowed_less(criteria: Criteria, key: str) -> Criteria:
    """Return criteria without one filter, or without what its button of `Told` leaves out."""
    if key.startswith(LEFT_OUT):
        return include_again(criteria, key)
    return applied(criteria, Turn(changes={key: None}))


def _joined(one: Any, other: Any) -> Any:
    if not one or not other:
        return one or other
    first, second = (n if isinstance(n, list) else [n, n] for n in (one, other))
    return [f"{a}, {b}" for a, b in zip(first, second, strict=True)]
