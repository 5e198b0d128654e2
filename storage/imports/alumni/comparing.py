"""Lay a row beside what the database says, and collect what differs."""

from collections.abc import Iterator
from typing import Any

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.consents import compare_consents
from storage.imports.alumni.offers import compare_offers
from storage.imports.alumni.row import OWN, AlumnusRow, folded
from storage.imports.alumni.standing import Standing
from storage.imports.alumni.studies import compare_studies
from storage.imports.kind import Errand

_COLUMNS = {"city_id": "city", "owner_unit_id": "unit"}  # the others are called as in the table
_NEVER_EMPTIED = frozenset({"protected", "yearly_cap", "last_contact"})


def compare(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> tuple[str, ...]:
    """Collect what must change for one alumnus; return the columns that differ."""
    changed = [
        *_compare_own(row, standing, changes, errand),
        *compare_studies(row, standing, changes, errand),
        *_compare_work(row, standing, changes, errand),
        *compare_offers(row, standing, changes, errand),
        *compare_consents(row, standing, changes, errand),
    ]
    return tuple(dict.fromkeys(changed))


def _compare_own(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> list[str]:
    changed: list[str] = []
    wanted: dict[str, Any] = {"row_id": standing.id}
    for column, said in zip(OWN, row.own, strict=True):
        name, old = _COLUMNS.get(column, column), standing.values[column]
        if column == "folded":
            wanted[column] = said
            continue
        if name not in errand.given:
            continue
        value = old if said is None and column in _NEVER_EMPTIED else said
        if column == "last_contact" and old is not None:
            value = max(value, old)  # the bot may know of a later one
        wanted[column] = value
        if value != old:
            changed.append(name)
    if changed:
        changes.alumni.append(wanted)
    return changed


def _compare_work(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    if "employer" not in errand.given:
        return
    name = folded(row.work[0]) if row.work else None
    same = next((work for work in standing.works if folded(work[1]) == name), None)
    if same is not None and row.work:
        yield from _compare_title(row.work, same, changes, errand)
        return
    over = [{"row_id": work[0], "until": errand.today} for work in standing.works]
    changes.ended.extend(over)
    if row.work:
        employer, title_sv, title_en = row.work
        changes.new_works.append((standing.id, employer, name, title_sv, title_en, None))
    if over or row.work:
        yield "employer"


def _compare_title(
    work: tuple[str, str, str],
    old: tuple[int, str, str, str],
    changes: Changes,
    errand: Errand,
) -> Iterator[str]:
    key, *before = old
    employer, title_sv, title_en = work
    if "title" not in errand.given:
        title_sv, title_en = before[1:]
    elif "title_en" not in errand.given and title_sv == before[1]:
        title_en = before[2]
    wanted = {"employer": employer, "title_sv": title_sv, "title_en": title_en}
    differing = [
        name for (name, value), was in zip(wanted.items(), before, strict=True) if value != was
    ]
    if differing:
        changes.works.append({"row_id": key, **wanted})
    yield from ("title" if name == "title_sv" else name for name in differing)
