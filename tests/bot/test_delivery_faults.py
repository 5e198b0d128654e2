"""Delivery where something goes wrong: looked for first, edits in order, one pace for all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

import bot.delivery
from actions.access import EVERYBODY, Actor
from actions.action import Action
from actions.reply import Reply
from actions.words import plain
from bot.clock import Clock
from bot.delivery import Delivery
from bot.terminal.channel import TerminalChannel
from bot.transport import Outgoing, Sent, TransportError
from storage import Database, Session
from storage.database import database_now
from storage.queries.inbound import Lease, keep_leases, receive, take_over
from storage.queries.outbox import enqueue
from storage.queries.pacing import Limit, close_until, take_turn
from storage.queries.people import person_by_email
from storage.queries.schedules import promise
from storage.tables import Occurrence, Outbox, Schedule
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN

SECOND = timedelta(seconds=1)


def saying(said: list[str] | None = None) -> Action:
    """Return a capability whose messages say the text that their payload holds."""
    action = Action("talk", for_=EVERYBODY, title=plain("Talk"), example=plain("Talk"))

    @action.due("talk.said")
    async def render(row: Outbox, _receiver: Actor, _session: Session) -> Reply | None:
        return Reply(plain(row.payload["text"])) if row.payload["text"] else None

    @action.undelivered("talk.said")
    async def tell(row: Outbox, now: datetime, session: Session) -> None:
        if said is not None:
            said.append(f"{row.payload['text']}: {row.error}")
        await enqueue(
            session,
            person_id=row.person_id,
            kind="talk.said",
            payload={"text": "not delivered"},
            cause="request",
            dedupe_key=f"undelivered:{row.id}",
            due=now,
        )

    @action.fired("talk")
    async def fire(schedule: Schedule, occurrence: Occurrence, session: Session) -> None:
        await enqueue(
            session,
            person_id=schedule.owner_id,
            kind="talk.said",
            payload={"text": f"missed {occurrence.missed}"},
            cause="reminder",
            dedupe_key=f"talk:{occurrence.id}",
            due=occurrence.due_utc,
        )

    return action


class Ledger(TerminalChannel):
    """A chat that keeps what arrived by its id, fails as told and lets one look."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: dict[str, list[str]] = {}
        self.copies: list[str] = []
        self.troubles: list[TransportError] = []
        self.keeps = True
        self.looks = 0
        self.shown_at = 1  # the look at which a message is shown
        self.per_minute: float | None = None

    def limit(self, outgoing: Outgoing) -> Limit | None:  # noqa: ARG002
        return None if self.per_minute is None else Limit(f"ledger:{self.name}", self.per_minute, 1)

    async def find(self, outgoing: Outgoing) -> Sent | None:
        self.looks += 1
        uid = outgoing.row.uid
        return Sent("ledger", uid) if uid in self.arrived and self.looks >= self.shown_at else None

    async def send(self, outgoing: Outgoing) -> Sent:
        uid = outgoing.row.uid
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is None or self.keeps:
            self.arrived[uid] = [str(outgoing.reply.text.values["value"])]
            self.copies.append(uid)
        if trouble is not None:
            raise trouble
        return Sent("ledger", uid)

    async def edit(self, outgoing: Outgoing, sent: Sent) -> Sent:
        self.arrived[sent.message_id].append(str(outgoing.reply.text.values["value"]))
        return sent


async def say(
    database: Database, text: str, *, edits: int | None = None, who: str = JOHAN, cause: str = ""
) -> int:
    async with database.begin() as session:
        person = await person_by_email(session, who)
        assert person is not None
        await enqueue(
            session,
            person_id=person.id,
            kind="talk.said",
            payload={"text": text},
            cause=cause or "request",
            dedupe_key=f"{text}:{edits}:{who}",
            due=NOW,
            expires_in=timedelta(hours=1),
            edits=edits,
        )
        found = await session.scalar(select(Outbox.id).order_by(Outbox.id.desc()).limit(1))
        assert found is not None
        return found


async def states(database: Database) -> list[str]:
    async with database.begin() as session:
        rows = await session.scalars(select(Outbox).order_by(Outbox.id))
        return [row.state for row in rows]


async def let_leases_run_out(database: Database) -> None:
    async with database.begin() as session:
        clock = await database_now(session)
        await session.execute(update(Outbox).values(lease_until=clock - SECOND, not_before=None))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "_LOOK_AGAIN_S", 0.01)


@pytest.mark.parametrize("shown_at", [1, 2])
async def test_what_may_have_arrived_is_looked_for_first(
    demo_database: Database, shown_at: int
) -> None:
    ledger = Ledger()
    ledger.shown_at = shown_at
    ledger.troubles = [TransportError("cut", ambiguous=True)]
    delivery = Delivery(demo_database, [saying()], [ledger])
    await say(demo_database, "hello")
    await delivery.run_once(NOW)
    assert await states(demo_database) == ["pending"]
    await let_leases_run_out(demo_database)
    await Delivery(demo_database, [saying()], [ledger]).run_once(NOW)
    assert await states(demo_database) == ["sent"]
    assert len(ledger.copies) == 1
    assert ledger.looks == shown_at


async def test_a_clock_that_was_set_back_holds_nothing_up(demo_database: Database) -> None:
    ledger = Ledger()
    ledger.per_minute = 6_000
    await say(demo_database, "hello")
    hour = timedelta(hours=1)
    async with demo_database.begin() as session:
        clock = await database_now(session)
        await session.execute(
            update(Outbox).values(
                lease_owner="gone", lease_until=clock + hour, not_before=clock + hour
            )
        )
        assert await take_turn(session, Limit("ledger:terminal", 6_000, 1), clock + hour, SECOND)
    await Delivery(demo_database, [saying()], [ledger]).run_once(NOW)
    assert await states(demo_database) == ["sent"]


async def test_a_refusal_leaves_no_doubt_but_keeps_an_earlier_one(demo_database: Database) -> None:
    ledger = Ledger()
    ledger.keeps = False
    ledger.troubles = [TransportError("ratelimited", retry_after=1)]
    delivery = Delivery(demo_database, [saying()], [ledger])
    await say(demo_database, "hello")
    await delivery.run_once(NOW)
    async with demo_database.begin() as session:
        row = (await session.scalars(select(Outbox))).one()
    assert (row.uncertain_since, row.failures) == (None, 1)
    ledger.troubles = [
        TransportError("cut", ambiguous=True),
        TransportError("ratelimited", retry_after=1),
    ]
    for _try in range(2):
        await let_leases_run_out(demo_database)
        await delivery.run_once(NOW)
    async with demo_database.begin() as session:
        row = (await session.scalars(select(Outbox))).one()
    assert row.uncertain_since is not None
    assert row.failures == 2


async def test_an_edit_waits_for_its_message_and_for_the_edit_before(
    demo_database: Database,
) -> None:
    ledger = Ledger()
    ledger.keeps = False
    ledger.troubles = [TransportError("busy", retry_after=1)]
    delivery = Delivery(demo_database, [saying()], [ledger], at_once=4)
    first = await say(demo_database, "one")
    await say(demo_database, "two", edits=first)
    await say(demo_database, "three", edits=first)
    await delivery.run_once(NOW)
    assert await states(demo_database) == ["pending"] * 3
    for _round in range(3):
        await let_leases_run_out(demo_database)
        await delivery.run_once(NOW)
    assert list(ledger.arrived.values()) == [["one", "two", "three"]]
    assert await states(demo_database) == ["sent"] * 3


async def test_what_was_never_sent_is_not_edited(demo_database: Database) -> None:
    ledger = Ledger()
    first = await say(demo_database, "")
    await say(demo_database, "two", edits=first)
    await Delivery(demo_database, [saying()], [ledger]).run_once(NOW)
    assert await states(demo_database) == ["void", "void"]


async def test_what_cannot_be_delivered_is_told(demo_database: Database) -> None:
    said: list[str] = []
    ledger = Ledger()
    ledger.keeps = False
    ledger.troubles = [TransportError("account_inactive", permanent=True)]
    delivery = Delivery(demo_database, [saying(said)], [ledger])
    await say(demo_database, "hello")
    await delivery.run_once(NOW)
    assert said == ["hello: account_inactive"]
    assert list(ledger.arrived.values()) == [["not delivered"]]


async def test_expired_is_told_too(demo_database: Database) -> None:
    said: list[str] = []
    delivery = Delivery(demo_database, [saying(said)], [Ledger()])
    await say(demo_database, "hello")
    await delivery.run_once(NOW + timedelta(hours=2))
    assert said == ["hello: expired"]


async def test_a_closed_platform_pauses_everybody_and_blames_nobody(
    demo_database: Database,
) -> None:
    ledger = Ledger()
    ledger.keeps, ledger.per_minute = False, 6_000
    ledger.troubles = [TransportError("token_revoked", retry_after=60, closed=True)]
    delivery = Delivery(demo_database, [saying()], [ledger])
    await say(demo_database, "one")
    await say(demo_database, "two", who=ALMA)
    await delivery.run_once(NOW)
    assert ledger.arrived == {}
    async with demo_database.begin() as session:
        rows = list(await session.scalars(select(Outbox).order_by(Outbox.id)))
        clock = await database_now(session)
    assert [row.failures for row in rows] == [0, 0]
    assert all(row.not_before is not None and row.not_before > clock + 50 * SECOND for row in rows)


async def test_everything_else_goes_before_a_broadcast(demo_database: Database) -> None:
    ledger = Ledger()
    await say(demo_database, "broadcast", cause="announcement")
    await say(demo_database, "digest", cause="digest")
    await say(demo_database, "reminder", cause="reminder")
    await Delivery(demo_database, [saying()], [ledger]).run_once(NOW)
    assert [said for (said,) in ledger.arrived.values()] == ["reminder", "digest", "broadcast"]


async def test_an_unknown_kind_is_left_to_a_newer_version(demo_database: Database) -> None:
    await say(demo_database, "hello")
    assert await Delivery(demo_database, [], [Ledger()]).run_once(NOW) == 0
    assert await states(demo_database) == ["pending"]


async def test_turns_are_handed_out_once_for_all_processes(database: Database) -> None:
    limit = Limit("slack:T1:post", 67, burst=5)
    clock = NOW
    turns = []
    for _message in range(8):
        async with database.begin() as session:
            taken, turn = await take_turn(session, limit, clock, timedelta(seconds=2))
        turns.append((taken, (turn - clock) / SECOND))
    assert turns == [(True, 0.0)] * 6 + [(True, 1.0), (True, 2.0)]
    async with database.begin() as session:
        assert await take_turn(session, limit, clock, timedelta(seconds=2)) == (
            False,
            clock + 3 * SECOND,
        )
        await close_until(session, limit.key, clock + timedelta(minutes=1), clock)
        assert (await take_turn(session, limit, clock, timedelta(seconds=2)))[0] is False


@pytest.mark.parametrize(("most", "window"), [(20, 60), (60, 60), (300, 60), (6_000, 60), (50, 1)])
async def test_no_window_has_more_than_the_limit(
    database: Database, most: int, window: int
) -> None:
    limit = Limit("k", most, 2, timedelta(seconds=window))
    turns: list[datetime] = []
    clock = NOW
    while len(turns) < most * 1.2 and len(turns) < 600:
        async with database.begin() as session:
            taken, turn = await take_turn(session, limit, clock, timedelta(seconds=5))
        if taken:
            turns.append(turn)
        else:
            clock = turn
    ahead = timedelta(seconds=window)
    assert max(sum(t <= other < t + ahead for other in turns) for t in turns) <= most


async def test_missed_occurrences_are_merged_into_the_latest_and_told(
    demo_database: Database,
) -> None:
    action = saying()
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        await promise(
            session,
            kind="talk",
            owner_id=johan.id,
            payload={},
            dtstart=datetime(2026, 11, 20, 9),
            zone="Europe/Stockholm",
            rrule="FREQ=DAILY",
            now=NOW,
        )
    clock = Clock(demo_database, [action])
    assert await clock.tick(NOW) == 1
    assert await clock.tick(NOW) == 0
    async with demo_database.begin() as session:
        occurrences = list(await session.scalars(select(Occurrence).order_by(Occurrence.due_utc)))
        (schedule,) = await session.scalars(select(Schedule).where(Schedule.kind == "talk"))
        (row,) = await session.scalars(select(Outbox))
    assert [o.merged for o in occurrences] == [True] * 4 + [False]
    assert row.payload == {"text": "missed 4"}
    assert schedule.next_due_utc == datetime.fromisoformat("2026-11-25T09:00:00+01:00")


async def test_a_stopping_bot_begins_no_more(demo_database: Database) -> None:
    ledger = Ledger()
    delivery = Delivery(demo_database, [saying()], [ledger])
    await say(demo_database, "hello")
    delivery.stop()
    assert await delivery.run_once(NOW) == 0
    assert ledger.copies == []


async def test_an_open_event_is_worked_on_by_one_process(demo_database: Database) -> None:
    mine, theirs = Lease("a", NOW + 30 * SECOND), Lease("b", NOW + 60 * SECOND)
    async with demo_database.begin() as session:
        event = await receive(
            session,
            channel="slack",
            event_id="Ev1",
            sender="U1",
            payload={},
            now=NOW,
            lease=mine,
        )
        assert event is not None
    async with demo_database.begin() as session:
        assert await take_over(session, "slack", theirs, NOW + 29 * SECOND) == []
        await keep_leases(session, Lease("a", NOW + 50 * SECOND), [event])
        assert await take_over(session, "slack", theirs, NOW + 49 * SECOND) == []
        (row,) = await take_over(session, "slack", theirs, NOW + 51 * SECOND)
        assert row.id == event
        await keep_leases(session, Lease("a", NOW + 99 * SECOND), [event])
        assert await take_over(session, "slack", mine, NOW + 59 * SECOND) == []
        assert len(await take_over(session, "slack", mine, NOW, alone=True)) == 1
