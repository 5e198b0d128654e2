"""The one seam that decides which alumni a person may see; it stands inside the SQL."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select, true

from storage.tables import Alumnus, Consent


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes: everything for the central unit, else the units she answers for."""

    everything: bool = False
    unit_ids: frozenset[int] = frozenset()


@cache
def consented(purpose: str) -> ColumnElement[bool]:
    """Whether the newest consent of `Alumnus` for a purpose is a yes; none is a no."""
    newest = (
        select(Consent.given)
        .where(Consent.alumnus_id == Alumnus.id, Consent.purpose == purpose)
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
        .correlate(Alumnus)
        .scalar_subquery()
    )
    return func.coalesce(newest, False)


def own(viewer: Viewer) -> ColumnElement[bool]:
    """Whether `Alumnus` belongs to a unit that the viewer answers for."""
    return true() if viewer.everything else Alumnus.owner_unit_id.in_(viewer.unit_ids)


def seen_by(viewer: Viewer) -> dict[str, list[int]]:
    """Return what a statement with `visible` has to be run with; without it, it does not run."""
    return {"viewer_units": sorted(viewer.unit_ids)}


def visible(purpose: str, *, everything: bool) -> ColumnElement[bool]:
    """Whether a viewer may see `Alumnus` for a purpose; the units she answers for: `seen_by`.

    Protected identities are seen by nobody. Without consent only the unit that owns the
    relation and the central unit see the alumnus, and are told that consent is missing.
    """
    units: BindParameter[int] = bindparam("viewer_units", expanding=True)
    hers = true() if everything else Alumnus.owner_unit_id.in_(units)
    return and_(Alumnus.protected.is_(False), or_(consented(purpose), hers))
