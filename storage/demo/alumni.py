"""The demo's 5,000 alumni: names, studies, work, consents."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from faker import Faker
from sqlalchemy import insert, select

from storage.database import Session
from storage.demo.reading import rows
from storage.folding import fold
from storage.tables import Alumnus, City, Consent, Employment, Field, Programme, Study, Unit

COUNT = 5_000
_LOCALES = {"sv_SE": 88, "fi_FI": 3, "de_DE": 2, "en_GB": 2, "es_ES": 2, "pl_PL": 2, "it_IT": 1}
_ARRIVED_AT, _ARRIVED = "handels", 8
_CONTACT, _PICTURE, _WORKING, _MOVED = 0.72, 0.2, 0.93, 0.25


@dataclass(slots=True)
class Place:
    """What the generator draws from: chance, the day, and the organisation."""

    chance: random.Random
    today: date
    units: dict[str, Unit]
    programmes: dict[str, Programme]
    fields: dict[str, Field]
    cities: dict[str, City]
    names: "Names" = field(init=False)
    towns: dict[str, int] = field(init=False)  # how many live there, relative to the others

    def __post_init__(self) -> None:
        """Seed the names by the same chance."""
        self.names = Names(self.chance)
        self.towns = {row["name_sv"]: row["weight"] for row in rows("cities", "city")}


class Names:
    """Names of people, no full name twice."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._fakers = [Faker(locale) for locale in _LOCALES]
        for faker in self._fakers:
            faker.seed_instance(chance.randrange(2**32))
        self.taken = {"Anna Svensson"}

    def draw(self) -> tuple[str, str]:
        """Return a given and a family name that nobody has yet."""
        while True:
            (faker,) = self._chance.choices(self._fakers, list(_LOCALES.values()))
            given, family = faker.first_name(), faker.last_name()
            if f"{given} {family}" not in self.taken:
                self.taken.add(f"{given} {family}")
                return given, family


@dataclass(frozen=True, slots=True)
class Drawn:
    """One alumnus as plain rows: tables filled row by row would take ten times as long.

    code: the programme's code. employment: absent for those without work.
    """

    code: str
    alumnus: dict[str, Any]
    study: dict[str, Any]
    employment: dict[str, Any] | None


async def add_alumni(session: Session, place: Place) -> list[tuple[int, Drawn]]:
    """Add the alumni with studies, work and consents; return their ids beside their rows."""
    programmes = rows("programmes", "programme")
    weights = [row["weight"] for row in programmes]
    employers = rows("employers", "employer")
    titles = rows("titles", "title")
    drawn = []
    for number in range(COUNT):
        (row,) = place.chance.choices(programmes, weights)
        drawn.append(_drawn(place, number, row, employers, titles))
    _arrive(drawn, place)
    await session.execute(insert(Alumnus), [one.alumnus for one in drawn])
    found = await session.execute(select(Alumnus.register_id, Alumnus.id))
    ids: dict[str, int] = {row[0]: row[1] for row in found}
    alumni = [(ids[one.alumnus["register_id"]], one) for one in drawn]
    await session.execute(insert(Study), [{"alumnus_id": i, **one.study} for i, one in alumni])
    work = [{"alumnus_id": i, **one.employment} for i, one in alumni if one.employment]
    await session.execute(insert(Employment), work)
    await session.execute(
        insert(Consent), [row for i, _one in alumni for row in _consents(place, i)]
    )
    return alumni


def _arrive(drawn: Sequence[Drawn], place: Place) -> None:
    """Let the last import have brought a few to one unit, so that its digest has somebody new."""
    unit_id = place.units[_ARRIVED_AT].id
    there = [one for one in drawn if one.alumnus["owner_unit_id"] == unit_id]
    for one in drawn:
        one.alumnus["arrived_on"] = None
    for one in there[-_ARRIVED:]:
        one.alumnus["arrived_on"] = place.today - timedelta(days=4)


def _drawn(
    place: Place,
    number: int,
    programme: dict[str, Any],
    employers: Sequence[dict[str, Any]],
    titles: Sequence[dict[str, Any]],
) -> Drawn:
    given, family = place.names.draw()
    year = place.chance.randint(max(programme["since"], place.today.year - 32), place.today.year)
    unit_id = place.units[programme["unit"]].id
    employer = _employer(place, programme, employers)
    name = fold(f"{given} {family}")
    working = place.chance.random() < _WORKING
    years = place.today.year - year
    return Drawn(
        code=programme["code"],
        alumnus={
            "register_id": f"NHU-{number + 1:05d}",
            "given_name": given,
            "family_name": family,
            "folded": name,
            "email": f"{name.replace(' ', '.')}{number}@alumn.example",
            "city_id": _city(place, employer).id,
            "owner_unit_id": unit_id,
            "last_contact": _last_contact(place),
        },
        study={
            "programme_id": place.programmes[programme["code"]].id,
            "unit_id": unit_id,
            "year": year,
        },
        employment=_employment(place, employer, titles, years) if working else None,
    )


def _employer(
    place: Place, programme: dict[str, Any], employers: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    wanted = set(programme["fields"])
    weights = [row["weight"] * (12 if wanted & set(row["fields"]) else 1) for row in employers]
    (chosen,) = place.chance.choices(employers, weights)
    return chosen


def _employment(
    place: Place, employer: dict[str, Any], titles: Sequence[dict[str, Any]], years: int
) -> dict[str, Any]:
    level = "junior" if years < 4 else "senior" if years > 11 else "mid"  # noqa: PLR2004 (titles.toml)
    wanted = set(employer["fields"])
    fitting = [
        row
        for row in titles
        if row["level"] == level and (not row["fields"] or wanted & set(row["fields"]))
    ]
    title = place.chance.choice(fitting or list(titles))
    return {
        "employer": employer["name"],
        "folded": fold(employer["name"]),
        "title_sv": title["sv"],
        "title_en": title["en"],
    }


def _city(place: Place, employer: dict[str, Any]) -> City:
    known = [place.cities[name] for name in employer["cities"] if name in place.cities]
    if known and place.chance.random() > _MOVED:
        return place.chance.choice(known)
    (name,) = place.chance.choices(list(place.towns), list(place.towns.values()))
    return place.cities[name]


def _last_contact(place: Place) -> date | None:
    if place.chance.random() < 0.6:  # noqa: PLR2004 (most were never contacted)
        return None
    return place.today - timedelta(days=place.chance.randint(3, 1500))


def _consents(place: Place, alumnus_id: int) -> Iterator[dict[str, Any]]:
    for purpose, share in (("contact", _CONTACT), ("picture", _PICTURE)):
        if place.chance.random() < share:
            yield consent(place, alumnus_id, purpose)


def consent(place: Place, alumnus_id: int, purpose: str, *, given: bool = True) -> dict[str, Any]:
    """Return a consent's row, given or refused some day of the last three years."""
    day = place.today - timedelta(days=place.chance.randint(20, 1000))
    return {
        "alumnus_id": alumnus_id,
        "purpose": purpose,
        "given": given,
        "at": datetime.combine(day, time(10), tzinfo=UTC),
        "source": "import",
    }
