"""What became of an announcement always sums to its audience, whatever happened to the copies."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from storage import Database
from storage.queries.announcements import (
    announce,
    announcement_by_id,
    edit_copies,
    receipts,
    remind_unread,
    resend_failed,
    withdraw_waiting,
)
from storage.tables import AnnouncementReceiver, Outbox, Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


async def _announced(database: Database, n: int) -> int:
    async with database.begin() as session:
        people = [
            Person(email=f"p{i}@nordhamn.example", name=f"P {i:04}", zone="UTC") for i in range(n)
        ]
        session.add_all(people)
        await session.flush()
        values = {"sender_id": people[0].id, "audience": {}, "due_utc": NOW, "created_at": NOW}
        number = await announce(session, people, key="k", text_sv="Hej", **values)
        again = await announce(session, people, key="k", text_sv="Hej", **values)
    assert number is not None
    assert again is None
    return number


@pytest.mark.parametrize("seed", range(5))
async def test_report_sums_to_the_audience_in_every_state(database: Database, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    number = await _announced(database, 40)
    for _step in range(12):
        async with database.begin() as session:
            rows = (await session.scalars(select(Outbox.id))).all()
            for row in chance.sample(rows, 8):
                state, error = chance.choice([("sent", None), ("dead", "no account")])
                await session.execute(
                    update(Outbox)
                    .where(Outbox.id == row, Outbox.state == "pending")
                    .values(state=state, error=error)
                )
            reader = chance.choice(await receipts(session, number))
            if reader.state == "delivered":
                reader.receiver.read_at = NOW
        async with database.begin() as session:
            announcement = await announcement_by_id(session, number, lock=True)
            assert announcement is not None
            match chance.randrange(6):
                case 0:
                    await remind_unread(session, number, NOW, NOW.date(), 1)
                case 1:
                    await resend_failed(session, number, NOW, 1)
                case 2:
                    announcement.corrected_at = datetime.now(UTC)
                    await session.flush()
                    await edit_copies(session, announcement, NOW)
                case 3 if _step > 8:
                    await withdraw_waiting(session, number, NOW)
        async with database.begin() as session:
            count = Counter(r.state for r in await receipts(session, number))
            assert sum(count.values()) == 40
            assert set(count) <= {"read", "delivered", "waiting", "withdrawn", "failed"}


async def test_copy_on_its_way_is_edited_and_not_voided(database: Database) -> None:
    number = await _announced(database, 3)
    async with database.begin() as session:
        first = (await receipts(session, number))[0].outbox_id
        await session.execute(
            update(Outbox).where(Outbox.id == first).values(lease_owner="x", lease_until=NOW)
        )
    async with database.begin() as session:
        announcement = await announcement_by_id(session, number, lock=True)
        assert announcement is not None
        await withdraw_waiting(session, number, NOW)
        assert await edit_copies(session, announcement, NOW) == 1
        edits = (await session.scalars(select(Outbox.edits_id))).all()
        assert [e for e in edits if e is not None] == [first]


async def test_five_thousand_copies_each_once(database: Database) -> None:
    number = await _announced(database, 5_000)
    async with database.begin() as session:
        rows = await session.scalars(
            select(AnnouncementReceiver.person_id).where(
                AnnouncementReceiver.announcement_id == number
            )
        )
        assert len(set(rows)) == 5_000


async def test_two_clicks_at_once_send_once(database: Database) -> None:
    async with database.begin() as session:
        person = Person(email="p@nordhamn.example", name="P", zone="UTC")
        session.add(person)

    async def click() -> int | None:
        async with database.begin() as session:
            values = {"sender_id": person.id, "audience": {}, "due_utc": NOW, "created_at": NOW}
            return await announce(session, [person], key="k", text_sv="Hej", **values)

    numbers = await asyncio.gather(click(), click())
    assert sum(number is not None for number in numbers) == 1
    async with database.begin() as session:
        assert len((await session.scalars(select(Outbox.id))).all()) == 1


async def test_last_day_shortens_how_late_a_copy_may_be(database: Database) -> None:
    async with database.begin() as session:
        person = Person(email="p@nordhamn.example", name="P", zone="Europe/Stockholm")
        session.add(person)
        await session.flush()
        values = {"sender_id": person.id, "audience": {}, "due_utc": NOW, "created_at": NOW}
        await announce(session, [person], key="k", text_sv="Hej", valid_to=NOW.date(), **values)
        expires = await session.scalar(select(Outbox.expires_utc))
    assert expires == datetime(2026, 11, 24, 23, tzinfo=UTC)
