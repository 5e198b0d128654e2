"""What a search leaves out; whoever has no city, no work or no studies is not left out by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, or_, select

from storage.tables import Alumnus, Employment, Study

Values = Sequence[Any] | BindParameter[Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Values that nobody found may have; ids but for employers, which are folded names.

    fields and units: with all that they include. people: alumni.
    """

    cities: tuple[int, ...] = ()
    fields: tuple[int, ...] = ()
    employers: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


NOTHING = LeftOut()


def lives_outside(cities: Values) -> ColumnElement[bool]:
    """Whether `Alumnus` lives in none of some cities, as far as is known."""
    return or_(Alumnus.city_id.is_(None), Alumnus.city_id.not_in(cities))


def works_elsewhere(employers: Values) -> ColumnElement[bool]:
    """Whether `Alumnus` works at none of some employers today."""
    there = Employment.folded.in_(employers)
    return is_none_of(select(Employment.alumnus_id).where(Employment.until.is_(None), there))


def studied_outside(units: Values) -> ColumnElement[bool]:
    """Whether `Alumnus` has studied at none of some units."""
    return is_none_of(select(Study.alumnus_id).where(Study.unit_id.in_(units)))


def read_none_of(programmes: Values) -> ColumnElement[bool]:
    """Whether `Alumnus` has read none of some programmes."""
    return is_none_of(select(Study.alumnus_id).where(Study.programme_id.in_(programmes)))


def is_none_of(people: Values | Select[Any]) -> ColumnElement[bool]:
    """Whether `Alumnus` is none of some people; a lecture may have no alumnus at all."""
    return or_(Alumnus.id.is_(None), Alumnus.id.not_in(people))
