"""The clock: a sweep that fails holds up nothing, and two first sweeps do not collide."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from actions.access import EVERYBODY
from actions.action import Action
from actions.show_digest.sending import promise_all
from actions.words import plain
from bot.clock import Clock
from storage import Database, Session
from storage.queries.schedules import promise
from storage.queries.settings import read_setting, write_setting
from storage.tables import Occurrence, Outbox, Schedule, Setting
from tests.conftest import NOW


async def test_a_failing_sweep_holds_up_no_schedule(demo_database: Database) -> None:
    probe, swept, fired = (
        Action("probe", for_=EVERYBODY, title=plain("p"), example=plain("p")),
        [],
        [],
    )

    @probe.swept
    async def sweep(now: object, _session: Session) -> None:
        swept.append(now)
        if len(swept) == 1:
            raise ValueError("broken")

    @probe.fired("probe")
    async def fire(schedule: Schedule, _occurrence: Occurrence, _session: Session) -> None:
        fired.append(schedule.kind)

    async with demo_database.begin() as session:
        await promise(
            session,
            kind="probe",
            owner_id=1,
            payload={},
            dtstart=NOW.replace(tzinfo=None),
            zone="UTC",
            now=NOW,
        )
    clock = Clock(demo_database, [probe])
    assert await clock.tick(NOW) == 1
    assert fired == ["probe"]
    await clock.tick(NOW + timedelta(seconds=10))
    assert len(swept) == 1
    await clock.tick(NOW + timedelta(minutes=1))
    await clock.tick(NOW + timedelta(minutes=3))
    assert len(swept) == 2


async def test_two_first_sweeps_promise_once(demo_database: Database) -> None:
    async def sweep() -> None:
        async with demo_database.begin() as session:
            await promise_all(NOW, session)

    await asyncio.gather(sweep(), sweep(), sweep())
    async with demo_database.begin() as session:
        assert await read_setting(session, "digest.swept") == NOW.isoformat()
        kept = select(func.count()).select_from(Setting).where(Setting.key == "digest.swept")
        assert await session.scalar(kept) == 1
        keys = select(func.count(), func.count(Outbox.dedupe_key.distinct())).where(
            Outbox.kind == "digest.weekly"
        )
        rows, distinct = (await session.execute(keys)).one()
        assert rows == distinct > 0


async def test_two_who_keep_the_first_fact_do_not_collide(database: Database) -> None:
    written = asyncio.Event()

    async def first() -> None:
        async with database.begin() as session:
            await write_setting(session, "probe", "first")
            written.set()
            await asyncio.sleep(0.3)  # the other one stands before the same row meanwhile

    async def second() -> None:
        await written.wait()
        async with database.begin() as session:
            await write_setting(session, "probe", "second")

    await asyncio.gather(first(), second())
    async with database.begin() as session:
        assert await read_setting(session, "probe") == "second"
