"""The degrees of an alumnus: what the file says of them, and what it leaves open."""

from collections.abc import Iterator

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.row import AlumnusRow
from storage.imports.alumni.standing import Standing
from storage.imports.kind import Errand

_Study = tuple[int | None, int, int | None]  # programme, unit, year
SEVERAL = "a year without its programme was left out for somebody with several degrees"


def compare_studies(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    """Collect the degrees that come and go; yield the columns that differ."""
    old: list[_Study] = [study[1:] for study in standing.studies]
    wanted = list(dict.fromkeys(_wanted(row, old, errand)))
    if len(wanted) == len(old) and set(wanted) == set(old):
        return
    changes.old_studies.extend(study[0] for study in standing.studies)
    changes.new_studies.extend(
        {
            "alumnus_id": standing.id,
            "programme_id": programme_id,
            "unit_id": unit_id,
            "year": year,
        }
        for programme_id, unit_id, year in wanted
    )
    same = {study[:2] for study in wanted} == {study[:2] for study in old}
    yield "year" if same else "programme"


def _wanted(row: AlumnusRow, old: list[_Study], errand: Errand) -> list[_Study]:
    """Return the degrees that she shall have; a column that is not there changes nothing."""
    owner: int = row.values["owner_unit_id"]
    year = row.years[0] if row.years else None
    if "programme" in errand.given:
        return _by_programme(row, old, owner, errand)
    if len(old) > 1:
        if year is not None:
            errand.notes[SEVERAL] += 1
        return old
    programme_id, unit_id, before = old[0] if old else (None, owner, None)
    # Without a programme the degree is the unit's, and follows it.
    at = owner if programme_id is None else unit_id
    return [(programme_id, at, year if "year" in errand.given else before)]


def _by_programme(row: AlumnusRow, old: list[_Study], owner: int, errand: Errand) -> list[_Study]:
    programmes: tuple[tuple[int | None, int], ...] = row.programmes or ((None, owner),)
    if "year" not in errand.given:
        before = {programme_id: year for programme_id, _unit_id, year in old}
        return [(key, unit_id, before.get(key)) for key, unit_id in programmes]
    years: tuple[int | None, ...] = row.years or (None,)
    if len(years) == 1:
        years *= len(programmes)
    return [(key, unit_id, year) for (key, unit_id), year in zip(programmes, years, strict=True)]
