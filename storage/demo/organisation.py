"""The demo's units, programmes, fields and cities."""

from collections.abc import Iterable
from typing import Any

from storage.database import Session
from storage.demo.reading import rows
from storage.folding import fold
from storage.tables import City, Field, FieldName, Programme, Unit, UnitName


async def add_units(session: Session) -> dict[str, Unit]:
    """Add the tree of units; return them by key."""
    units: dict[str, Unit] = {}
    for row in rows("units", "unit"):
        names = dict.fromkeys([row["name_sv"], row["name_en"], *row["short"]])
        parent = units.get(row.get("parent", ""))
        units[row["key"]] = unit = Unit(
            key=row["key"],
            kind=row["kind"],
            parent_id=None if parent is None else parent.id,
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            names=[UnitName(name=name, folded=fold(name)) for name in names],
        )
        session.add(unit)
        await session.flush()
    return units


async def add_programmes(session: Session, units: dict[str, Unit]) -> dict[str, Programme]:
    """Add the programmes; return them by code."""
    programmes = {
        row["code"]: Programme(
            code=row["code"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            short=row["short"],
            unit_id=units[row["unit"]].id,
        )
        for row in rows("programmes", "programme")
    }
    session.add_all(programmes.values())
    await session.flush()
    return programmes


async def add_fields(session: Session) -> dict[str, Field]:
    """Add the thesaurus, broader fields tied to their narrower ones; return it by key."""
    fields: dict[str, Field] = {}
    for row in rows("fields", "field"):
        words = [row["name_sv"], row["name_en"], *row["aliases_sv"], *row["aliases_en"]]
        fields[row["key"]] = Field(
            key=row["key"],
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            names=[FieldName(name=name, folded=fold(name)) for name in dict.fromkeys(words)],
        )
    session.add_all(fields.values())
    await session.flush()
    for row in rows("fields", "field"):
        for narrower in row.get("narrower", []):
            fields[narrower].broader_id = fields[row["key"]].id
    await session.flush()
    return fields


async def add_cities(session: Session) -> dict[str, City]:
    """Add the cities with every name of the areas they lie in; return them by Swedish name."""
    areas = [*rows("cities", "region"), *rows("cities", "country"), *rows("cities", "area")]
    by_name = {area["name_sv"]: area for area in areas}
    cities: dict[str, City] = {}
    for row in rows("cities", "city"):
        region = by_name[row["region"]]
        cities[row["name_sv"]] = City(
            name_sv=row["name_sv"],
            name_en=row["name_en"],
            region_sv=region["name_sv"],
            region_en=region["name_en"],
            aliases=row["aliases"],
            areas=list(dict.fromkeys(_area_names(row, areas))),
        )
    session.add_all(cities.values())
    await session.flush()
    return cities


def _area_names(city: dict[str, Any], areas: list[dict[str, Any]]) -> Iterable[str]:
    inside = {city["region"], city["country"]}
    for area in areas:
        parts = {*area.get("regions", []), *area.get("countries", [])}
        if area["name_sv"] in inside or inside & parts:
            yield from (area["name_sv"], area["name_en"], *area["aliases"])
