"""The alumni whom an import has brought lately, always through the eyes of somebody."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from storage.database import Session
from storage.queries.alumni import PURPOSES
from storage.queries.digests import DESCRIBED
from storage.queries.visibility import Viewer, consented, own
from storage.tables import Alumnus, Unit


@dataclass(frozen=True, slots=True)
class Arrived:
    """A new alumnus with the purposes that she consents to now."""

    alumnus: Alumnus
    consents: frozenset[str]


async def new_alumni(session: Session, viewer: Viewer, since: date) -> list[tuple[Unit, int]]:
    """Return how many alumni came to each of one's units since a day, the most first."""
    n = func.count(Alumnus.id)
    rows = await session.execute(
        select(Unit, n)
        .join(Alumnus, Alumnus.owner_unit_id == Unit.id)
        .where(*_new(viewer, since))
        .group_by(Unit.id)
        .order_by(n.desc(), Unit.id)
    )
    return [(unit, count) for unit, count in rows]


async def arrived(
    session: Session, viewer: Viewer, unit_id: int, since: date, *, offset: int, limit: int
) -> tuple[list[Arrived], int]:
    """Return one page of the alumni that came to a unit since a day, the newest first, and all.

    Somebody else's unit, and protected identities, give nothing.
    """
    where = [*_new(viewer, since), Alumnus.owner_unit_id == unit_id]
    total = await session.scalar(select(func.count(Alumnus.id)).where(*where))
    rows = await session.execute(
        select(Alumnus, *(consented(purpose) for purpose in PURPOSES))
        .where(*where)
        .options(*DESCRIBED)
        .order_by(Alumnus.arrived_on.desc(), Alumnus.folded, Alumnus.id)
        .offset(offset)
        .limit(limit)
    )
    page = [
        Arrived(one, frozenset(p for p, given in zip(PURPOSES, told, strict=True) if given))
        for one, *told in rows
    ]
    return page, total or 0


def _new(viewer: Viewer, since: date) -> list[ColumnElement[bool]]:
    return [Alumnus.arrived_on >= since, Alumnus.protected.is_(False), own(viewer)]
