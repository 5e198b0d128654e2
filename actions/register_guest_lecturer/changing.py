"""A change of a lecture is asked for: in words ("flytta … till 19 mars"), or in a form."""

import re
from datetime import timedelta

from actions.lecture_words import lecture_card, lecturer_of, own_buttons
from actions.register_guest_lecturer import reading
from actions.register_guest_lecturer.approving import cancel
from actions.register_guest_lecturer.changing_form import filled_of, form_of, place_in
from actions.register_guest_lecturer.hanging import named_in
from actions.register_guest_lecturer.moving import (
    Place,
    changeable,
    clash_of,
    move,
    needs_approval,
    place_of,
    trouble_with,
)
from actions.register_guest_lecturer.registering import action
from actions.reply import Button, Card, Fact, Reply
from actions.request import Request, row_id
from actions.words import _, lines, plain
from storage import Session
from storage.queries.drafts import open_drafts
from storage.queries.lectures import coming_for
from storage.tables import GuestLecture

_GONE = _("I can't find that lecture among yours.")
_MOST = 5
_ORDER = re.compile(
    r"^\W*(?:(?:hej|hi|hello|snälla|please|kan du|kan vi|skulle du kunna|can you|could you|"
    r"vi måste|jag vill|jag behöver|vi behöver|i need to|i want to|we have to)[\s,!]+)*"
    r"(?:flytta|flyttar|ändra|byta?|skjut(?:a)?(?: upp)?|senarelägg\w*|tidigarelägg\w*|move|change|"
    r"reschedule|postpone)\s.*\b(?:gäst)?(?:föreläsning\w*|lectures?\b)",
    re.IGNORECASE | re.DOTALL,
)
_IT = re.compile(
    r"^\W*(?:(?:nej|no|oj|sorry|vänta|wait|kan du|can you|please|förresten)[\s,!.]+)*"
    r"(?:flytta|ändra|byt|move|change|reschedule)\s+(?:den|det|it|that)\s+(?:till|to)\b",
    re.IGNORECASE,
)
_JUST_NOW = timedelta(minutes=30)
_CANCEL = re.compile(
    r"^\W*(?:(?:hej|hi|hello|snälla|please|kan du|kan vi|can you|could you|vi måste|jag vill|"
    r"i need to|i want to|we have to)[\s,!]+)*"
    r"(?:ställ(?:a|er)? in|avboka|cancel|call off)\s.*\b(?:gäst)?(?:föreläsningen?|lecture)\b",
    re.IGNORECASE | re.DOTALL,
)
_NEW_ROOM = re.compile(
    r"\b(?:sal|hörsal|lokal|rum|room|hall)\w*\b.*?\b(?:till|to)\s+(?:sal\s+|room\s+)?"
    r"([\w:.-]{1,20})\s*[.!]?$",
    re.IGNORECASE,
)
# "till 14-16": a span of hours alone, which elsewhere could be anything.
_HOURS = re.compile(
    r"\b(?:till|to)\s+(\d{1,2}(?:[.:]\d{2})?\s*[-–]\s*\d{1,2}(?:[.:]\d{2})?)\s*[.!]?$"
)


@action.ordered(_ORDER)
async def change_in_words(request: Request, session: Session) -> Reply | None:
    """Show the change that a message asks for, to be confirmed; a draft at hand comes first."""
    found = await _meant(request, session)
    if not found:
        drafts = await open_drafts(session, request.actor.id, request.now)
        return (
            None
            if any(d.action == action.name and d.kind == "form" for d in drafts)
            else Reply(_("I find no coming lecture like that among yours."))
        )
    if len(found) > 1:
        cards = tuple(lecture_card(one, _change(one), state=True) for one in found[:_MOST])
        return Reply(_("Which lecture do you mean?"), cards)
    return await _proposed(request, session, found[0])


@action.ordered(_IT)
async def change_it_in_words(request: Request, session: Session) -> Reply | None:
    """Show a change of the lecture registered just now, unless something is spoken of since."""
    coming = await coming_for(session, request.actor.id, frozenset(), request.local_now.date())
    own = [one for one in coming if one.registered_by_id == request.actor.id]
    newest = max(own, key=lambda one: (one.created_at, one.id), default=None)
    if newest is None or request.now - newest.created_at > _JUST_NOW:
        return None
    drafts = await open_drafts(session, request.actor.id, request.now)
    if any(d.kind != "offer" and d.touched_at >= newest.created_at for d in drafts):
        return None
    return await _proposed(request, session, newest)


@action.ordered(_CANCEL)
async def cancel_in_words(request: Request, session: Session) -> Reply | None:
    """Ask whether the lecture that a message means shall be cancelled."""
    found = await _meant(request, session)
    if not found:
        return Reply(_("I find no coming lecture like that among yours."))
    if len(found) > 1:
        cards = tuple(lecture_card(one, own_buttons(one)[1], state=True) for one in found[:_MOST])
        return Reply(_("Which lecture do you mean?"), cards)
    return await cancel(request.with_(value=str(found[0].id)), session)


async def _meant(request: Request, session: Session) -> list[GuestLecture]:
    actor = request.actor
    units = None if actor.central else actor.unit_ids
    coming = await coming_for(session, actor.id, units, request.local_now.date())
    seen = [one for one in coming if not (one.alumnus and one.alumnus.protected)]
    named = named_in(request.text, seen)
    if named is not None:
        seen = named
    mine = [one for one in seen if one.registered_by_id == actor.id]
    return mine if named is None and mine else seen


async def _proposed(request: Request, session: Session, lecture: GuestLecture) -> Reply:
    filled = filled_of(lecture)
    room = _NEW_ROOM.search(request.text)
    heard = reading.heard_room(request) if room is None else room.group(1)
    if heard:
        filled["room"] = heard
    hours = _HOURS.search(request.text)
    words = f"kl {hours.group(1)}" if hours is not None else reading.heard_day(request)
    if words is not None:
        unread = await reading.read_day(words, request, session, filled)
        if unread is not None:
            return Reply(unread.message, (form_of(lecture, filled_of(lecture)),))
    to = place_in(filled)
    if to == place_of(lecture):
        nothing = _("Nothing was changed: it is that already.")
        asked = words is None and not heard
        return Reply(_("What shall I change?") if asked else nothing, (form_of(lecture, filled),))
    trouble = await trouble_with(session, lecture, to)
    if trouble is not None:
        return Reply(trouble, (form_of(lecture, filled),))
    return await _asked(request, session, lecture, to)


async def _asked(request: Request, session: Session, lecture: GuestLecture, to: Place) -> Reply:
    before = place_of(lecture)
    facts = [Fact(_("Before"), before.told()), Fact(_("New time"), to.told())]
    if to.at(before):
        facts = [Fact(_("When"), before.told())]
    if to.room != before.room and to.room:
        facts.append(Fact(_("New room"), plain(to.room)))
    clash = await clash_of(session, lecture, to)
    if clash is not None:
        facts.append(clash)
    again = lecture.state == "approved" and needs_approval(request.actor, lecture, before, to)
    note = _("The new time must be approved again.") if again else None
    buttons = (Button(_("Save"), "lecture.move", _value(lecture, to), "primary"), _change(lecture))
    card = Card(lecturer_of(lecture), plain(lecture.topic), tuple(facts), buttons)
    return Reply(lines(note, _("Is this right?"), by=" "), (card,))


@action.pressed("lecture.move")
async def confirmed(request: Request, session: Session) -> Reply:
    """Save the change that was shown."""
    number, _sep, rest = request.value.partition(";")
    lecture = await changeable(row_id(number), request, session)
    parts = rest.split(";", 3)
    if lecture is None or len(parts) != 4:  # noqa: PLR2004 (day, two hours, room)
        return Reply(_GONE)
    try:
        to = place_in(dict(zip(("date", "starts", "ends", "room"), parts, strict=True)))
    except ValueError:
        return Reply(_GONE)
    if to.day < request.local_now.date():
        return Reply(
            _("{day} has already passed. Which day should it be?", day=to.day), (form_of(lecture),)
        )
    trouble = await trouble_with(session, lecture, to)
    if trouble is not None:
        return Reply(trouble, (form_of(lecture),))
    return await move(request, session, lecture, to)


def _value(lecture: GuestLecture, to: Place) -> str:
    hours = [at.isoformat("minutes") if at else "" for at in (to.starts, to.ends)]
    return ";".join((str(lecture.id), to.day.isoformat(), *hours, to.room or ""))


def _change(lecture: GuestLecture) -> Button:
    return Button(_("Change the lecture"), "lecture.change", str(lecture.id))
