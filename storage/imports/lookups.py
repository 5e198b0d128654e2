"""Load the names that the cells of a file may refer to."""

from sqlalchemy import select

from storage.database import Session
from storage.imports.names import Names
from storage.tables import City, Field, FieldName, Programme, Unit, UnitName


async def unit_names(session: Session) -> Names[int]:
    """Return the units by key, official name and every other name."""
    units = list(await session.scalars(select(Unit).order_by(Unit.id)))
    others = await session.execute(select(UnitName.unit_id, UnitName.name).order_by(UnitName.id))
    official = [(unit.id, name) for unit in units for name in (unit.name_sv, unit.name_en)]
    return Names(
        "unit", [(unit.id, unit.key) for unit in units], [*official, *((i, n) for i, n in others)]
    )


async def programme_names(session: Session) -> Names[int]:
    """Return the programmes by code, name and short names."""
    rows = list(await session.scalars(select(Programme).order_by(Programme.id)))
    named = [(row.id, name) for row in rows for name in (row.name_sv, row.name_en, *row.short)]
    return Names("programme", [(row.id, row.code) for row in rows], named)


async def field_names(session: Session) -> Names[int]:
    """Return the fields by key and every word for them."""
    rows = list(await session.scalars(select(Field).order_by(Field.id)))
    words = await session.execute(select(FieldName.field_id, FieldName.name).order_by(FieldName.id))
    official = [(row.id, name) for row in rows for name in (row.name_sv, row.name_en)]
    return Names(
        "field", [(row.id, row.key) for row in rows], [*official, *((i, n) for i, n in words)]
    )


async def city_names(session: Session) -> Names[int]:
    """Return the cities by name and other names."""
    rows = list(await session.scalars(select(City).order_by(City.id)))
    named = [(row.id, name) for row in rows for name in (row.name_en, *row.aliases)]
    return Names("city", [(row.id, row.name_sv) for row in rows], named)
