"""Consents are only ever added, and only when one changes."""

from collections.abc import Iterator

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.columns import CONSENTS
from storage.imports.alumni.row import AlumnusRow
from storage.imports.alumni.standing import Said, Standing
from storage.imports.kind import Errand

SOURCE = "import"
KEPT = "a later no, or one given outside the register, was kept; a newer yes needs consent_date"
_COLUMNS = {purpose: name for name, purpose in CONSENTS.items()}


def compare_consents(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    """Collect the consents to add; yield their columns.

    A dated consent counts from its day: an older one than the newest known is history and
    changes nothing. An undated yes never overrules a no that did not come from an import.
    """
    for purpose, given in row.consents:
        newest = standing.consents.get(purpose)
        if newest is not None and newest.given == given:
            continue
        at = row.consented_at or errand.now
        if newest is not None and row.consented_at is not None:
            if row.consented_at.date() == newest.at.date():
                at = max(row.consented_at, newest.at)
            elif row.consented_at < newest.at:
                if not newest.given:
                    errand.notes[KEPT] += 1
                continue
        if newest is not None and _overruled(given, newest, row):
            errand.notes[KEPT] += 1
            continue
        changes.consents.append((standing.id, purpose, given, at, SOURCE))
        yield _COLUMNS[purpose]


def _overruled(given: bool, newest: Said, row: AlumnusRow) -> bool:  # noqa: FBT001 (what was said)
    return given and row.consented_at is None and not newest.given and newest.source != SOURCE
