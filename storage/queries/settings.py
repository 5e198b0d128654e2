"""The few facts that an installation keeps about itself."""

from sqlalchemy import select, update

from storage.database import Session
from storage.insertion import insert_new
from storage.tables import Setting

DEMO = "demo"  # its value is the seed of the demo university


async def read_setting(session: Session, key: str) -> str | None:
    """Return a kept fact, or None."""
    value: str | None = await session.scalar(select(Setting.value).where(Setting.key == key))
    return value


async def write_setting(session: Session, key: str, value: str) -> None:
    """Keep a fact, in place of the one before; two who write the first one do not collide."""
    if await insert_new(session, Setting, key=key, value=value) is None:
        await session.execute(update(Setting).where(Setting.key == key).values(value=value))
