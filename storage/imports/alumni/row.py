"""One alumnus as a row of a file tells her."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

from storage.folding import fold
from storage.imports.faults import BadRow
from storage.imports.kind import Errand

# The columns of the alumnus' own table, in the order of AlumnusRow.own.
OWN = (
    "register_id",
    "given_name",
    "family_name",
    "folded",
    "email",
    "city_id",
    "owner_unit_id",
    "protected",
    "paused_until",
    "yearly_cap",
    "last_contact",
)
_FOLDED_LONGEST = 170
# Several moments of one day would have no order; noon is that day in every zone of the Nordics.
_NOON = time(12, tzinfo=UTC)
NO_EMPLOYER = "a title without an employer was left out"
NO_OFFER = "fields, languages, capacity or presentation without an offer were left out"


class AlumnusRow(NamedTuple):
    """What the file says, ids in the place of names.

    own: values of the columns OWN; protected, yearly_cap and last_contact are None where the
    file says nothing. programmes: each with its unit. years: one for each programme, one for
    all, or none. work: employer, title, title_en; None without employer. terms: fields,
    languages, capacity and two presentations of her offers, each None where the file says
    nothing. consents: purpose and yes or no; consented_at: None for now.
    """

    register_id: str
    own: tuple[Any, ...]
    programmes: tuple[tuple[int, int], ...]
    years: tuple[int, ...]
    work: tuple[str, str, str] | None
    offers: tuple[str, ...]
    terms: tuple[Any, ...]
    consents: list[tuple[str, bool]]
    consented_at: datetime | None

    @property
    def owner_unit_id(self) -> int:
        """The unit that owns the relation."""
        found: int = self.own[6]
        return found

    @property
    def protected(self) -> bool:
        """Whether the file says that her identity is protected."""
        return self.own[7] is True


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Return a name folded; the same given names and employers come again and again."""
    return fold(name)


def row_of(values: Sequence[Any], errand: Errand) -> AlumnusRow:
    """Return a row made of its cells, in the order of the columns.

    Raises:
        BadRow: two cells contradict each other.
    """
    (
        register_id, given, family, email, city, unit, programmes, years, employer, title, title_en,
        offers, fields, languages, capacity, pitch_sv, pitch_en, paused, cap, protected, contacted,
        mentor, lecturer, contact, picture, consented_at,
    ) = values  # fmt: skip
    programmes, years = programmes or (), years or ()
    if len(years) > 1 and len(years) != len(programmes):
        raise BadRow(f"{len(years)} years for {len(programmes)} programmes")
    if unit is None:
        if not programmes:
            raise BadRow("unit: is empty, and there is no programme to tell it")
        unit = programmes[0][1]
    name = f"{folded(given)} {folded(family)}"
    if len(name) > _FOLDED_LONGEST:
        raise BadRow("the name is too long")
    terms = (fields, languages, capacity, pitch_sv, pitch_en)
    if title and not employer:
        errand.notes[NO_EMPLOYER] += 1
    if not offers and (fields or languages or capacity or pitch_sv or pitch_en):
        errand.notes[NO_OFFER] += 1
    return AlumnusRow(
        register_id,
        (register_id, given, family, name, email, city, unit, protected, paused, cap, contacted),
        programmes,
        years,
        (employer, title or "", title_en or title or "") if employer else None,
        offers or (),
        terms,
        [said for said in (mentor, lecturer, contact, picture) if said is not None],
        consented_at,
    )


def moment_of(day: date, errand: Errand) -> datetime:
    """Return the moment that a consent of a day counts from.

    Raises:
        BadRow: the day lies ahead.
    """
    if day > errand.today:
        raise BadRow("lies in the future")
    return min(datetime.combine(day, _NOON), errand.now)
