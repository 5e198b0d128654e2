"""The few facts that an installation keeps about itself."""

from sqlalchemy import select

from storage.database import Session
from storage.tables import Setting

DEMO = "demo"  # its value is the seed of the demo university


async def read_setting(session: Session, key: str) -> str | None:
    """Return a kept fact, or None."""
    value: str | None = await session.scalar(select(Setting.value).where(Setting.key == key))
    return value


async def write_setting(session: Session, key: str, value: str) -> None:
    """Keep a fact, in place of the one before."""
    row = await session.scalar(select(Setting).where(Setting.key == key))
    if row is None:
        session.add(Setting(key=key, value=value))
    else:
        row.value = value
    await session.flush()
