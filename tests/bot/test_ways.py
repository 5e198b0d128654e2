"""Through which of her chats a message reaches somebody, and what happens where one fails."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.delivery import Delivery
from bot.transport import TransportError
from storage import Database
from storage.queries.accounts import link_account
from storage.queries.people import person_by_email
from storage.queries.preferences import choose
from storage.tables import Account
from tests.bot.test_delivery_faults import Ledger, let_leases_run_out, say, saying, states
from tests.conftest import NOW
from tests.dialogue import JOHAN


class Chat(Ledger):
    """A chat that reaches those who have an account in it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        mine = next((a for a in accounts if a.channel == self.name), None)
        return mine is not None, mine


@pytest.fixture
def chats() -> tuple[Chat, Chat]:
    return Chat("slack"), Chat("teams")


async def _seen(database: Database, channel: str, minute: int) -> None:
    async with database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        await link_account(
            session,
            person_id=johan.id,
            channel=channel,
            tenant="T",
            external_id=f"{channel}-johan",
            seen_at=NOW + timedelta(minutes=minute),
        )


def _delivery(
    database: Database, chats: tuple[Chat, Chat], told: list[str] | None = None
) -> Delivery:
    return Delivery(database, [saying(told)], chats)


async def test_goes_where_she_was_last(demo_database: Database, chats: tuple[Chat, Chat]) -> None:
    slack, teams = chats
    await _seen(demo_database, "slack", 1)
    await _seen(demo_database, "teams", 2)
    await say(demo_database, "first")
    await _delivery(demo_database, chats).run_once(NOW)
    assert (slack.copies, len(teams.copies)) == ([], 1)
    await _seen(demo_database, "slack", 3)
    await say(demo_database, "second")
    await _delivery(demo_database, chats).run_once(NOW)
    assert (len(slack.copies), len(teams.copies)) == (1, 1)


async def test_goes_where_she_chose(demo_database: Database, chats: tuple[Chat, Chat]) -> None:
    slack, teams = chats
    await _seen(demo_database, "teams", 1)
    await _seen(demo_database, "slack", 2)
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        await choose(session, johan.id, chat="teams")
    await say(demo_database, "chosen")
    await _delivery(demo_database, chats).run_once(NOW)
    assert (slack.copies, len(teams.copies)) == ([], 1)


async def test_another_way_where_one_refuses(
    demo_database: Database, chats: tuple[Chat, Chat]
) -> None:
    slack, teams = chats
    await _seen(demo_database, "slack", 1)
    await _seen(demo_database, "teams", 2)
    teams.keeps, teams.troubles = False, [TransportError("blocked", permanent=True)]
    await say(demo_database, "once")
    await _delivery(demo_database, chats).run_once(NOW)
    assert (len(slack.copies), teams.copies) == (1, [])
    assert await states(demo_database) == ["sent"]


async def test_both_refuse_and_somebody_is_told(
    demo_database: Database, chats: tuple[Chat, Chat]
) -> None:
    slack, teams = chats
    await _seen(demo_database, "slack", 1)
    await _seen(demo_database, "teams", 2)
    for chat in chats:
        chat.keeps, chat.troubles = False, [TransportError(f"{chat.name} says no", permanent=True)]
    told: list[str] = []
    await say(demo_database, "nowhere")
    await _delivery(demo_database, chats, told).run_once(NOW)
    assert told == ["nowhere: slack says no"]
    assert (slack.copies, len(teams.copies)) == ([], 1)  # what tells of it goes a fresh way
    assert await states(demo_database) == ["dead", "sent"]


async def test_another_way_after_some_failures(
    demo_database: Database, chats: tuple[Chat, Chat]
) -> None:
    slack, teams = chats
    await _seen(demo_database, "slack", 1)
    await _seen(demo_database, "teams", 2)
    teams.keeps, teams.troubles = False, [TransportError("502") for _n in range(20)]
    await say(demo_database, "patient")
    delivery = _delivery(demo_database, chats)
    for _try in range(6):
        await delivery.run_once(NOW)
        await let_leases_run_out(demo_database)
    assert len(slack.copies) == 1
    assert len(teams.troubles) == 15  # five tries there, then the other chat


async def test_what_may_have_arrived_goes_no_other_way(
    demo_database: Database, chats: tuple[Chat, Chat]
) -> None:
    slack, teams = chats
    await _seen(demo_database, "slack", 1)
    await _seen(demo_database, "teams", 2)
    teams.troubles = [TransportError("cut", ambiguous=True)]
    await say(demo_database, "perhaps")
    delivery = _delivery(demo_database, chats)
    await delivery.run_once(NOW)
    await _seen(demo_database, "slack", 3)  # meanwhile she writes in the other chat
    await let_leases_run_out(demo_database)
    await delivery.run_once(NOW)
    assert (slack.copies, len(teams.copies)) == ([], 1)
    assert await states(demo_database) == ["sent"]
