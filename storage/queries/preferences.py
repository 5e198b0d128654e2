"""What people have chosen for their digest, and the choices of those who chose nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storage.database import Session
from storage.insertion import insert_new
from storage.recurrence import place
from storage.tables import Preference


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's choices; digest_weekday 0 is Monday; paused_until: the first day it comes again.

    Quiet hours are wall time in the person's zone. chat: the channel that messages shall come
    through; None: where she was last.
    """

    digest_weekday: int = 0
    digest_time: time = time(8)
    paused_until: date | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    chat: str | None = None

    def quiet_until(self, now: datetime, zone: str) -> datetime | None:
        """Return when the quiet hours that hold at a moment end (UTC); None outside them."""
        if self.quiet_from is None or self.quiet_to is None:
            return None
        here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        overnight = self.quiet_from > self.quiet_to
        after, before = here.time() >= self.quiet_from, here.time() < self.quiet_to
        if not (after or before if overnight else after and before):
            return None
        day = here.date() + timedelta(days=overnight and after)
        return place(datetime.combine(day, self.quiet_to), zone)


async def choices_of(session: Session, person_id: int) -> Choices:
    """Return what a person has chosen, or what holds for everybody."""
    row = await session.scalar(select(Preference).where(Preference.person_id == person_id))
    return Choices() if row is None else _choices(row)


async def every_choice(session: Session) -> dict[int, Choices]:
    """Return the choices of all who have chosen something, by person."""
    rows = await session.scalars(select(Preference))
    return {row.person_id: _choices(row) for row in rows}


async def choose(session: Session, person_id: int, **chosen: Any) -> Choices:
    """Keep choices of a person, beside those that are not named; return all of them."""
    everybody = Choices()
    await insert_new(
        session,
        Preference,
        person_id=person_id,
        digest_weekday=everybody.digest_weekday,
        digest_time=everybody.digest_time,
    )
    query = select(Preference).where(Preference.person_id == person_id).with_for_update()
    row = (await session.scalars(query)).one()
    for name, value in chosen.items():
        setattr(row, name, value)
    await session.flush()
    return _choices(row)


def _choices(row: Preference) -> Choices:
    return Choices(
        row.digest_weekday,
        row.digest_time,
        row.paused_until,
        row.quiet_from,
        row.quiet_to,
        row.chat,
    )
