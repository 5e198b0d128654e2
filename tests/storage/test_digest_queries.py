"""What the weekly digest asks the database, on both of them."""

from datetime import UTC, date, datetime

from sqlalchemy import select, update

from storage import Database
from storage.queries.arrivals import arrived, new_alumni
from storage.queries.digests import lately, receivers
from storage.queries.network import nudged, quiet_posts, requests_waiting_long
from storage.queries.outbox import enqueue
from storage.queries.people import posts_stood_in_for
from storage.queries.preferences import choose
from storage.queries.visibility import Viewer
from storage.tables import Alumnus, Appointment, ContactRequest, ContactStep, Person

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = NOW.date()
CENTRAL = Viewer(everything=True)


async def test_four_weeks_are_counted_in_ones_own_units(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        asked = (await session.scalars(select(ContactRequest).limit(1))).one()
        asked.created_at = NOW
        for state in ("approved", "contacted", "approved"):
            session.add(ContactStep(request_id=asked.id, state=state, at=NOW))
        await session.flush()
        days = (date(2026, 10, 27), TODAY)
        since = datetime(2026, 10, 26, 23, tzinfo=UTC)
        own = Viewer(unit_ids=frozenset({asked.unit_id}))
        told = await lately(session, own, asked.handler_id, since, days)
        assert (told.requests, told.decided, told.reminders) == (1, 1, 0)
        nowhere = await lately(session, Viewer(), asked.handler_id, since, days)
        assert (nowhere.requests, nowhere.decided, nowhere.lectures) == (0, 0, 0)
        every = await lately(session, CENTRAL, asked.handler_id, since, days)
        assert every.lectures >= told.lectures


async def test_quiet_posts_with_unanswered_requests_first(demo_database: Database) -> None:
    since = datetime(2026, 10, 27, tzinfo=UTC)
    async with demo_database.begin() as session:
        await session.execute(update(ContactStep).values(at=datetime(2026, 9, 1, tzinfo=UTC)))
        before = await quiet_posts(session, TODAY, since)
        assert before
        last = before[-1].post
        asked = (await session.scalars(select(ContactRequest).limit(1))).one()
        asked.unit_id, asked.state = last.unit_id, "sent"
        await session.flush()
        first = (await quiet_posts(session, TODAY, since))[0]
        assert (first.post.unit_id, first.waiting) == (last.unit_id, 1)
        assert all(one.last is None or one.last < since for one in before)
        asked.created_at = datetime(2026, 11, 10, tzinfo=UTC)
        await session.flush()
        waiting = await requests_waiting_long(session, since.replace(month=11, day=17), 0)
        assert asked.id in {one.id for one in waiting}


async def test_what_was_asked_lately_is_known(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        who = (await session.scalars(select(Person.id).limit(1))).one()
        await enqueue(
            session, person_id=who, kind="digest.asked", payload={"post": 7, "by": who},
            cause="request", dedupe_key="x", due=NOW,
        )  # fmt: skip
        assert await nudged(session, "digest.asked", "post", NOW) == {7: NOW}
        assert await nudged(session, "digest.hurried", "request", NOW) == {}
        assert await nudged(session, "digest.asked", "post", NOW.replace(day=25)) == {}


async def test_a_post_is_stood_in_for_while_its_holder_is_away(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        query = select(Appointment).where(
            Appointment.role == "coordinator", Appointment.person_id.is_not(None)
        )
        post = (await session.scalars(query.order_by(Appointment.id).limit(1))).one()
        stranger = Person(email="d@nordhamn.example", name="D")
        session.add(stranger)
        await session.flush()
        post.deputy_id = stranger.id
        await session.flush()
        assert post.person_id is not None

        async def stood_in() -> list[int]:
            return [p.id for p in await posts_stood_in_for(session, stranger.id, TODAY)]

        assert await stood_in() == []
        assert stranger.id in {person.id for person in await receivers(session, TODAY)}
        await choose(session, post.person_id, paused_until=TODAY)
        assert await stood_in() == []  # she is back today
        await choose(session, post.person_id, paused_until=date(2026, 11, 25))
        assert await stood_in() == [post.id]
        await choose(session, post.person_id, paused_until=None)
        holder = await session.get_one(Person, post.person_id)
        holder.left_on = date(2026, 11, 23)
        await session.flush()
        assert await stood_in() == [post.id]


async def test_the_new_ones_in_pages_and_only_ones_own(demo_database: Database) -> None:
    since = date(2026, 11, 17)
    async with demo_database.begin() as session:
        await session.execute(update(Alumnus).values(arrived_on=None))
        some = list(await session.scalars(select(Alumnus).order_by(Alumnus.id).limit(40)))
        unit = some[0].owner_unit_id
        here = [one for one in some if one.owner_unit_id == unit][:3]
        for one in here:
            one.arrived_on = date(2026, 11, 20)
        here[0].protected = True
        await session.flush()
        own = Viewer(unit_ids=frozenset({unit}))
        page, total = await arrived(session, own, unit, since, offset=0, limit=1)
        rest, _same = await arrived(session, own, unit, since, offset=1, limit=5)
        assert total == len(here) - 1
        assert {one.alumnus.id for one in (*page, *rest)} == {one.id for one in here[1:]}
        assert await arrived(session, Viewer(), unit, since, offset=0, limit=5) == ([], 0)
        assert [(u.id, n) for u, n in await new_alumni(session, own, since)] == [(unit, total)]
