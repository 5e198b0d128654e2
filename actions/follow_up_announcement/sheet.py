"""The report row by row, as a table or a file, made when it is asked for and kept nowhere."""

from datetime import datetime

from actions.access import Actor
from actions.announcement_words import STATES, local, reason
from actions.follow_up_announcement.asking import action, hers
from actions.reply import Button, File, Reply, Table
from actions.request import Request
from actions.words import Named, Text, _, ngettext, plain
from storage import Session
from storage.queries.announcements import Receipt, receipts
from storage.tables import Announcement

_NO_ACCOUNT = frozenset({"no account", "users_not_found"})
_COLUMNS = (_("Name"), _("Unit"), _("State"), _("Time"), _("Reason"))
_SHOWN = 100  # rows that every channel takes in a table


@action.pressed("announcement.names")
@hers
async def names(found: Announcement, request: Request, session: Session) -> Reply:
    """Name every receiver with her unit and how her copy stands; who has read it last."""
    rows = sorted(await receipts(session, found.id), key=lambda row: row.state == "read")
    shown = tuple(_row(row, request.actor)[:3] for row in rows[:_SHOWN])
    table = Table(_COLUMNS[:3], shown)
    if len(rows) == len(shown):
        return Reply(_("All receivers:"), (table,))
    head = _("The first {n} of {all} receivers; the file has them all.", n=_SHOWN, all=len(rows))
    return Reply(head, (table, Button(_("Download as CSV"), "announcement.csv", request.value)))


@action.pressed("announcement.csv")
@hers
async def whole(found: Announcement, request: Request, session: Session) -> Reply:
    """Hand over how it stands now, for whoever may see the report."""
    rows = await receipts(session, found.id)
    day = local(found.due_utc, request.actor).date()
    file = File(
        _("announcement-{day}.csv", day=day.isoformat()),
        ngettext(
            "{n} receiver, as it stood {at}. It holds names: delete your copy when you are done.",
            "{n} receivers, as it stood {at}. It holds names: delete your copy when you are done.",
            len(rows),
            at=local(request.now, request.actor),
        ),
        Table(_COLUMNS, tuple(_row(row, request.actor) for row in rows)),
    )
    return Reply(_("The report as a file for Excel:"), (file,))


def _row(row: Receipt, reader: Actor) -> tuple[Text, ...]:
    unit = plain(Named(row.unit.name_sv, row.unit.name_en)) if row.unit else plain("")
    return (plain(row.name), unit, _state(row), _time(row.at, reader), _why(row, reader))


def _state(row: Receipt) -> Text:
    failed = row.state == "failed"
    return _("No chat account") if failed and row.error in _NO_ACCOUNT else STATES[row.state]


def _why(row: Receipt, reader: Actor) -> Text:
    if row.state == "failed":
        return reason(row)
    if row.state == "waiting":
        return _("to be sent {time}", time=_stamp(row.due, reader))
    return _("withdrawn before it was sent") if row.state == "withdrawn" else plain("")


def _time(moment: datetime | None, reader: Actor) -> Text:
    return plain(_stamp(moment, reader) if moment else "")


def _stamp(moment: datetime, reader: Actor) -> str:
    """Return wall time in the form that every spreadsheet reads as a time."""
    return local(moment, reader).isoformat(" ", "minutes")
