"""Tie the words of a message to what exists; what was not understood is told, never dropped."""

from dataclasses import dataclass, field
from typing import Any

from actions.request import Request
from actions.words import Listed, Named, Text, _
from storage import Session
from storage.queries.units import unit_by_id, units_called
from storage.queries.vocabulary import (
    cities_called,
    employers_called,
    fields_called,
    programmes_called,
)
from storage.tables import Unit

Criteria = dict[str, Any]


@dataclass(slots=True)
class Grounded:
    """What a message's entities mean: criteria by ids, their names, and what meant nothing.

    criteria: unit, fields, cities, employers, programme, each absent when not said.
    named: the shown name of each criterion, by the same keys.
    unknown: notes about words that were said but mean nothing here.
    """

    criteria: Criteria = field(default_factory=dict)
    named: dict[str, Named | str] = field(default_factory=dict)
    unknown: list[Text] = field(default_factory=list)


async def grounded(request: Request, session: Session) -> Grounded:
    """Return the filters that a message names."""
    found = Grounded()
    await _unit(request, session, found)
    await _fields(request, session, found)
    await _cities(request, session, found)
    await _employers(request, session, found)
    await _programme(request, session, found)
    return found


async def _unit(request: Request, session: Session, found: Grounded) -> None:
    for words in request.said("unit"):
        units = await units_called(session, words)
        if units:
            found.criteria["unit"] = units[0].id
            found.named["unit"] = name_of(units[0])
        else:
            found.unknown.append(
                _("I know no unit called “{words}”, so I left it out.", words=words)
            )


async def _fields(request: Request, session: Session, found: Grounded) -> None:
    for words in request.said("field"):
        fields = await fields_called(session, words)
        if fields:
            found.criteria.setdefault("fields", []).extend(f.id for f in fields)
            found.named["fields"] = Named(fields[0].name_sv, fields[0].name_en)
        else:
            found.unknown.append(
                _("I know no field called “{words}”, so I left it out.", words=words)
            )


async def _cities(request: Request, session: Session, found: Grounded) -> None:
    for words in request.said("city"):
        cities = await cities_called(session, words)
        if cities:
            found.criteria.setdefault("cities", []).extend(c.id for c in cities)
            one = len(cities) == 1
            found.named["cities"] = Named(cities[0].name_sv, cities[0].name_en) if one else words
        else:
            found.unknown.append(
                _("I know no city called “{words}”, so I left it out.", words=words)
            )


async def _employers(request: Request, session: Session, found: Grounded) -> None:
    for words in request.said("company"):
        employers = await employers_called(session, words)
        if employers:
            found.criteria.setdefault("employers", []).extend(employers)
            found.named["employers"] = words
        else:
            found.unknown.append(
                _("I know of no alumnus at “{words}”, so I left it out.", words=words)
            )


async def _programme(request: Request, session: Session, found: Grounded) -> None:
    for words in (*request.said("programme"), *request.said("course")):
        programmes = await programmes_called(session, words)
        if programmes:
            found.criteria["programme"] = programmes[0].id
            found.named["programme"] = Named(programmes[0].name_sv, programmes[0].name_en)
        elif words in request.said("programme"):
            found.unknown.append(
                _("I know no programme called “{words}”, so I left it out.", words=words)
            )


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
