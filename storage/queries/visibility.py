"""The one seam that decides which alumni a person may see; it stands inside the SQL."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, and_, func, or_, select, true

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


def visible(viewer: Viewer, purpose: str) -> ColumnElement[bool]:
    """Whether the viewer may see `Alumnus` for a purpose.

    Protected identities are seen by nobody. Without consent only the unit that owns the
    relation and the central unit see the alumnus, and are told that consent is missing.
    """
    return and_(Alumnus.protected.is_(False), or_(consented(purpose), own(viewer)))
