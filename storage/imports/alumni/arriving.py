"""What is written for somebody who is new: there is nothing to compare with."""

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.consents import SOURCE
from storage.imports.alumni.offers import new_offer
from storage.imports.alumni.row import AlumnusRow, folded
from storage.imports.alumni.studies import degrees
from storage.imports.kind import Errand


def arrive(row: AlumnusRow, alumnus_id: int, changes: Changes, errand: Errand) -> None:
    """Collect the studies, work, offers and consents of a new alumnus."""
    for degree in degrees(row):
        changes.new_studies.append((alumnus_id, *degree))
    if row.work:
        employer, title_sv, title_en = row.work
        changes.new_works.append((alumnus_id, employer, folded(employer), title_sv, title_en, None))
    for kind in row.offers:
        new_offer(row, kind, alumnus_id, changes)
    at = row.consented_at or errand.now
    for purpose, given in row.consents:
        changes.consents.append((alumnus_id, purpose, given, at, SOURCE))
