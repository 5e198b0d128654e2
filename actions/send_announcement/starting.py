"""Before copies leave: the rights behind them are looked at again, and what ends is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import Actor, actor_of, authorize
from actions.announcement_words import local
from actions.drafting import begin
from actions.reply import Button, Card, Fact, Reply
from actions.request import Request, row_id
from actions.send_announcement.asking import action, form
from actions.words import _, ngettext, plain
from storage import Session
from storage.queries.announcements import announcement_by_id, receipts, withdraw_waiting
from storage.queries.audiences import audience_of
from storage.queries.contacts import handlers_for
from storage.queries.outbox import enqueue
from storage.queries.people import person_by_id
from storage.queries.schedules import cancel_about
from storage.tables import Announcement, Occurrence, Outbox, Person, Schedule


async def still_sends(session: Session, person_id: int, now: datetime) -> Actor | None:
    """Return whom announcements go out by, if she may still send any."""
    sender = await actor_of(session, await person_by_id(session, person_id), now)
    return sender if authorize(sender, action.for_) else None


async def still_meant(
    session: Session, found: Announcement, by: int, receiver: Actor, now: datetime
) -> bool:
    """Whether a receiver still belongs to the audience, as far as the sender's rights reach now.

    by: the person in whose name this copy goes.
    """
    sender = await still_sends(session, by, now)
    if sender is None:
        return False
    day = now.astimezone(ZoneInfo(sender.zone)).date()
    within = None if sender.central else sender.unit_ids
    return bool(await audience_of(session, found.audience, day, within, only=receiver.id))


@action.fired("announcement.starts")
async def start(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
    """Stop one whose sender may no longer send it; she and whoever answers for her unit hear."""
    found = await announcement_by_id(session, schedule.payload["announcement"], lock=True)
    now = occurrence.due_utc
    if found is None or found.state != "sent":
        return
    if await still_sends(session, found.sender_id, now) is not None:
        return
    found.state = "cancelled"
    await withdraw_waiting(session, found.id, now)
    await cancel_about(session, f"announcement:{found.id}")
    for person in await _told(session, found.sender, now):
        await enqueue(
            session,
            person_id=person.id,
            kind="announcement.stopped",
            payload={"announcement": found.id},
            cause="request",
            dedupe_key=f"announcement.stopped:{found.id}:{person.id}",
            due=now,
        )


async def _told(session: Session, sender: Person, now: datetime) -> list[Person]:
    day = now.astimezone(ZoneInfo(sender.zone)).date()
    chain = await handlers_for(session, sender.unit_id or 0, day)
    return [sender, *[person for person in chain if person.id != sender.id][:1]]


@action.due("announcement.stopped")
async def stopped(row: Outbox, receiver: Actor, session: Session) -> Reply | None:
    """Tell that it was not sent; whoever answers for the unit can send it in her own name."""
    found = await announcement_by_id(session, row.payload["announcement"])
    if found is None:
        return None
    n = len(await receipts(session, found.id))
    text = ngettext(
        "{name}'s announcement to {n} person was not sent: {name} may no longer send them.",
        "{name}'s announcement to {n} people was not sent: {name} may no longer send them.",
        n,
        name=found.sender.name,
    )
    card = Card(
        _("Announcement of {day}", day=local(found.due_utc, receiver).date()),
        facts=(Fact(_("Text"), plain(found.text(receiver.locale or receiver.spoken or "sv"))),),
    )
    if receiver.id == found.sender_id:
        text = _("Your announcement was not sent: you may no longer send announcements.")
        return Reply(text, (card,))
    take = Button(_("Write it in my name"), "announcement.take_over", str(found.id), "primary")
    return Reply(text, (card, take))


@action.pressed("announcement.take_over")
async def take_over(request: Request, session: Session) -> Reply:
    """Begin one's own announcement with the words of one that was stopped."""
    found = await announcement_by_id(session, row_id(request.value))
    if found is None or found.state != "cancelled" or not _hers(found, request.actor):
        return Reply(_("I can't find that announcement among yours."))
    text, english = found.text_sv or found.text_en, found.text_en if found.text_sv else None
    valid = found.valid_to
    known = {"text": text, "text_en": english, "valid_to": valid.isoformat() if valid else None}
    return await begin(form, request, session, known)


def _hers(found: Announcement, actor: Actor) -> bool:
    unit = found.sender.unit_id
    return actor.central or (unit is not None and actor.decides_for(unit))
