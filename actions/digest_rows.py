"""What stands in the weekly digest: each capability adds its own part from its own file."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from actions.access import Actor, Role, authorize
from actions.reply import Card
from actions.words import Text
from storage import Session


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a digest: its heading, its rows with what can be done, and how many there are.

    total: how many rows there are in all; the digest shows as many as her time allows.
    at_least: whether it was counted no further than total. news: whether it is worth a digest; what
    stands week after week is told beside news and alone makes a quiet week.
    """

    heading: Text
    rows: tuple[Card, ...]
    total: int
    at_least: bool = False
    news: bool = True


# receiver, the business time (aware, UTC); None = nothing to tell, which keeps the digest short.
Contribution = Callable[[Actor, datetime, Session], Awaitable[Part | None]]


@dataclass(frozen=True, slots=True)
class _Contributor:
    order: int
    name: str
    for_: frozenset[Role]
    contribution: Contribution


_CONTRIBUTORS: list[_Contributor] = []


def contribute(order: int, name: str, for_: frozenset[Role], contribution: Contribution) -> None:
    """Add a capability's part; lower orders stand first."""
    _CONTRIBUTORS.append(_Contributor(order, name, for_, contribution))
    _CONTRIBUTORS.sort(key=lambda c: (c.order, c.name))


async def parts_for(receiver: Actor, now: datetime, session: Session) -> list[Part]:
    """Return the parts that have something to tell, of what the receiver may use."""
    found = [
        await c.contribution(receiver, now, session)
        for c in _CONTRIBUTORS
        if authorize(receiver, c.for_)
    ]
    return [part for part in found if part is not None and part.rows]
