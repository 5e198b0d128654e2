"""What an alumnus offers, and on which terms."""

from collections.abc import Iterator
from typing import Any

from storage.imports.alumni.changes import Changes
from storage.imports.alumni.row import AlumnusRow
from storage.imports.alumni.standing import Offered, Standing
from storage.imports.kind import Errand

# The terms beside the fields, in the order of AlumnusRow.terms, and what a new offer has of them.
_TERMS: dict[str, Any] = {"languages": ["sv"], "capacity": 1, "pitch_sv": "", "pitch_en": ""}


def new_offer(row: AlumnusRow, kind: str, alumnus_id: int, changes: Changes) -> None:
    """Collect an offer that was not there."""
    fields, *said = row.terms
    terms = (
        default if value is None else value
        for value, default in zip(said, _TERMS.values(), strict=True)
    )
    changes.new_offers.append((alumnus_id, kind, *terms))
    changes.new_fields.append(fields or ())


def compare_offers(
    row: AlumnusRow, standing: Standing, changes: Changes, errand: Errand
) -> Iterator[str]:
    """Collect the offers that come, go and change; yield the columns that differ."""
    if "offers" not in errand.given:
        return
    for kind in row.offers:
        old = standing.offers.get(kind)
        if old is None:
            new_offer(row, kind, standing.id, changes)
            yield "offers"
        else:
            yield from _compare_terms(row, old, changes)
    gone = [offer.id for kind, offer in standing.offers.items() if kind not in row.offers]
    changes.old_offers.extend(gone)
    if gone:
        yield "offers"


def _compare_terms(row: AlumnusRow, old: Offered, changes: Changes) -> Iterator[str]:
    fields, *said = row.terms
    wanted = {
        name: old.terms[name] if value is None else value
        for name, value in zip(_TERMS, said, strict=True)
    }
    differing = [name for name, value in wanted.items() if value != old.terms[name]]
    if differing:
        changes.offers.append({"row_id": old.id, **wanted})
    yield from differing
    if fields is not None and set(fields) != old.fields:
        changes.fields[old.id] = fields
        yield "fields"
