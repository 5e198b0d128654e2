"""How an announcement is told: the received copy, the report, the list of one's own."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.access import Actor
from actions.reply import Button, Card, Chart, Element, Fact, Reply
from actions.words import Listed, Named, Text, _, lines, ngettext, plain
from storage import Session
from storage.queries.announcements import Receipt, receipts
from storage.tables import Announcement, AnnouncementReceiver

NAMED = 10
_REASONS = {
    "no account": _("no chat account"),
    "users_not_found": _("no chat account"),
    "expired": _("not delivered in time"),
    "left": _("no longer employed"),
}
STATES = {
    "read": _("Read"),
    "delivered": _("Delivered, not read"),
    "waiting": _("Waiting"),
    "failed": _("Failed"),
    "withdrawn": _("Stopped"),
}


def local(moment: datetime, actor: Actor) -> datetime:
    """Return a moment as the receiver's wall clock shows it."""
    return moment.astimezone(ZoneInfo(actor.zone)).replace(tzinfo=None)


def named(names: Sequence[Text], at_most: int | None = NAMED) -> Text:
    """Return names, the first ones and how many more there are."""
    if at_most is None or len(names) <= at_most:
        return plain(Listed(tuple(names)))
    more = len(names) - at_most
    first = lines(*names[:at_most], by=", ")
    return ngettext("{names} and {n} more", "{names} and {n} more", more, names=first)


def copy(
    announcement: Announcement,
    hers: AnnouncementReceiver,
    receiver: Actor,
    locale: str,
    head: Text | None = None,
) -> Reply:
    """Return an announcement as its receiver sees it, read or not, corrected or recalled."""
    if announcement.state == "recalled" and announcement.recalled_by is not None:
        return Reply(_("Recalled by {name}.", name=announcement.recalled_by.name), updates=True)
    marks = (
        head,
        _("Corrected {time}", time=local(announcement.corrected_at, receiver).time())
        if announcement.corrected_at
        else None,
        _("Read {time}", time=local(hers.read_at, receiver).time()) if hers.read_at else None,
    )
    facts = (
        Fact(_("Contact"), plain(announcement.contact or announcement.sender.name)),
        *(
            (Fact(_("Valid to"), plain(announcement.valid_to)),)
            if announcement.valid_to is not None
            else ()
        ),
    )
    read = Button(_("Read"), "announcement.read", str(announcement.id), "primary")
    card = Card(
        _("Message from {name}", name=announcement.sender.name),
        facts=facts,
        buttons=() if hers.read_at else (read,),
    )
    return Reply(lines(*marks, plain(announcement.text(locale))), (card,), updates=True)


def row(announcement: Announcement, locale: str) -> Card:
    """Return an unread announcement as a row of a list, with its button."""
    return Card(
        _("Message from {name}", name=announcement.sender.name),
        facts=(Fact(_("Text"), plain(_short(announcement.text(locale)))),),
        buttons=(Button(_("Read"), "announcement.read", str(announcement.id), "primary"),),
    )


async def report(
    announcement: Announcement, receiver: Actor, session: Session, head: Text | None = None
) -> Reply:
    """Return how an announcement stands; the numbers are of the same rows as the audience."""
    rows = await receipts(session, announcement.id)
    count = Counter(row.state for row in rows)
    text = lines(
        head,
        _state(announcement, receiver),
        _(
            "Receivers: {all}. Delivered: {reached} (of them read: {read}). Failed: {failed}. "
            "Waiting: {waiting}.",
            all=len(rows),
            reached=count["read"] + count["delivered"],
            read=count["read"],
            failed=count["failed"],
            waiting=count["waiting"],
        ),
        _("Withdrawn before it was sent: {n}.", n=count["withdrawn"])
        if count["withdrawn"]
        else None,
        _failed(rows),
    )
    texts = (announcement.text("sv"), announcement.text("en"))
    card = Card(
        _("Announcement of {day}", day=local(announcement.due_utc, receiver).date()),
        facts=(Fact(_("Text"), plain(Named(*map(_short, texts)))),),
        buttons=_buttons(announcement, count),
    )
    return Reply(text, (_chart(count), card), updates=True)


def _chart(count: Counter[str]) -> Chart:
    return Chart(
        _("How it is going"),
        tuple((label, count[state]) for state, label in STATES.items()),
    )


def _state(announcement: Announcement, receiver: Actor) -> Text | None:
    if announcement.state == "recalled" and announcement.recalled_by is not None:
        return _("Recalled by {name}.", name=announcement.recalled_by.name)
    if announcement.state == "cancelled":
        return _("Cancelled before it was sent.")
    if announcement.corrected_at is not None:
        return _("Corrected {time}", time=local(announcement.corrected_at, receiver).time())
    return None


def _failed(rows: list[Receipt]) -> Text | None:
    failed = [
        _("{name} ({reason})", name=row.name, reason=reason(row))
        for row in rows
        if row.state == "failed"
    ]
    return _("Not delivered: {names}", names=Listed(tuple(failed))) if failed else None


def reason(row: Receipt) -> Text:
    """Return in words why a copy failed."""
    return _REASONS.get(row.error or "", _("the chat refused it"))


def _buttons(announcement: Announcement, count: Counter[str]) -> tuple[Button, ...]:
    value = str(announcement.id)
    whole = (
        Button(_("All names"), "announcement.names", value),
        Button(_("Download as CSV"), "announcement.csv", value),
    )
    if announcement.state != "sent":
        return whole
    buttons = [Button(_("Update"), "announcement.report", value), *whole]
    if count["delivered"]:
        buttons.append(Button(_("Remind the unread"), "announcement.remind", value))
    if count["failed"]:
        buttons.append(Button(_("Resend to the failed"), "announcement.resend", value))
    if count["delivered"] + count["read"] == 0 and count["waiting"]:
        return (*buttons, Button(_("Cancel it"), "announcement.stop", value))
    return (
        *buttons,
        Button(_("Correct"), "announcement.correct", value),
        Button(_("Recall"), "announcement.stop", value),
    )


def by_state(rows: list[Receipt]) -> tuple[Element, ...]:
    """Return every receiver by name under the state of her copy."""
    return tuple(
        Fact(label, named(names, None))
        for state, label in STATES.items()
        if (names := [plain(row.name) for row in rows if row.state == state])
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 (a line)
