"""What is said in a draft that is open: yes, no, or more of it."""

from actions import drafting
from actions.reply import Reply
from actions.request import Request
from actions.words import _
from bot import subject
from nlu.result import Understanding
from storage import Session
from storage.tables import Draft


async def said_in(
    form: drafting.DraftForm,
    draft: Draft,
    request: Request,
    understood: Understanding,
    session: Session,
    *,
    newest: bool,
) -> Reply:
    """Take a message as said in a draft: yes, no, or more of it."""
    sure = subject.confirms(understood, request.text)
    if sure and newest:
        return await drafting.confirm(form, draft, request, session)
    ends = subject.gives_up(understood, request.text)
    if ends and newest:
        return await discard(draft, session)
    # Yes, no and stop, said while something else stands between: the draft is shown first.
    if sure or ends or (understood.intent == "decline" and understood.source == "words"):
        return await drafting.resume(form, draft, request, session)
    return await drafting.go_on(form, draft, request, session)


async def discard(draft: Draft, session: Session) -> Reply:
    """Drop a draft."""
    await session.delete(draft)
    return Reply(_("Discarded. Nothing was saved."), private=False)
