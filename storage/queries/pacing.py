"""A platform's limits, kept by all processes together: the database hands out the turns."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from storage.database import Session
from storage.insertion import insert_new
from storage.tables import Pace

# Nobody is told to wait longer at once; a later moment comes from a clock that was set back.
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any `window`, under a name; `burst` of them may come at once.

    The burst makes up for moments in which nobody was ready to send; it is part of the limit.
    """

    key: str
    most: float
    burst: int = 3
    window: timedelta = timedelta(minutes=1)

    @property
    def interval(self) -> timedelta:
        """How far apart they come while the limit is used up."""
        # The burst, the turn it begins with, and one for what is late on its way, leave so many.
        return self.window / max(self.most - self.burst - 2, self.most / 2)


async def take_turn(
    session: Session, limit: Limit, clock: datetime, patience: timedelta
) -> tuple[bool, datetime]:
    """Take the next turn; return (True, when it is), or (False, when to ask again).

    clock: the database's. patience: a turn that comes later than this is not taken.
    """
    row = await _locked(session, limit.key, clock)
    if row.free_at > clock + LONGEST_WAIT:
        row.free_at = clock  # the clock was set back since
    turn = max(row.free_at, clock - limit.burst * limit.interval)
    if turn > clock + patience:
        return False, turn
    row.free_at = turn + limit.interval
    return True, max(turn, clock)


async def close_until(session: Session, key: str, moment: datetime, clock: datetime) -> None:
    """Hand out no turns before a moment: the platform said so, for everybody."""
    row = await _locked(session, key, clock)
    row.free_at = max(row.free_at, min(moment, clock + LONGEST_WAIT))


async def _locked(session: Session, key: str, clock: datetime) -> Pace:
    wanted = select(Pace).where(Pace.key == key).with_for_update()
    row = await session.scalar(wanted)
    if row is None:
        await insert_new(session, Pace, key=key, free_at=clock - timedelta(minutes=1))
        row = (await session.scalars(wanted)).one()
    return row
