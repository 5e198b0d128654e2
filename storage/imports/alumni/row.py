"""One alumnus as a row of a file tells her."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from storage.folding import fold
from storage.imports.alumni.columns import CONSENTS
from storage.imports.faults import BadRow
from storage.imports.kind import Errand

_FOLDED_LONGEST = 170
_OFFERED = ("fields", "languages", "capacity", "pitch_sv", "pitch_en")
# Several moments of one day would have no order; noon is that day in every zone of the Nordics.
_NOON = time(12, tzinfo=UTC)
NO_EMPLOYER = "a title without an employer was left out"
NO_OFFER = "fields, languages, capacity or presentation without an offer were left out"


@dataclass(slots=True)
class AlumnusRow:
    """What the file says, ids in the place of names.

    values: columns of the alumnus' own table; protected, yearly_cap and last_contact are None
    where the file says nothing. programmes: each with its unit. years: one for each programme,
    one for all, or none. work: employer, title, title_en; None without employer.
    terms: of her offers, by column. consents: purpose and yes or no; consented_at: noon of the
    day, or None for now.
    """

    values: dict[str, Any]
    programmes: tuple[tuple[int, int], ...]
    years: tuple[int, ...]
    work: tuple[str, str, str] | None
    offers: tuple[str, ...]
    terms: dict[str, Any]
    consents: list[tuple[str, bool]]
    consented_at: datetime | None

    @property
    def register_id(self) -> str:
        """Her number in the alumni register."""
        found: str = self.values["register_id"]
        return found


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Return a name folded; the same given names and employers come again and again."""
    return fold(name)


def row_of(values: dict[str, Any], units: dict[int, int], errand: Errand) -> AlumnusRow:
    """Return a row made of its cells; units: the unit of each programme.

    Raises:
        BadRow: two cells contradict each other.
    """
    found: tuple[int, ...] = values.get("programme") or ()
    programmes, years = tuple((key, units[key]) for key in found), values.get("year") or ()
    if len(years) > 1 and len(years) != len(programmes):
        raise BadRow(f"{len(years)} years for {len(programmes)} programmes")
    on = values.get("consent_date")
    offers = values.get("offers") or ()
    if not offers and any(values.get(name) for name in _OFFERED):
        errand.notes[NO_OFFER] += 1
    return AlumnusRow(
        values=_own(values, programmes),
        programmes=programmes,
        years=years,
        work=_work(values, errand),
        offers=offers,
        terms={name: values[name] for name in _OFFERED if name in values} if offers else {},
        consents=[
            (purpose, said)
            for name, purpose in CONSENTS.items()
            if (said := values.get(name)) is not None
        ],
        consented_at=None if on is None else _moment(on, errand),
    )


def _own(values: dict[str, Any], programmes: tuple[tuple[int, int], ...]) -> dict[str, Any]:
    given, family = values["given_name"], values["family_name"]
    name = f"{folded(given)} {folded(family)}"
    if len(name) > _FOLDED_LONGEST:
        raise BadRow("the name is too long")
    unit_id = values["unit"]
    if unit_id is None:
        if not programmes:
            raise BadRow("unit: is empty, and there is no programme to tell it")
        unit_id = programmes[0][1]
    return {
        "register_id": values["register_id"],
        "given_name": given,
        "family_name": family,
        "folded": name,
        "email": values.get("email"),
        "city_id": values.get("city"),
        "owner_unit_id": unit_id,
        "protected": values.get("protected"),
        "paused_until": values.get("paused_until"),
        "yearly_cap": values.get("yearly_cap"),
        "last_contact": values.get("last_contact"),
    }


def _work(values: dict[str, Any], errand: Errand) -> tuple[str, str, str] | None:
    employer, title = values.get("employer"), values.get("title") or ""
    if employer:
        return employer, title, values.get("title_en") or title
    if title:
        errand.notes[NO_EMPLOYER] += 1
    return None


@lru_cache(maxsize=10_000)
def _noon(day: date) -> datetime:
    return datetime.combine(day, _NOON)


def _moment(day: date, errand: Errand) -> datetime:
    if day > errand.today:
        raise BadRow("the date of the consent lies in the future")
    return min(_noon(day), errand.now)
