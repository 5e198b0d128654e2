"""The form of a lecture's time and room."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from actions.register_guest_lecturer import reading
from actions.register_guest_lecturer.moving import Place, changeable, move, trouble_with
from actions.register_guest_lecturer.registering import action
from actions.reply import Field, Form, Kind, Reply
from actions.request import Request, row_id
from actions.words import Text, _
from storage import Session
from storage.tables import GuestLecture

_GONE = _("I can't find that lecture among yours.")


@action.pressed("lecture.change")
async def change(request: Request, session: Session) -> Reply:
    """Open the form of a lecture's time and room."""
    lecture = await changeable(row_id(request.value), request, session)
    if lecture is None:
        return Reply(_GONE)
    return Reply(_("What shall I change?"), (form_of(lecture),))


@action.submitted("lecture.changed")
async def changed(request: Request, session: Session) -> Reply:
    """Save what the form says; each error is shown at its field."""
    lecture = await changeable(row_id(request.value), request, session)
    if lecture is None:
        return Reply(_GONE)
    filled, errors = filled_of(lecture), {}
    # A form tells each field in full: hours that it leaves empty are not known any more.
    readers = (("date", reading.read_day), ("starts", reading.read_starts),
               ("ends", reading.read_ends), ("room", reading.read_room))  # fmt: skip
    for name, read in readers:
        raw = request.submission.get(name)
        if raw is None:
            continue
        if not raw.strip():
            filled[name] = None
            continue
        unread = await read(raw, request, session, filled)
        if unread is not None:
            errors[name] = unread.message
    if not filled["date"]:
        errors["date"] = _("Fill this in.")
    if not errors:
        trouble = await trouble_with(session, lecture, place_in(filled))
        if trouble is None:
            return await move(request, session, lecture, place_in(filled))
        errors["date"] = trouble
    form = form_of(lecture, {**filled, **_raw(request)}, errors)
    return Reply(_("Some of it needs another look."), (form,))


def _raw(request: Request) -> dict[str, str]:
    # A date and hours are shown only as they were read: a picker opens with nothing else.
    return {name: raw for name, raw in request.submission.items() if raw and name == "room"}


def form_of(
    lecture: GuestLecture,
    filled: Mapping[str, Any] | None = None,
    errors: Mapping[str, Text] | None = None,
) -> Form:
    """Return the form of a lecture's time and room, with what was filled in and any errors."""
    values = filled_of(lecture) if filled is None else filled
    fields = (
        ("date", Kind.DATE, _("Date"), True),
        ("starts", Kind.TIME, _("Begins"), False),
        ("ends", Kind.TIME, _("Ends"), False),
        ("room", Kind.LINE, _("Room"), False),
    )
    shown = tuple(
        Field(
            name,
            kind,
            label,
            value=values.get(name) or "",
            required=required,
            error=(errors or {}).get(name),
        )
        for name, kind, label, required in fields
    )
    return Form("lecture.changed", _("Change the lecture"), shown, str(lecture.id))


def filled_of(lecture: GuestLecture) -> dict[str, Any]:
    """Return a lecture's time and room as the fields of its draft and form hold them."""
    hours = {"starts": lecture.starts, "ends": lecture.ends}
    return {
        "date": lecture.on_date.isoformat(),
        **{name: at and at.isoformat("minutes") for name, at in hours.items()},
        "room": lecture.room,
    }


def place_in(filled: Mapping[str, Any]) -> Place:
    """Return what such fields say; a ValueError where a crafted button holds anything else."""
    starts, ends = (
        time.fromisoformat(filled[name]) if filled.get(name) else None
        for name in ("starts", "ends")
    )
    return Place(date.fromisoformat(filled["date"]), starts, ends, filled.get("room") or None)
