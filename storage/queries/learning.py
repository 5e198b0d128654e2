"""Messages that the bot was not sure of, and the names that must not stand in them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from storage.database import Session
from storage.folding import fold
from storage.tables import Alumnus, GuestLecture, Person, UnsureMessage

_NAMED = (Alumnus.given_name, Alumnus.family_name, Person.name, GuestLecture.lecturer)


async def every_name(session: Session) -> frozenset[str]:
    """Return everybody's names in the database, given and family names of alumni apart.

    Protected identities are among them: what is masked tells nothing of who is there.
    """
    names: set[str] = set()
    for column in _NAMED:
        names.update(await session.scalars(select(column).where(column.is_not(None)).distinct()))
    return frozenset(names)


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return every word of some names, folded. A register's 50,000 take a tenth of a second."""
    return frozenset(word for name in names for word in fold(name).split())


async def keep_unsure(
    session: Session, text: str, lang: str, offered: Sequence[str], now: datetime
) -> None:
    """Keep a masked message."""
    row = UnsureMessage(text=text, lang=lang, offered=list(offered), chosen=None, collected_at=now)
    session.add(row)


async def note_choice(session: Session, text: str, intent: str) -> None:
    """Note what was pressed when the newest message of these masked words was asked about."""
    newest = select(UnsureMessage).where(UnsureMessage.text == text, UnsureMessage.chosen.is_(None))
    row = await session.scalar(newest.order_by(UnsureMessage.id.desc()).limit(1))
    if row is not None:
        row.chosen = intent


async def unsure_messages(session: Session) -> list[UnsureMessage]:
    """Return what waits for a label, oldest first."""
    return list(await session.scalars(select(UnsureMessage).order_by(UnsureMessage.id)))


async def unsure_message(session: Session, number: int) -> UnsureMessage | None:
    """Return one that waits for a label."""
    return await session.get(UnsureMessage, number)
