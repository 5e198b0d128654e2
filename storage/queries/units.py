"""The tree of units and the names people use for them."""

from sqlalchemy import CTE, BindParameter, Select, bindparam, literal, select

from storage.database import Session
from storage.queries.naming import rows_called
from storage.tables import Unit, UnitName


def subtree(unit_id: int | BindParameter[int]) -> Select[tuple[int]]:
    """Select the ids of a unit and of everything below it."""
    return select(_below(unit_id).c.id)


async def units_below(session: Session, unit_id: int) -> list[int]:
    """Return the ids of a unit and of everything below it."""
    return list(await session.scalars(subtree(unit_id)))


def _below(unit_id: int | BindParameter[int]) -> CTE:
    # Without a name: an audience of several units has several of these in one statement.
    below = select(Unit.id).where(Unit.id == unit_id).cte(recursive=True)
    return below.union_all(select(Unit.id).where(Unit.parent_id == below.c.id))


def _line() -> Select[Unit]:
    above = (
        select(Unit.id, Unit.parent_id, literal(0).label("height"))
        .where(Unit.id == bindparam("unit_id"))
        .cte("above", recursive=True)
    )
    above = above.union_all(
        select(Unit.id, Unit.parent_id, above.c.height + 1).where(Unit.id == above.c.parent_id)
    )
    return select(Unit).join(above, Unit.id == above.c.id).order_by(above.c.height)


_LINE = _line()  # every message asks it: putting it together costs more than running it


async def unit_by_id(session: Session, unit_id: int) -> Unit:
    """Return a unit that is known to exist."""
    return await session.get_one(Unit, unit_id)


async def unit_if_known(session: Session, unit_id: int) -> Unit | None:
    """Return a unit, or None when there is no such number."""
    return await session.get(Unit, unit_id)


async def units_called(session: Session, words: str) -> list[Unit]:
    """Return the units that somebody means by `words`; several when a name is shared."""
    return await rows_called(session, words, Unit, UnitName.unit_id, UnitName.folded)


async def line_of(session: Session, unit_id: int) -> list[Unit]:
    """Return a unit and everything above it, the unit itself first."""
    return list(await session.scalars(_LINE, {"unit_id": unit_id}))


async def home_of(session: Session, unit_id: int | None) -> Unit | None:
    """Return the unit that questions of its people default to: the faculty.

    None stands for the whole university: the central unit, and people without a unit.
    """
    if unit_id is None:
        return None
    for unit in await line_of(session, unit_id):
        if unit.kind == "faculty":
            return unit
    return None


async def all_units(session: Session) -> list[Unit]:
    """Return every unit, faculties before departments, by Swedish name."""
    rows = await session.scalars(select(Unit).order_by(Unit.kind.desc(), Unit.name_sv))
    return list(rows)
