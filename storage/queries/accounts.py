"""A person's identities in the chats: who writes, and where a message reaches her."""

from datetime import datetime

from sqlalchemy import select

from storage.database import Session
from storage.tables import Account, Person


async def account_of(
    session: Session, channel: str, tenant: str, external_id: str
) -> Account | None:
    """Return the account behind a chat's user id."""
    found: Account | None = await session.scalar(
        select(Account).where(
            Account.channel == channel,
            Account.tenant == tenant,
            Account.external_id == external_id,
        )
    )
    return found


async def accounts_of(session: Session, person_id: int) -> list[Account]:
    """Return a person's accounts, the one used last first."""
    rows = await session.scalars(
        select(Account).where(Account.person_id == person_id).order_by(Account.seen_at.desc())
    )
    return list(rows)


async def link_account(
    session: Session,
    *,
    person_id: int,
    channel: str,
    tenant: str,
    external_id: str,
    seen_at: datetime,
) -> Account:
    """Tie a chat's user id to a person, or note that it was used again."""
    found = await account_of(session, channel, tenant, external_id)
    if found is None:
        found = Account(
            person_id=person_id,
            channel=channel,
            tenant=tenant,
            external_id=external_id,
            seen_at=seen_at,
        )
        session.add(found)
    found.person_id = person_id
    found.seen_at = seen_at
    await session.flush()
    return found


async def stranger(session: Session, email: str, name: str) -> Person:
    """Add somebody whom the import does not know: staff without a unit and without rights."""
    person = Person(email=email.strip().lower(), name=name, zone="Europe/Stockholm")
    session.add(person)
    await session.flush()
    return person
