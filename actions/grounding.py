"""Tie the words of a message to what exists; what was not understood is told, never dropped."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from actions.mentioning import (
    half_heard,
    hers,
    told_as_field,
    told_of_students,
    unplaced,
    whole_name,
)
from actions.request import Request
from actions.words import Listed, Named, Text, _
from storage import Session
from storage.queries.units import unit_by_id, units_called
from storage.queries.vocabulary import (
    cities_called,
    employer_name,
    employers_called,
    fields_called,
    programmes_called,
)
from storage.tables import Unit

Criteria = dict[str, Any]
# "min enhet", "my own faculty": the units of whoever says it.
OWN_UNIT = re.compile(
    r"\b(?:min|mina|vår|våra|my|our)\s+(?:egen\s+|egna\s+|own\s+)?"
    r"(?:enhet(?:er)?|fakultet(?:er)?|institution(?:er)?|units?|facult(?:y|ies)|departments?|"
    r"school)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Grounded:
    """What a message's entities mean: criteria by ids, their names, and what meant nothing.

    criteria: unit, fields, cities, employers, programme, each absent when not said.
    named: the shown name of each criterion, by the same keys.
    soft: criteria that were perhaps only mentioned; they give way before they empty a result.
    unknown: notes about words that were said but mean nothing here.
    """

    criteria: Criteria = field(default_factory=dict)
    named: dict[str, Named] = field(default_factory=dict)
    soft: list[str] = field(default_factory=list)
    unknown: list[Text] = field(default_factory=list)


async def grounded(request: Request, session: Session) -> Grounded:
    """Return the filters that a message names."""
    found = Grounded()
    for entity, ground in _GROUNDS.items():
        for words in request.said(entity):
            if whole_name(request, words) != words:
                await _whole(words, request, session, found)
            else:
                await ground(words, request, session, found)
    for words in unplaced(request):
        if not await _elsewhere(words, session, found):
            found.unknown.append(
                _("I don't know what “{words}” is here, so I left it out.", words=words)
            )
    return found


async def of_one_kind(entity: str, words: str, session: Session) -> Grounded:
    """Return what one name means among the names of its kind, else among all."""
    found = Grounded()
    known = _KNOWN.get(entity)
    if known is None or not await known(words, session, found):
        await _elsewhere(words, session, found)
    return found


async def _whole(words: str, request: Request, session: Session, found: Grounded) -> None:
    """Take the longer name that a marked word begins: "School" of "School of Wizardry"."""
    whole = whole_name(request, words)
    if not await _elsewhere(whole, session, found):
        found.unknown.append(
            _("I don't know what “{words}” is here, so I left it out.", words=whole)
        )


async def _unit(words: str, request: Request, session: Session, found: Grounded) -> None:
    as_field = told_as_field(request, words) or half_heard(request, words) is not None
    if as_field and await _field_if_known(words, session, found):
        _tell_half(words, request, found)
        return
    units = await units_called(session, words)
    if units and not hers(request, words):
        found.criteria["unit"] = units[0].id
        found.named["unit"] = name_of(units[0])
        own = {request.actor.unit_id, request.actor.home_id}
        if units[0].id in own or told_of_students(request, words):
            found.soft.append("unit")
    elif not units and not await _elsewhere(words, session, found):
        found.unknown.append(_("I know no unit called “{words}”, so I left it out.", words=words))


async def _field(words: str, request: Request, session: Session, found: Grounded) -> None:
    if await _field_if_known(words, session, found):
        _tell_half(words, request, found)
        return
    if await _elsewhere(words, session, found):
        return
    near = await _nearest_field(words, request, session, found)
    if not near and not await _end_of(words, session, found):
        found.unknown.append(_("I know no field called “{words}”, so I left it out.", words=words))


def _tell_half(words: str, request: Request, found: Grounded) -> None:
    """Say that only the end of a phrase was understood: "logistics" of "drone logistics"."""
    whole = half_heard(request, words)
    if whole is not None:
        found.unknown.append(_only_the_end(whole, found))


def _only_the_end(whole: str, found: Grounded) -> Text:
    return _(
        "I know no field called “{words}”, so I searched for {field}.",
        words=whole,
        field=found.named["fields"],
    )


async def _end_of(words: str, session: Session, found: Grounded) -> bool:
    """Take the field that an unknown phrase ends with: both languages put the head last."""
    parts = words.split()
    for at in range(1, len(parts)):
        if await _field_if_known(" ".join(parts[at:]), session, found):
            found.unknown.append(_only_the_end(words, found))
            return True
    return False


async def _nearest_field(words: str, request: Request, session: Session, found: Grounded) -> bool:
    """Take the field that comes nearest to one that the thesaurus lacks, and say so."""
    near = request.understanding.near if request.understanding else ()
    for name in (nearest for said, nearest, _likeness in near if said == words):
        fields = await fields_called(session, name)
        if fields:
            found.criteria.setdefault("fields", []).extend(f.id for f in fields)
            told = Named(fields[0].name_sv, fields[0].name_en)
            _name(found, "fields", told)
            found.unknown.append(
                _(
                    "I know no field called “{words}”. The nearest is {nearest}, so I searched for "
                    "that.",
                    words=words,
                    nearest=told,
                )
            )
            return True
    return False


async def _city(words: str, _request: Request, session: Session, found: Grounded) -> None:
    if await _city_if_known(words, session, found) or await _elsewhere(words, session, found):
        return
    found.unknown.append(_("I know no city called “{words}”, so I left it out.", words=words))


async def _employer(words: str, _request: Request, session: Session, found: Grounded) -> None:
    if not await _elsewhere(words, session, found):
        found.unknown.append(_("I know of no alumnus at “{words}”, so I left it out.", words=words))


async def _programme(words: str, request: Request, session: Session, found: Grounded) -> None:
    known = bool(await programmes_called(session, words))
    if known and not hers(request, words):
        await _programme_if_known(words, session, found)
        if told_of_students(request, words):
            found.soft.append("programme")
    elif not known and words in request.said("programme"):
        if await _elsewhere(words, session, found):
            return
        found.unknown.append(
            _("I know no programme called “{words}”, so I left it out.", words=words)
        )


_Ground = Callable[[str, Request, Session, Grounded], Awaitable[None]]
_GROUNDS: dict[str, _Ground] = {
    "unit": _unit,
    "field": _field,
    "city": _city,
    "company": _employer,
    "programme": _programme,
    "course": _programme,
}


async def _elsewhere(words: str, session: Session, found: Grounded) -> bool:
    """Take a name for what it is in the register, where the model took it for another kind."""
    for known in (_employer_if_known, _field_if_known, _city_if_known, _unit_if_known):
        if await known(words, session, found):
            return True
    return False


async def _unit_if_known(words: str, session: Session, found: Grounded) -> bool:
    units = await units_called(session, words)
    if units:
        found.criteria["unit"] = units[0].id
        found.named["unit"] = name_of(units[0])
    return bool(units)


async def _programme_if_known(words: str, session: Session, found: Grounded) -> bool:
    programmes = await programmes_called(session, words)
    if programmes:
        found.criteria["programme"] = programmes[0].id
        found.named["programme"] = Named(programmes[0].name_sv, programmes[0].name_en)
    return bool(programmes)


async def _field_if_known(words: str, session: Session, found: Grounded) -> bool:
    fields = await fields_called(session, words)
    if fields:
        found.criteria.setdefault("fields", []).extend(f.id for f in fields)
        _name(found, "fields", Named(fields[0].name_sv, fields[0].name_en))
    return bool(fields)


async def _city_if_known(words: str, session: Session, found: Grounded) -> bool:
    cities = await cities_called(session, words)
    if cities:
        found.criteria.setdefault("cities", []).extend(c.id for c in cities)
        area = words[:1].upper() + words[1:]
        one = Named(cities[0].name_sv, cities[0].name_en)
        _name(found, "cities", one if len(cities) == 1 else Named(area, area))
    return bool(cities)


async def _employer_if_known(words: str, session: Session, found: Grounded) -> bool:
    employers = await employers_called(session, words)
    if employers:
        found.criteria.setdefault("employers", []).extend(employers)
        name = await employer_name(session, employers, words)
        _name(found, "employers", Named(name, name))
    return bool(employers)


_KNOWN: dict[str, Callable[[str, Session, Grounded], Awaitable[bool]]] = {
    "unit": _unit_if_known,
    "field": _field_if_known,
    "city": _city_if_known,
    "company": _employer_if_known,
    "programme": _programme_if_known,
    "course": _programme_if_known,
}


def _name(found: Grounded, key: str, name: Named) -> None:
    """Name a criterion; several values of one kind are told together."""
    before = found.named.get(key)
    if isinstance(before, Named):
        name = Named(f"{before.sv}, {name.sv}", f"{before.en}, {name.en}")
    found.named[key] = name


def name_of(unit: Unit) -> Named:
    """Return a unit's name in both languages."""
    return Named(unit.name_sv, unit.name_en)


async def scope_name(session: Session, unit_id: int | None) -> Text:
    """Return how a search's reach is told: a unit's name or the whole university."""
    if unit_id is None:
        return _("The whole university")
    return Text("{value}", {"value": name_of(await unit_by_id(session, unit_id))})


def listed(*names: Named | str) -> Listed:
    """Return names to be joined the way the language joins them."""
    return Listed(tuple(names))
