"""Lay a row beside what the database says, and collect what differs."""

from collections.abc import Iterator
from typing import Any

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.consents import compare_consents
from storage.imports.alumni.row import AlumnusRow, folded
from storage.imports.alumni.standing import Standing
from storage.imports.alumni.studies import compare_studies
from storage.imports.kind import Errand

# Columns of a file and of the alumnus' own table.
_OWN = {
    "given_name": "given_name",
    "family_name": "family_name",
    "email": "email",
    "city": "city_id",
    "unit": "owner_unit_id",
    "protected": "protected",
    "paused_until": "paused_until",
    "yearly_cap": "yearly_cap",
    "last_contact": "last_contact",
}
_NEVER_EMPTIED = frozenset({"protected", "yearly_cap", "last_contact"})
_TERMS: dict[str, Any] = {"capacity": 1, "languages": ["sv"], "pitch_sv": "", "pitch_en": ""}


def compare(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> tuple[str, ...]:
    """Collect what must change for one alumnus; return the columns that differ."""
    changed = [
        *_compare_own(row, standing, changes, errand),
        *compare_studies(row, standing, changes, errand),
        *_compare_work(row, standing, changes, errand),
        *_compare_offers(row, standing, changes, errand),
        *compare_consents(row, standing, changes, errand),
    ]
    return tuple(dict.fromkeys(changed))


def _compare_own(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> list[str]:
    if not standing.values:  # she was inserted a moment ago, with all of them
        return []
    changed: list[str] = []
    wanted: dict[str, Any] = {"row_id": standing.id, "folded": row.values["folded"]}
    for name, column in _OWN.items():
        if name not in errand.given:
            continue
        value, old = row.values[column], standing.values[column]
        if name in _NEVER_EMPTIED and value is None:
            value = old
        elif name == "last_contact" and old is not None:
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
    if same is None:
        over = [{"row_id": work[0], "until": errand.today} for work in standing.works]
        changes.ended.extend(over)
        if row.work:
            changes.new_works.append(_new_work(row.work, standing.id))
        if over or row.work:
            yield "employer"
    elif row.work:
        yield from _compare_title(row.work, same, changes, errand)


def _new_work(work: tuple[str, str, str], alumnus_id: int) -> dict[str, Any]:
    employer, title_sv, title_en = work
    return {
        "alumnus_id": alumnus_id,
        "employer": employer,
        "folded": folded(employer),
        "title_sv": title_sv,
        "title_en": title_en,
    }


def _compare_title(
    work: tuple[str, str, str],
    old: tuple[int, str, str, str],
    changes: Changes,
    errand: Errand,
) -> Iterator[str]:
    key, _employer, old_sv, old_en = old
    employer, title_sv, title_en = work
    if "title" not in errand.given:
        title_sv, title_en = old_sv, old_en
    elif "title_en" not in errand.given and title_sv == old_sv:
        title_en = old_en
    if (employer, title_sv, title_en) == old[1:]:
        return
    changes.works.append(
        {"row_id": key, "employer": employer, "title_sv": title_sv, "title_en": title_en}
    )
    yield "employer" if employer != old[1] else "title" if title_sv != old_sv else "title_en"


def _compare_offers(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    if "offers" not in errand.given:
        return
    for kind in row.offers:
        yield from _compare_offer(row, kind, standing, changes)
    gone = [offer.id for kind, offer in standing.offers.items() if kind not in row.offers]
    changes.old_offers.extend(gone)
    if gone:
        yield "offers"


def _compare_offer(
    row: AlumnusRow, kind: str, standing: Standing, changes: Changes
) -> Iterator[str]:
    old = standing.offers.get(kind)
    before = _TERMS if old is None else old.terms
    said = {name: row.terms.get(name) for name in _TERMS}
    terms = {name: before[name] if value is None else value for name, value in said.items()}
    had = frozenset[int]() if old is None else frozenset(old.fields)
    fields: tuple[int, ...] = row.terms.get("fields", tuple(had))
    if old is None:
        changes.new_offers.append({"alumnus_id": standing.id, "kind": kind, **terms})
        yield "offers"
    else:
        differing = [name for name in _TERMS if terms[name] != before[name]]
        if differing:
            changes.offers.append({"row_id": old.id, **terms})
        yield from differing
    if frozenset(fields) != had:
        changes.offer_fields[standing.id, kind] = fields
        yield "fields"
