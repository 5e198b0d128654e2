"""Load the names that the cells of a file may refer to."""

from sqlalchemy import select

from storage.database import Session
from storage.imports.names import Names
from storage.tables import City, Field, FieldName, Programme, Unit, UnitName


async def unit_names(session: Session) -> Names[int]:
    """Return the units by key, official name and every other name."""
    units = await session.execute(
        select(Unit.id, Unit.key, Unit.name_sv, Unit.name_en).order_by(Unit.id)
    )
    others = await session.execute(select(UnitName.unit_id, UnitName.name).order_by(UnitName.id))
    codes, named = [], []
    for unit_id, key, name_sv, name_en in units.tuples():
        codes.append((unit_id, key))
        named += [(unit_id, name_sv), (unit_id, name_en)]
    return Names("unit", codes, [*named, *others.tuples()])


async def programme_names(session: Session) -> Names[int]:
    """Return the programmes by code, name and short names."""
    one = Programme
    rows = await session.execute(
        select(one.id, one.code, one.name_sv, one.name_en, one.short).order_by(one.id)
    )
    codes, named = [], []
    for programme_id, code, name_sv, name_en, short in rows.tuples():
        codes.append((programme_id, code))
        named += [(programme_id, name) for name in (name_sv, name_en, *short)]
    return Names("programme", codes, named)


async def field_names(session: Session) -> Names[int]:
    """Return the fields by key and every word for them."""
    fields = await session.execute(
        select(Field.id, Field.key, Field.name_sv, Field.name_en).order_by(Field.id)
    )
    words = await session.execute(select(FieldName.field_id, FieldName.name).order_by(FieldName.id))
    codes, named = [], []
    for field_id, key, name_sv, name_en in fields.tuples():
        codes.append((field_id, key))
        named += [(field_id, name_sv), (field_id, name_en)]
    return Names("field", codes, [*named, *words.tuples()])


async def city_names(session: Session) -> Names[int]:
    """Return the cities by name and other names."""
    rows = await session.execute(
        select(City.id, City.name_sv, City.name_en, City.aliases).order_by(City.id)
    )
    codes, named = [], []
    for city_id, name_sv, name_en, aliases in rows.tuples():
        codes.append((city_id, name_sv))
        named += [(city_id, name) for name in (name_en, *aliases)]
    return Names("city", codes, named)
