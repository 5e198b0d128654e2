"""What is written for somebody who is new: there is nothing to compare with."""

from collections.abc import Iterable

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.consents import SOURCE
from storage.imports.alumni.offers import new_offer
from storage.imports.alumni.row import AlumnusRow, folded
from storage.imports.alumni.studies import degrees
from storage.imports.kind import Errand


def arrive(arrived: Iterable[tuple[int, AlumnusRow]], changes: Changes, errand: Errand) -> None:
    """Collect the studies, work, offers and consents of new alumni, each with her id."""
    studies, works, consents = changes.new_studies, changes.new_works, changes.consents
    for key, row in arrived:
        for programme_id, unit_id, year in degrees(row):
            studies.append((key, programme_id, unit_id, year))
        if row.work:
            employer, title_sv, title_en = row.work
            works.append((key, employer, folded(employer), title_sv, title_en, None))
        for kind in row.offers:
            new_offer(row, kind, key, changes)
        at = row.consented_at or errand.now
        for purpose, given in row.consents:
            consents.append((key, purpose, given, at, SOURCE))
