"""How the cells of a file of alumni are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from babel import Locale

from storage.folding import fold
from storage.imports.alumni.columns import CONSENTS, OFFERS
from storage.imports.alumni.row import moment_of
from storage.imports.cells import (
    Read,
    day,
    each,
    email,
    needed,
    one_of,
    or_none,
    pieces,
    whole,
    words,
    yes_or_no,
)
from storage.imports.kind import Errand
from storage.imports.names import Names

_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Known:
    """The names that cells refer to; programme_units: the unit of each programme."""

    unit: Names[int]
    programme: Names[int]
    field: Names[int]
    city: Names[int]
    programme_units: Mapping[int, int]


def readers(known: Known, errand: Errand) -> dict[str, Read]:
    """Return a reader for each column."""
    name, title, a_day = needed(words(80)), words(120), or_none(day)
    return {
        "register_id": needed(words(60)),
        "given_name": name,
        "family_name": name,
        "email": or_none(email),
        "city": or_none(known.city.find),
        "unit": or_none(known.unit.find),
        "programme": _programmes(known),
        "year": _years(errand),
        "employer": words(120),
        "title": title,
        "title_en": title,
        "paused_until": a_day,
        "last_contact": a_day,
        "yearly_cap": or_none(whole(0, 365)),
        "protected": or_none(yes_or_no),
        **_offered(known),
        **{column: _consent(purpose) for column, purpose in CONSENTS.items()},
        "consent_date": or_none(lambda cell: moment_of(day(cell), errand)),
    }


def _offered(known: Known) -> dict[str, Read]:
    """Return the readers of what she offers; None stands for a cell that says nothing."""
    return {
        "offers": each(one_of(OFFERS)),
        "fields": lambda cell: known.field.find_all(pieces(cell)),
        "languages": _languages(),
        "capacity": or_none(whole(0, 100)),
        "pitch_sv": words(400),
        "pitch_en": words(400),
    }


def _programmes(known: Known) -> Read:
    def read(cell: str) -> tuple[tuple[int, int], ...]:
        found = known.programme.find_all(pieces(cell))
        return tuple((key, known.programme_units[key]) for key in found)

    return read


def _years(errand: Errand) -> Read:
    year = whole(_FIRST_YEAR, errand.today.year + 1)

    def read(cell: str) -> tuple[int, ...]:
        # A register may keep the day of the degree; only the year is asked for.
        said = (str(day(piece).year) if "-" in piece else piece for piece in pieces(cell))
        return tuple(map(year, said))

    return read


def _consent(purpose: str) -> Read:
    return or_none(partial(_said, purpose))


def _said(purpose: str, cell: str) -> tuple[str, bool]:
    return purpose, yes_or_no(cell)


def _languages() -> Read:
    meanings = {
        fold(name): code
        for locale in ("sv", "en")
        for code, name in Locale(locale).languages.items()
        if len(code) == 2  # noqa: PLR2004 (ISO 639-1)
    }
    codes = {code: code for code in meanings.values()}
    read = each(one_of(meanings | codes, "a language: write its name, or its code such as sv"))
    return lambda cell: list(read(cell)) or None
