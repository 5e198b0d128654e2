"""What stands in the weekly digest: each capability adds its own part from its own file."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from actions.access import Actor, Role, authorize
from actions.reply import Card
from actions.words import Text
from storage import Session

# Under this name a session carries the parts of the capabilities that the house has.
PARTS = "digest_parts"


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
class Contributor:
    """A part as its capability adds it: where it stands, lower first, and for whom it is."""

    order: int
    name: str
    for_: frozenset[Role]
    contribution: Contribution


async def parts_for(receiver: Actor, now: datetime, session: Session) -> list[Part]:
    """Return the parts that have something to tell, of what the receiver may use."""
    every: list[Contributor] = sorted(
        session.info.get(PARTS, ()), key=lambda part: (part.order, part.name)
    )
    found = [
        await part.contribution(receiver, now, session)
        for part in every
        if authorize(receiver, part.for_)
    ]
    return [part for part in found if part is not None and part.rows]
