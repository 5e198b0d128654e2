"""The counts that metrics, doctor and check share."""

from datetime import timedelta

from storage import Database
from storage.queries.outbox import enqueue
from storage.queries.standing import note_backup, standing
from storage.tables import Occurrence, Outbox, Person, Schedule
from tests.conftest import NOW


async def test_what_waits_what_died_and_what_was_merged(database: Database) -> None:
    async with database.begin() as session:
        person = Person(name="A", email="a@x.example", zone="Europe/Stockholm")
        session.add(person)
        await session.flush()
        for n, hours in enumerate((-2, -1, 3)):
            await enqueue(
                session,
                person_id=person.id,
                kind="reminder.due",
                payload={},
                cause="reminder",
                dedupe_key=f"r{n}",
                due=NOW + timedelta(hours=hours),
            )
        for n, (why, days) in enumerate((("expired", 1), ("expired", 2), ("no account", 8))):
            session.add(
                Outbox(
                    uid=f"u{n}",
                    dedupe_key=f"d{n}",
                    person_id=person.id,
                    kind="reminder.due",
                    payload={},
                    cause="reminder",
                    due_utc=NOW,
                    expires_utc=NOW,
                    state="dead",
                    error=why,
                    settled_at=NOW - timedelta(days=days),
                )
            )
        schedule = Schedule(
            kind="reminder",
            owner_id=person.id,
            payload={},
            dtstart=NOW.replace(tzinfo=None),
            zone="Europe/Stockholm",
            created_at=NOW,
        )
        session.add(schedule)
        await session.flush()
        for hour in range(3):
            session.add(
                Occurrence(
                    schedule_id=schedule.id,
                    due_utc=NOW + timedelta(hours=hour),
                    claimed_at=NOW,
                    merged=hour < 2,
                )
            )
        await note_backup(session, NOW - timedelta(hours=4))
        await session.flush()
        stands = await standing(session, NOW)
    assert stands.oldest_due_s == 7200.0
    assert (stands.pending, stands.dead, stands.merged) == (3, {"expired": 2}, 2)
    assert stands.backed_up == NOW - timedelta(hours=4)


async def test_nothing_is_due_before_its_time(database: Database) -> None:
    async with database.begin() as session:
        stands = await standing(session, NOW)
    assert (stands.oldest_due_s, stands.pending, stands.undelivered) == (0.0, 0, 0)
    assert stands.backed_up is None
