"""The reminders spoken of: a list of one's own, or the one that was set or moved just now."""

from actions.request import Request
from storage import Session
from storage.queries.drafts import show_list

# The capability that reads "flytta den till fredag" and "ta bort tvåan".
READ_BY = "cancel_reminder"


async def show_reminders(
    request: Request, session: Session, ids: list[int], one: int | None = None
) -> None:
    """Remember which reminders are spoken of, in order, and the one that "den" means."""
    focus = one if one is not None else ids[0] if len(ids) == 1 else None
    await show_list(session, request.actor.id, READ_BY, {"items": ids, "one": focus}, request.now)
