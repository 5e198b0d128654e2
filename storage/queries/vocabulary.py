"""The university's words: fields, programmes, cities, employers, and what the model looks up."""

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from storage.database import Session
from storage.folding import fold
from storage.matching import matches
from storage.queries.naming import rows_by_id, rows_called
from storage.tables import City, Employment, Field, FieldName, Programme, UnitName

# Columns, not rows: one name is looked for among all, and none of the others is used.
_CITIES = select(City.id, City.name_sv, City.name_en, City.aliases, City.areas).order_by(
    City.name_sv
)
_PROGRAMMES = select(
    Programme.id, Programme.code, Programme.name_sv, Programme.name_en, Programme.short
)
# The same few hundred names come with every question; no name of a person is among them.
_folded = lru_cache(maxsize=10_000)(fold)
# What stands behind an employer's name and is left out in speech.
_LEGAL = frozenset(
    """ab group cars trucks sverige sweden nordic nordics international global holding publ
    koncernen gruppen""".split()
)
_SHORTEST_COMMON = 4


async def fields_called(session: Session, words: str) -> list[Field]:
    """Return the fields that `words` means, in either language."""
    return await rows_called(session, words, Field, FieldName.field_id, FieldName.folded)


async def with_narrower(session: Session, field_ids: list[int]) -> list[int]:
    """Return the fields and all that they include: finance includes sustainable finance."""
    return list(await session.scalars(_NARROWER, {"field_ids": field_ids}))


def _narrower() -> Select[tuple[int]]:
    wanted = Field.id.in_(bindparam("field_ids", expanding=True))
    below = select(Field.id).where(wanted).cte("narrower", recursive=True)
    below = below.union(select(Field.id).where(Field.broader_id == below.c.id))
    return select(below.c.id)


_NARROWER = _narrower()


async def programmes_called(session: Session, words: str) -> list[Programme]:
    """Return the programmes that `words` means: by code, name or short name."""
    rows = list(await session.execute(_PROGRAMMES))
    names = (
        (row.id, _folded(name))
        for row in rows
        for name in (row.code, row.name_sv, row.name_en, *row.short)
    )
    return await rows_by_id(session, Programme, matches(words, names))


async def cities_called(session: Session, words: str) -> list[City]:
    """Return the cities that `words` means; a region or a country means all of its cities."""
    rows = list(await session.execute(_CITIES))
    wanted = matches(words, ((row.id, _folded(n)) for row in rows for n in _city_names(row)))
    if not wanted:
        areas = ((row.id, _folded(area)) for row in rows for area in row.areas)
        wanted = matches(words, areas)
    return await rows_by_id(session, City, wanted)


def _city_names(city: Any) -> tuple[str, ...]:
    return (city.name_sv, city.name_en, *city.aliases)


async def employers_called(session: Session, words: str) -> list[str]:
    """Return the folded employer names that `words` means; part of a name is enough."""
    names = list(await session.scalars(select(Employment.folded).distinct()))
    wanted = fold(words)
    part = [n for n in names if wanted and f" {wanted} " in f" {n} "]
    if part:
        return part
    return [names[i] for i in matches(words, enumerate(names))]


async def employer_name(session: Session, folded: list[str], words: str) -> str:
    """Return how some employers are told: the one name there is, else the words themselves."""
    names = set(
        await session.scalars(select(Employment.employer).where(Employment.folded.in_(folded)))
    )
    return names.pop() if len(names) == 1 else words[:1].upper() + words[1:]


def _common_name(employer: str) -> str | None:
    """Return what people call an employer: "Volvo" for "Volvo Group"; None = as it is."""
    words = employer.split()
    while len(words) > 1 and words[-1].casefold() in _LEGAL:
        words.pop()
    common = " ".join(words)
    return common if common != employer and len(common) >= _SHORTEST_COMMON else None


async def field_names(session: Session) -> list[tuple[str, str]]:
    """Return (the field's English name, one of its names) for the whole thesaurus."""
    rows = await session.execute(
        select(Field.name_en, FieldName.name).join(FieldName, FieldName.field_id == Field.id)
    )
    return [(row[0], row[1]) for row in rows]


async def lookups(session: Session) -> AsyncIterator[tuple[str, str]]:
    """Yield (entity, name) for every name that a message may mention."""
    for row in await session.scalars(select(UnitName.name)):
        yield "unit", row
    for row in await session.scalars(select(FieldName.name)):
        yield "field", row
    for programme in await session.scalars(select(Programme)):
        for name in (programme.code, programme.name_sv, programme.name_en, *programme.short):
            yield "programme", name
    for city in await session.scalars(select(City)):
        for name in (*_city_names(city), *city.areas):
            yield "city", name
    for row in await session.scalars(select(Employment.employer).distinct()):
        yield "company", row
        if common := _common_name(row):
            yield "company", common
