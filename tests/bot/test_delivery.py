"""The outbox at work: once, late but said, never after its expiry, never while a lease is held."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.assembly import Bot
from bot.capabilities import capabilities
from bot.delivery import Delivery
from bot.terminal.channel import TerminalChannel
from bot.transport import Outgoing, Sent, TransportError
from storage import Database
from storage.database import database_now
from storage.queries.outbox import claim, enqueue, renew, settle
from storage.queries.people import person_by_email
from storage.queries.schedules import claim_occurrence, due_schedules, promise
from storage.tables import Outbox
from tests.conftest import NOW
from tests.dialogue import JOHAN

KINDS = ["reminder.due"]


async def _promised(database: Database) -> int:
    async with database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        schedule = await promise(
            session,
            kind="reminder",
            owner_id=johan.id,
            payload={"task": "ringa Volvo"},
            dtstart=NOW.replace(tzinfo=None),
            zone="UTC",
            now=NOW,
        )
        return schedule.id


class Failing(TerminalChannel):
    """A channel that fails as it is told."""

    def __init__(self, error: TransportError) -> None:
        super().__init__()
        self.error: TransportError | None = error

    async def send(self, outgoing: Outgoing) -> Sent:
        if self.error is not None:
            raise self.error
        return await super().send(outgoing)


async def _row(database: Database) -> Outbox:
    async with database.begin() as session:
        return (await session.scalars(select(Outbox).where(Outbox.kind == "reminder.due"))).one()


async def _fired(database: Database, channel: TerminalChannel) -> Delivery:
    from bot.clock import Clock  # noqa: PLC0415

    await _promised(database)
    actions = capabilities()
    assert await Clock(database, actions).tick(NOW) == 1
    assert await Clock(database, actions).tick(NOW) == 0
    return Delivery(database, actions, [channel])


async def test_a_due_reminder_is_sent_once(demo_database: Database) -> None:
    channel = TerminalChannel()
    delivery = await _fired(demo_database, channel)
    assert await delivery.run_once(NOW) == 1
    assert await delivery.run_once(NOW) == 0
    assert len(channel.take()) == 1
    assert (await _row(demo_database)).state == "sent"


async def test_what_has_expired_is_not_sent_but_seen(demo_database: Database) -> None:
    channel = TerminalChannel()
    delivery = await _fired(demo_database, channel)
    await delivery.run_once(NOW + timedelta(hours=25))
    (told,) = channel.take()
    assert told.row.kind == "reminder.expired"
    row = await _row(demo_database)
    assert (row.state, row.error) == ("dead", "expired")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (TransportError("account_inactive", permanent=True), "dead"),
        (TransportError("ratelimited", retry_after=30), "pending"),
        (TransportError("timeout", ambiguous=True), "pending"),
    ],
)
async def test_failures_are_told_apart(
    demo_database: Database, error: TransportError, state: str
) -> None:
    channel = Failing(error)
    delivery = await _fired(demo_database, channel)
    await delivery.run_once(NOW)
    row = await _row(demo_database)
    assert row.state == state
    channel.error = None
    assert await delivery.run_once(NOW) == 0  # not at once: dead, told to wait, or still leased


async def test_a_claim_is_held_by_one_and_fenced(demo_database: Database) -> None:
    await _fired(demo_database, TerminalChannel())
    async with demo_database.begin() as session:
        clock = await database_now(session)
        (row,) = await claim(session, "one", business_now=NOW, clock=clock, kinds=KINDS)
    async with demo_database.begin() as session:
        assert await claim(session, "two", business_now=NOW, clock=clock, kinds=KINDS) == []
    later = clock + timedelta(minutes=1)
    async with demo_database.begin() as session:
        (again,) = await claim(session, "two", business_now=NOW, clock=later, kinds=KINDS)
    async with demo_database.begin() as session:
        assert not await renew(session, row, later, "page")  # the first has lost its lease
        assert not await settle(session, row, state="sent")
        assert await renew(session, again, later, "page")
        assert again.attempt == 2


async def test_one_promise_stands_once(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        made = [
            await enqueue(
                session,
                person_id=johan.id,
                kind="reminder.due",
                payload={"schedule": 1},
                cause="reminder",
                dedupe_key="same",
                due=NOW,
            )
            for _time in range(3)
        ]
    assert made == [True, False, False]


async def test_an_occurrence_is_claimed_once(demo_database: Database) -> None:
    number = await _promised(demo_database)
    async with demo_database.begin() as session:
        assert await due_schedules(session, NOW, ["reminder"]) == [number]
        assert await claim_occurrence(session, number, NOW, NOW) is not None
    async with demo_database.begin() as session:
        assert await claim_occurrence(session, number, NOW, NOW) is None


async def test_nobody_who_has_left_gets_a_message(demo_bot: Bot) -> None:
    channel = TerminalChannel()
    delivery = await _fired(demo_bot.database, channel)
    async with demo_bot.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        await session.execute(
            update(type(johan))
            .where(type(johan).id == johan.id)
            .values(left_on=NOW.date() - timedelta(days=1))
        )
    await delivery.run_once(NOW)
    assert channel.take() == []
    row = await _row(demo_bot.database)
    assert (row.state, row.error) == ("dead", "left")
