"""One person in several chats: codes that tie her accounts, and two records that become one."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Table, UniqueConstraint, delete, exists, select, update

from storage.database import Session
from storage.tables import Account, Appointment, Base, LinkCode, Person

CODE_HOLDS = timedelta(minutes=10)
DIGITS = 8
_PERSONS = Base.metadata.tables[Person.__tablename__]


async def new_code(session: Session, person_id: int, now: datetime) -> str:
    """Return a fresh code of eight digits for a person; any earlier one of hers is void."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    await session.execute(delete(LinkCode).where(LinkCode.person_id == person_id))
    session.add(LinkCode(person_id=person_id, code_hash=_hash(code), expires_at=now + CODE_HOLDS))
    await session.flush()
    return code


async def used_code(session: Session, code: str, now: datetime) -> Person | None:
    """Return whose code this is and void it; None for one that is wrong, used or too old."""
    row = await session.scalar(
        delete(LinkCode)
        .where(LinkCode.code_hash == _hash(code), LinkCode.expires_at > now)
        .returning(LinkCode.person_id)
    )
    return await session.get(Person, row) if row is not None else None


async def is_stranger(session: Session, person: Person) -> bool:
    """Whether no import knows somebody: she chose her unit herself, and never held a post."""
    held = exists().where(
        (Appointment.person_id == person.id) | (Appointment.deputy_id == person.id)
    )
    own_unit = person.unit_id is not None and not person.asked_unit
    return not own_unit and not await session.scalar(select(held))


async def merge(session: Session, kept: Person, gone: Person, today: date) -> None:
    """Give everything of one person to another; their accounts stay tied for good.

    Where both have what only one may have (a choice, a receipt), the kept person's counts. The
    other's row stays, empty, since what is answered right now may still refer to it.
    """
    await session.execute(
        update(Account)
        .where(Account.person_id.in_((kept.id, gone.id)))
        .values(by_code=True)
        .execution_options(synchronize_session=False)
    )
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is _PERSONS for key in column.foreign_keys):
                await _drop_doubles(session, table, column.name, kept.id, gone.id)
                moved = update(table).where(column == gone.id).values({column.name: kept.id})
                await session.execute(moved)
    gone.name, gone.email, gone.left_on = "", f"{gone.id}@merged.invalid", today
    gone.unit_id = None
    await session.flush()


async def _drop_doubles(
    session: Session, table: Table, column: str, kept_id: int, gone_id: int
) -> None:
    """Delete the rows that would break a unique constraint once they belong to the kept person."""
    own = table.c[column]
    for constraint in table.constraints:
        if not isinstance(constraint, UniqueConstraint) or column not in constraint.columns:
            continue
        others = [c.name for c in constraint.columns if c.name != column]
        twin = table.alias()
        same = [twin.c[name] == table.c[name] for name in others]
        double = exists().where(twin.c[column] == kept_id, *same)
        await session.execute(delete(table).where(own == gone_id, double))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
