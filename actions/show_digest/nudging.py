"""The central unit asks a coordinator, from a row of its digest; once a day for each row."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import CENTRAL, DECIDING, Actor, authorize
from actions.grounding import name_of
from actions.reply import Button, Reply
from actions.request import Request, row_id
from actions.request_cards import handled
from actions.show_digest.composing import action
from actions.show_digest.network import waited
from actions.words import _, ngettext
from storage import Session
from storage.queries.contacts import contact_request
from storage.queries.network import post_by_id
from storage.queries.outbox import REQUEST_EXPIRY, enqueue
from storage.queries.people import person_by_id
from storage.tables import ContactRequest, Outbox

_GONE = _("That is settled already; your week shows how it stands now.")


@action.pressed("digest.ask", for_=CENTRAL)
async def ask(request: Request, session: Session) -> Reply:
    """Ask the coordinator of a quiet unit how it goes."""
    post = await post_by_id(session, row_id(request.value))
    today = request.local_now.date()
    over = post is None or (post.valid_to is not None and post.valid_to < today)
    if post is None or over or post.person is None:
        return Reply(_GONE, updates=True)
    await _promise(request, session, post.person.id, "digest.asked", {"post": post.id})
    text = _("I have asked {name} how things are going at {unit}.", name=post.person.name,
             unit=name_of(post.unit))  # fmt: skip
    return Reply(text, updates=True)


@action.pressed("digest.hurry", for_=CENTRAL)
async def hurry(request: Request, session: Session) -> Reply:
    """Remind whoever's turn it is of a request that has waited too long."""
    asked = await contact_request(session, row_id(request.value))
    if asked is None or not _waits(asked):
        return Reply(_GONE, updates=True)
    await _promise(request, session, asked.handler_id, "digest.hurried", {"request": asked.id})
    return Reply(_("I have reminded {name}.", name=asked.handler.name), updates=True)


async def _promise(
    request: Request, session: Session, person_id: int, kind: str, about: dict[str, int]
) -> None:
    number = next(iter(about.values()))
    await enqueue(
        session,
        person_id=person_id,
        kind=kind,
        payload={**about, "by": request.actor.id},
        cause="request",
        dedupe_key=f"{kind}:{number}:{person_id}:{request.local_now.date()}",
        due=request.now,
        expires_in=REQUEST_EXPIRY,
    )


def _waits(asked: ContactRequest) -> bool:
    return asked.state == "sent" and not asked.alumnus.protected


@action.due("digest.asked", can_wait=True)
async def asked_how(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Tell a coordinator that the central unit asks how it goes, while the post is still hers."""
    post = await post_by_id(session, row.payload["post"])
    if post is None or post.person_id != receiver.id:
        return None
    by = await person_by_id(session, row.payload["by"])
    text = _(
        "{name} at the central alumni unit wonders how things are at {unit}: nothing has been seen "
        "there for a while. Do you need help with anything?",
        name=by.name,
        unit=name_of(post.unit),
    )
    if not authorize(receiver, DECIDING):
        return None
    return Reply(text, (Button(_("My week"), "digest.show", style="primary"),))


@action.due("digest.hurried", can_wait=True)
async def reminded(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Show a request that has waited too long to whoever's turn it still is."""
    asked = await contact_request(session, row.payload["request"])
    if asked is None or not _waits(asked) or asked.handler_id != receiver.id:
        return None
    by = await person_by_id(session, row.payload["by"])
    now: datetime = session.info.get("now", row.due_utc)
    day = now.astimezone(ZoneInfo(receiver.zone)).date()
    text = ngettext(
        "{name} at the central alumni unit reminds you of this: it has waited for 1 working day.",
        "{name} at the central alumni unit reminds you of this: it has waited for {n} working "
        "days.",
        waited(asked, day, receiver.zone),
        name=by.name,
    )
    return Reply(text, (handled(asked),))
