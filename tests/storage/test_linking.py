"""Codes that tie a person's accounts, and two records of one person that become one."""

from datetime import timedelta

from sqlalchemy import select

from storage import Database
from storage.queries.accounts import link_account, stranger
from storage.queries.cleaning import forget_what_is_over
from storage.queries.linking import CODE_HOLDS, is_stranger, merge, new_code, used_code
from storage.queries.people import person_by_email
from storage.queries.preferences import choices_of, choose
from storage.queries.schedules import promise
from storage.tables import Account, Base, LinkCode, Person, Schedule
from tests.conftest import NOW, TODAY
from tests.dialogue import ALMA, JOHAN


async def test_a_code_works_once_and_for_ten_minutes(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        first = await new_code(session, johan.id, NOW)
        code = await new_code(session, johan.id, NOW)
        assert len(code) == 8
        assert code.isdigit()
        kept = (await session.scalars(select(LinkCode))).one()
        assert code not in kept.code_hash
        assert await used_code(session, first, NOW) is None
        assert await used_code(session, code, NOW + CODE_HOLDS) is None
        used = await used_code(session, code, NOW + timedelta(minutes=9))
        assert used is not None
        assert used.id == johan.id
        assert await used_code(session, code, NOW) is None


async def test_who_is_a_stranger(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        alma = await person_by_email(session, ALMA)
        assert alma is not None
        new = await stranger(session, "a.b@x.example", "A B")
        assert not await is_stranger(session, alma)
        assert await is_stranger(session, new)
        new.unit_id, new.asked_unit = alma.unit_id, True  # chosen by herself
        assert await is_stranger(session, new)


async def test_merging_moves_what_a_person_has(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        alma = await person_by_email(session, ALMA)
        assert alma is not None
        new = await stranger(session, "a.b@x.example", "A B")
        for person, channel in ((alma, "slack"), (new, "teams")):
            await link_account(
                session,
                person_id=person.id,
                channel=channel,
                tenant="T",
                external_id=person.email,
                seen_at=NOW,
            )
            await choose(session, person.id, chat=channel)
        await promise(
            session,
            kind="reminder",
            owner_id=new.id,
            payload={"task": "ringa"},
            dtstart=NOW.replace(tzinfo=None),
            zone="UTC",
            now=NOW,
        )
        await merge(session, alma, new, TODAY)
    async with demo_database.begin() as session:
        accounts = list(await session.scalars(select(Account)))
        assert {(a.channel, a.person_id, a.by_code) for a in accounts} == {
            ("slack", alma.id, True),
            ("teams", alma.id, True),
        }
        assert (await session.scalars(select(Schedule))).one().owner_id == alma.id
        assert (await choices_of(session, alma.id)).chat == "slack"
        gone = await session.get_one(Person, new.id)
        assert (gone.name, gone.left_on) == ("", TODAY)
        assert "x.example" not in gone.email
        for table in Base.metadata.sorted_tables:  # nothing is left behind anywhere
            for column in table.columns:
                if any(key.column.table.name == "person" for key in column.foreign_keys):
                    assert not list(await session.execute(select(table).where(column == new.id)))


async def test_old_codes_are_forgotten(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        await new_code(session, johan.id, NOW)
        await forget_what_is_over(session, NOW)
        assert list(await session.scalars(select(LinkCode)))
        await forget_what_is_over(session, NOW + timedelta(minutes=11))
        assert not list(await session.scalars(select(LinkCode)))
