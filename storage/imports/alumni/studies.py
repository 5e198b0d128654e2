"""The degrees of an alumnus: what the file says of them, and what it leaves open."""

from collections.abc import Iterator

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.row import AlumnusRow
from storage.imports.alumni.standing import Standing
from storage.imports.kind import Errand

Degree = tuple[int | None, int, int | None]  # programme, unit, year
SEVERAL = "a year without its programme was left out for somebody with several degrees"


def degrees(row: AlumnusRow) -> list[Degree]:
    """Return the degrees that a row tells; without a programme, one of the unit."""
    years: tuple[int | None, ...] = row.years or (None,)
    if not row.programmes:
        return [(None, row.owner_unit_id, years[0])]
    if len(years) != len(row.programmes):
        years *= len(row.programmes)
    return [(key, at, year) for (key, at), year in zip(row.programmes, years, strict=True)]


def compare_studies(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    """Collect the degrees that come and go; yield the columns that differ."""
    old: list[Degree] = [study[1:] for study in standing.studies]
    wanted = list(dict.fromkeys(_wanted(row, old, errand)))
    if len(wanted) == len(old) and set(wanted) == set(old):
        return
    changes.old_studies.extend(study[0] for study in standing.studies)
    changes.new_studies.extend((standing.id, *degree) for degree in wanted)
    same = {degree[:2] for degree in wanted} == {degree[:2] for degree in old}
    yield "year" if same else "programme"


def _wanted(row: AlumnusRow, old: list[Degree], errand: Errand) -> list[Degree]:
    """Return the degrees that she shall have; a column that is not there changes nothing."""
    if "programme" in errand.given:
        if "year" in errand.given:
            return degrees(row)
        before = {programme_id: year for programme_id, _unit_id, year in old}
        return [(key, unit_id, before.get(key)) for key, unit_id, _year in degrees(row)]
    year = row.years[0] if row.years else None
    if len(old) > 1:
        if year is not None:
            errand.notes[SEVERAL] += 1
        return old
    programme_id, unit_id, before_year = old[0] if old else (None, row.owner_unit_id, None)
    # Without a programme the degree is the unit's, and follows it.
    at = row.owner_unit_id if programme_id is None else unit_id
    return [(programme_id, at, year if "year" in errand.given else before_year)]
