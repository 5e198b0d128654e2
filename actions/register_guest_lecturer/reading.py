"""Read the fields of a guest lecture from what was said or filled in."""

import re
from datetime import date, datetime, time
from typing import Any

from actions.alumnus_words import fuller_name, number_of, other_than, told_apart
from actions.changing import hour_written_out, hours_said, near, shift_of
from actions.drafting import Filled, Unread
from actions.grounding import name_of
from actions.moments import read_date
from actions.register_guest_lecturer.beside import hours_beside, named_in_order
from actions.request import Request, row_id
from actions.words import _, plain
from nlu.times import When, find
from storage import Session
from storage.folding import fold
from storage.queries.alumni import alumni_called, alumnus_seen
from storage.queries.units import unit_by_id, unit_if_known, units_called

LONGEST_TOPIC = 200
_CLOCK = re.compile(r"^\s*\d{2}:\d{2}(?::\d{2})?\s*$")
_LONGEST_NAME = 6  # words
_LINKS = re.compile(
    r"(?:\s*\b(?:på|den|kl\.?|i|in|on|at|the|med|with|för|for|kursen|course)\s*)+(?=,)",
    re.IGNORECASE,
)
_COURSE = re.compile(r"\b[A-ZÅÄÖ]{2,4}\s?\d{3}[A-Z]?\b")
_ROOM = re.compile(
    r"\b(?i:sal(?:en)?|hörsal|rum(?:met)?|lokal(?:en)?|room|hall)\s+(?i:är\s+|is\s+|till\s+|to\s+)?"
    r"(?!(?i:för|of|on|for|med|till|with|to|från|the|in|i|på|den|at)\b)(?P<named>[\w:.-]{1,20})|"
    # "i B33", "in EDIT 3364": a code of a room, where it is none of a course.
    r"\b(?i:i|in)\s+(?![A-ZÅÄÖ]{2,4}\s?\d{3}[A-Z]?\b)(?P<code>[A-ZÅÄÖ]{1,6}[ -]?\d{1,5}[A-Z]?)\b"
)
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
    if len(name.split()) > _LONGEST_NAME or (any(map(str.isdigit, name)) and not number_of(name)):
        return Unread(_("That does not look like a name. Who is the guest lecturer?"))
    number = number_of(name)
    if number is not None:
        person = await alumnus_seen(session, number, request.actor.viewer)
        if person is None:
            return Unread(_("I find no such person. What is the lecturer's name?"))
        filled.update(lecturer=person.name, alumnus=person.id)
        return None
    known = fuller_name(name, filled.get("lecturer"))
    found = await alumni_called(session, known, request.actor.viewer, request.actor.home_id, 5)
    if known != name:
        name, found = known, other_than(filled.get("alumnus"), found)
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
    before = date.fromisoformat(filled["date"]) if filled.get("date") else None
    taken = None if before is None else _changed(raw, before, request, filled)
    if taken is None:
        found = read_date(raw, request)
        if isinstance(found, Unread):
            hours = hours_beside(raw, request)
            filled.update(_new_hours(*hours, filled) if hours else {})
            return found
        taken = {"date": found.isoformat()} if isinstance(found, date) else _day_and_hours(found)
    day = date.fromisoformat(taken["date"])
    if day < request.local_now.date():
        filled.update({name: at for name, at in taken.items() if name != "date"})
        return Unread(_("{day} has already passed. Which day should it be?", day=day))
    if "starts" in taken and "ends" not in taken:
        taken |= _new_hours(time.fromisoformat(taken["starts"]), None, filled)
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
    """Return the person named, known or not."""
    marked = next(iter(request.said("person")), None)
    named = named_in_order(request)
    return named if named and (marked is None or fold(marked) in fold(named)) else marked


def heard_topic(request: Request) -> str | None:
    """Return the topic named: what follows "om", or else a field."""
    name = fold(named_in_order(request) or "")  # without capitals a name may look like a field
    said = [words for words in request.said("field") if fold(words) != name]
    fields = [re.sub(r"\s+\d+$", "", words) for words in said]
    found = _TOPIC.search(plain_text(request)) if _asked(request) or fields else None
    after = found.group(1).strip() if found else None
    if after and (not fields or fields[0].casefold() in after.casefold()):
        return after
    return fields[0] if fields else None


def heard_day(request: Request) -> str | None:
    """Return what is said of the time; a whole week or term is no day."""
    text = hour_written_out(_ROOM.sub(" ", _COURSE.sub(" ", request.text)).strip())
    when = find(text, request.now, tz=request.actor.zone, lang=request.locale)
    days = when.kind == "range" and not when.has_time and when.start != when.end
    return None if when.kind == "none" or days else text


def heard_unit(request: Request) -> str | None:
    """Return the unit named."""
    return next(iter(request.said("unit")), None)


def heard_course(request: Request) -> str | None:
    """Return a course named, or what looks like a course code."""
    found = _COURSE.search(request.text)
    named = request.said("course")
    if found and found.group() not in request.denied("course"):
        return found.group()
    return next(iter(named), None)


def heard_room(request: Request) -> str | None:
    """Return the room named."""
    found = _ROOM.search(request.text)
    return found.group("named") or found.group("code") if found else None


async def unit_name(session: Session, filled: Filled) -> Any:
    """Return the name of the draft's unit."""
    return name_of(await unit_by_id(session, filled["unit"]))


def _asked(request: Request) -> bool:
    understood = request.understanding
    return understood is not None and understood.intent == "register_guest_lecturer"


def plain_text(request: Request) -> str:
    """Return a text without its time, course code and room: "om AI den 12 mars i sal 5"."""
    text = _ROOM.sub(_comma, _COURSE.sub(_comma, request.text))
    when = find(text, request.now, tz=request.actor.zone, lang=request.locale)
    for start, end in sorted(when.spans, reverse=True):
        text = f"{text[:start]},{text[end:]}"
    return _LINKS.sub("", re.sub(r"\s*,(?:\s*,)*", ",", text)).strip(" ,")


def _comma(found: re.Match[str]) -> str:
    return "," + " " * (len(found.group()) - 1)  # as long as it was, so that it joins no words


def _new_hours(starts: time, ends: time | None, filled: Filled) -> dict[str, str]:
    """Return new hours; where only the beginning is said the lecture is as long as it was."""
    day = date.min
    if ends is None and filled.get("starts") and filled.get("ends"):
        before = [datetime.combine(day, time.fromisoformat(filled[k])) for k in ("starts", "ends")]
        ends = (datetime.combine(day, starts) + (before[1] - before[0])).time()
    told = {"starts": starts, "ends": ends}
    return {name: at.isoformat("minutes") for name, at in told.items() if at is not None}


def _changed(raw: str, before: date, request: Request, filled: Filled) -> dict[str, Any] | None:
    """Return what a correction says of a day that is known: only hours, or only another day."""
    hours = hours_said(raw, request)
    if hours is not None:
        return {"date": before.isoformat(), **_new_hours(*hours, filled)}
    when = find(raw, request.now, tz=request.actor.zone, lang=request.locale)
    shift = shift_of(when)
    if shift is not None:
        return {"date": (before + shift).isoformat()}
    if when.kind == "date" and len(when.values) == 1:
        return {"date": near(when, raw, before, request).isoformat()}
    return None


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


def _read_hour(name: str, raw: str, request: Request, filled: Filled) -> Unread | None:
    try:
        # Only a plain clock: "14-16" would be read as 14 o'clock in a zone sixteen hours away.
        clock = time.fromisoformat(raw.strip() if _CLOCK.match(raw) else "")
        filled[name] = clock.isoformat("minutes")
    except ValueError:
        hours = hours_said(raw, request)
        if hours is None:
            return Unread(_("Write the time as 13:15."))
        if name == "starts":
            filled.update(_new_hours(*hours, filled))
        else:
            filled[name] = (hours[1] or hours[0]).isoformat("minutes")
    return None
