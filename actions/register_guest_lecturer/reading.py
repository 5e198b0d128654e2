"""Read the fields of a guest lecture from what was said or filled in."""

import re
from datetime import date, datetime, time
from typing import Any

from actions.alumnus_words import number_of, told_apart
from actions.drafting import Filled, Unread
from actions.grounding import name_of
from actions.moments import read_date
from actions.request import Request, row_id
from actions.words import _, plain
from nlu.times import When, find
from storage import Session
from storage.folding import fold
from storage.queries.alumni import alumni_called, alumnus_seen
from storage.queries.units import unit_by_id, unit_if_known, units_called

LONGEST_TOPIC = 200
_COURSE = re.compile(r"\b[A-ZÅÄÖ]{2,4}\s?\d{2,4}[A-Z]?\b")
_ROOM = re.compile(r"\b(?:sal|hörsal|rum|lokal|room|hall)\s+([\w:.-]{1,20})", re.IGNORECASE)
_TOPIC = re.compile(
    r"\b(?:om|kring|rubrik(?:en)?|ämnet|about|titled|topic|subject)\s+([^,.;!?]{3,80})",
    re.IGNORECASE,
)
NOT_IN_REGISTER = "="  # before a name that was chosen to be kept as it is


async def read_lecturer(
    raw: str, request: Request, session: Session, filled: Filled
) -> Unread | None:
    """Tie a name to the register, or keep it for this lecture only."""
    name = " ".join(raw.split())
    if name.startswith(NOT_IN_REGISTER):
        filled.update(lecturer=name[1:], alumnus=None)
        return None
    number = number_of(name)
    if number is not None:
        person = await alumnus_seen(session, number, request.actor.viewer)
        if person is None:
            return Unread(_("I find no such person. What is the lecturer's name?"))
        filled.update(lecturer=person.name, alumnus=person.id)
        return None
    found = await alumni_called(session, name, request.actor.viewer, request.actor.home_id, 5)
    if len(found) == 1 and found[0].folded == fold(name):
        filled.update(lecturer=found[0].name, alumnus=found[0].id)
        return None
    if found:
        outside = (f"{NOT_IN_REGISTER}{name}", _("Somebody else: {name}", name=name))
        choices = (*((str(p.id), told_apart(p)) for p in found), outside)
        return Unread(_("Which {name} do you mean?", name=name), choices)
    filled.update(lecturer=name[:120], alumnus=None)
    return None


async def read_topic(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the topic as it was written."""
    topic = " ".join(raw.split()).strip(" .,")
    if len(topic) > LONGEST_TOPIC:
        return Unread(_("That is too long: {n} characters at most.", n=LONGEST_TOPIC))
    filled["topic"] = topic
    return None


async def read_day(raw: str, request: Request, _session: Session, filled: Filled) -> Unread | None:
    """Take a day, and the hours when they were said with it."""
    hours_only = _hours(raw, request)
    if hours_only is not None and "date" in filled:
        filled.update(hours_only)
        return None
    found = read_date(raw, request)
    if isinstance(found, Unread):
        return found
    taken = {"date": found.isoformat()} if not isinstance(found, When) else _day_and_hours(found)
    if date.fromisoformat(taken["date"]) < request.local_now.date():
        return Unread(
            _("{day} has already been. Which day?", day=date.fromisoformat(taken["date"]))
        )
    filled.update(taken)
    return None


async def read_starts(
    raw: str, request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take the hour it begins."""
    return _read_hour("starts", raw, request, filled)


async def read_ends(raw: str, request: Request, _session: Session, filled: Filled) -> Unread | None:
    """Take the hour it ends."""
    trouble = _read_hour("ends", raw, request, filled)
    if trouble is None and filled.get("starts") and filled["ends"] <= filled["starts"]:
        filled["ends"] = None
        return Unread(_("It ends before it begins. When does it end?"))
    return trouble


async def read_unit(raw: str, _request: Request, session: Session, filled: Filled) -> Unread | None:
    """Tie a unit's name to the unit."""
    if raw.strip().isdigit():
        if await unit_if_known(session, row_id(raw.strip())) is None:
            return Unread(_("Which department or faculty is it for?"))
        filled["unit"] = row_id(raw.strip())
        return None
    units = await units_called(session, raw)
    if not units:
        return Unread(_("I know no unit called “{words}”. Which unit is it?", words=raw))
    if len(units) > 1:
        choices = tuple((str(unit.id), plain(name_of(unit))) for unit in units)
        return Unread(_("Which unit do you mean?"), choices)
    filled["unit"] = units[0].id
    return None


async def read_course(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take a course code or name."""
    filled["course"] = " ".join(raw.split())[:120]
    return None


async def read_room(
    raw: str, _request: Request, _session: Session, filled: Filled
) -> Unread | None:
    """Take a room."""
    filled["room"] = " ".join(raw.split())[:80]
    return None


def heard_lecturer(request: Request) -> str | None:
    """Return the person named."""
    return next(iter(request.said("person")), None)


def heard_topic(request: Request) -> str | None:
    """Return the topic named, as a field or after "om"."""
    fields = request.said("field")
    if fields:
        return fields[0]
    found = _TOPIC.search(request.text) if _asked(request) else None
    return found.group(1) if found else None


def heard_day(request: Request) -> str | None:
    """Return the text when a time is in it."""
    understood = request.understanding
    return request.text if understood is not None and understood.when is not None else None


def heard_unit(request: Request) -> str | None:
    """Return the unit named."""
    return next(iter(request.said("unit")), None)


def heard_course(request: Request) -> str | None:
    """Return a course named, or what looks like a course code."""
    found = _COURSE.search(request.text)
    return found.group() if found else next(iter(request.said("course")), None)


def heard_room(request: Request) -> str | None:
    """Return the room named."""
    found = _ROOM.search(request.text)
    return found.group(1) if found else None


async def unit_name(session: Session, filled: Filled) -> Any:
    """Return the name of the draft's unit."""
    return name_of(await unit_by_id(session, filled["unit"]))


def _asked(request: Request) -> bool:
    understood = request.understanding
    return understood is not None and understood.intent == "register_guest_lecturer"


def _day_and_hours(when: When) -> dict[str, Any]:
    if when.kind == "range" and when.start is not None and when.end is not None:
        taken: dict[str, Any] = {"date": when.start.isoformat()[:10]}
        if when.has_time:
            taken["starts"] = when.start.isoformat()[11:16]
            taken["ends"] = when.end.isoformat()[11:16]
        return taken
    value = when.values[0]
    taken = {"date": value.isoformat()[:10]}
    if isinstance(value, datetime):
        taken["starts"] = value.time().isoformat("minutes")
    return taken


def _hours(raw: str, request: Request) -> dict[str, Any] | None:
    """Return hours that were said without a day: "kl 14", "13–15"."""
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    today = request.local_now.date()
    if when.kind == "invalid" or not when.has_time:
        return None
    moments = [m for m in (*when.values, when.start, when.end) if isinstance(m, datetime)]
    near = {today, date.fromordinal(today.toordinal() + 1)}
    spoken = raw.casefold()
    named_day = re.search(r"dag\b|morgon|morrn|day|tomorrow|\d+\s?/\s?\d+|v\.?\s?\d", spoken)
    if not moments or named_day or any(m.date() not in near for m in moments):
        return None
    hours = _day_and_hours(when)
    hours.pop("date")
    return hours


def _read_hour(name: str, raw: str, request: Request, filled: Filled) -> Unread | None:
    try:
        filled[name] = time.fromisoformat(raw.strip()).isoformat("minutes")
    except ValueError:
        hours = _hours(raw, request)
        if hours is None:
            return Unread(_("Write the time as 13:15."))
        filled[name] = hours.get("starts")
    return None
