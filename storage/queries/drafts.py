"""Drafts, lists and offers: what a person and the bot are in the middle of."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select

from storage.database import Session
from storage.tables import Base, Draft

LIFETIME = timedelta(hours=24)
_OPEN = (
    select(Draft)
    .where(Draft.person_id == bindparam("person"), Draft.expires_at > bindparam("now"))
    .order_by(Draft.touched_at.desc(), Draft.id.desc())
)
_SHOW_LIST = insert(Base.metadata.tables[Draft.__tablename__])
_LATER = timedelta(microseconds=1)


async def open_drafts(session: Session, person_id: int, now: datetime) -> list[Draft]:
    """Return a person's live drafts, lists and offer, the one spoken of last first."""
    return list(await session.scalars(_OPEN, {"person": person_id, "now": now}))


async def list_shown(
    session: Session, person_id: int, actions: Collection[str], now: datetime
) -> Draft | None:
    """Return the list that one of some actions showed a person last, if it is still open."""
    live = await open_drafts(session, person_id, now)
    return next((row for row in live if row.kind == "list" and row.action in actions), None)


async def draft_by_id(
    session: Session, person_id: int, draft_id: int, now: datetime
) -> Draft | None:
    """Return one of the person's own live drafts."""
    found: Draft | None = await session.scalar(
        select(Draft).where(
            Draft.id == draft_id, Draft.person_id == person_id, Draft.expires_at > now
        )
    )
    return found


async def new_draft(
    session: Session, person_id: int, action: str, conversation: str, now: datetime
) -> Draft:
    """Begin a draft of a form-like action on top of the person's others."""
    draft = Draft(
        person_id=person_id,
        action=action,
        kind="form",
        filled={},
        awaiting=None,
        conversation=conversation,
        touched_at=await _on_top(session, person_id, now),
        expires_at=now + LIFETIME,
    )
    session.add(draft)
    await session.flush()
    return draft


async def show_list(
    session: Session, person_id: int, action: str, filled: dict[str, Any], now: datetime
) -> None:
    """Remember a list on top of all else; it takes the place of the same action's list before."""
    await session.execute(
        delete(Draft).where(
            Draft.person_id == person_id, Draft.kind == "list", Draft.action == action
        )
    )
    shown = {
        "person_id": person_id,
        "action": action,
        "kind": "list",
        "filled": filled,
        "touched_at": await _on_top(session, person_id, now),
        "expires_at": now + LIFETIME,
    }
    await session.execute(_SHOW_LIST, shown)


async def touch(session: Session, draft: Draft, now: datetime) -> None:
    """Put a draft on top and let it live a day longer."""
    draft.touched_at = await _on_top(session, draft.person_id, now)
    draft.expires_at = now + LIFETIME


def keep_offer(
    session: Session, person_id: int, kept: Draft | None, filled: dict[str, Any], now: datetime
) -> None:
    """Remember what the newest answer offered, in the place of what was offered before."""
    if kept is not None:
        if kept.filled != filled:
            kept.filled, kept.touched_at, kept.expires_at = filled, now, now + LIFETIME
    elif any(filled.values()):
        session.add(
            Draft(
                person_id=person_id,
                action="",
                kind="offer",
                filled=filled,
                touched_at=now,
                expires_at=now + LIFETIME,
            )
        )


async def _on_top(session: Session, person_id: int, now: datetime) -> datetime:
    # Two things may happen in one instant, and in a test the time stands still.
    newest = await session.scalar(
        select(func.max(Draft.touched_at)).where(Draft.person_id == person_id)
    )
    return max(now, newest + _LATER) if newest is not None else now
