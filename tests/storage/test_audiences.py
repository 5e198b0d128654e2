"""Whom an audience means and whom it no longer does, on SQLite and on PostgreSQL."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import Database, Session
from storage.queries.audiences import audience_of, left_out
from storage.tables import Appointment, Person, Unit
from tests.conftest import TODAY


async def _units(session: Session, *keys: str) -> list[int]:
    return list(await session.scalars(select(Unit.id).where(Unit.key.in_(keys))))


async def _ended(session: Session, email: str, day: date) -> None:
    person = select(Person.id).where(Person.email == f"{email}@nordhamn.example").scalar_subquery()
    post = update(Appointment).where(Appointment.person_id == person)
    await session.execute(post.values(valid_to=day))


async def _names(
    session: Session, spec: dict[str, Any], within: list[int] | None
) -> tuple[list[str], list[str]]:
    receiving = await audience_of(session, spec, TODAY, within)
    gone = await left_out(session, spec, TODAY, within)
    return [p.name for p in receiving], [p.name for p in gone]


async def test_a_unit_with_everything_below_it(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        spec = {"units": await _units(session, "handels")}
        assert await _names(session, spec, None) == (["Alma Berg", "Pernilla Åkesson"], [])
        await _ended(session, "alma.berg", TODAY - timedelta(days=1))
        assert await _names(session, spec, None) == (["Pernilla Åkesson"], ["Alma Berg"])
        await _ended(session, "pernilla.akesson", TODAY)  # its last day is still hers
        assert await _names(session, spec, None) == (["Pernilla Åkesson"], ["Alma Berg"])


@pytest.mark.parametrize(("days", "named"), [(365, ["Alma Berg"]), (366, [])])
async def test_a_post_is_missed_for_a_year(
    demo_database: Database, days: int, named: list[str]
) -> None:
    async with demo_database.begin() as session:
        await _ended(session, "alma.berg", TODAY - timedelta(days=days))
        _receiving, gone = await _names(session, {}, None)
        assert gone == named


async def test_who_has_left_is_named_although_her_post_stands(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        left = update(Person).where(Person.email == "alma.berg@nordhamn.example")
        await session.execute(left.values(left_on=TODAY - timedelta(days=1)))
        receiving, gone = await _names(session, {"least": 50}, None)
        assert "Alma Berg" not in receiving
        assert gone == ["Alma Berg"]


async def test_a_local_one_hears_of_her_own_only(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        await _ended(session, "gunilla.forsberg", TODAY - timedelta(days=1))
        await _ended(session, "pernilla.akesson", TODAY - timedelta(days=1))
        within = await _units(session, "handels", "fek")
        assert await _names(session, {}, within) == (["Alma Berg"], ["Pernilla Åkesson"])
