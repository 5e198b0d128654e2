"""Who is let in, how she is reached, and what happens where Teams fails: the real bot."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.assembly import Bot
from bot.transport import Outgoing, Sent
from storage.queries.accounts import accounts_of
from storage.queries.outbox import enqueue
from storage.queries.people import person_by_email
from storage.queries.schedules import promise
from storage.tables import Account, Inbound, Outbox
from tests.bot.teams.cards import words
from tests.bot.teams.conftest import Connect
from tests.bot.teams.driver import Driver
from tests.bot.teams.playground import GROUP, JOHAN, KARIN
from tests.bot.teams.proxy import Proxy
from tests.bot.test_delivery_faults import Ledger, let_leases_run_out
from tests.conftest import NOW

LATER = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


async def promised(bot: Bot, task: str = "ringa Volvo") -> None:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, "johan.ek@nordhamn.example")
        assert johan is not None
        about = await promise(
            session,
            kind="reminder",
            owner_id=johan.id,
            payload={"task": task},
            dtstart=NOW.replace(tzinfo=None),
            zone="UTC",
            now=NOW,
        )
        about.state, about.next_due_utc = "done", None
        await enqueue(
            session,
            person_id=johan.id,
            kind="reminder.due",
            payload={"schedule": about.id},
            cause="reminder",
            dedupe_key=task,
            due=NOW,
        )


async def state(bot: Bot) -> tuple[str, str | None]:
    async with bot.database.begin() as session:
        row = await session.scalar(select(Outbox).where(Outbox.kind == "reminder.due"))
        assert row is not None
        return row.state, row.channel


async def said(teams: Driver) -> list[str]:
    return [words(message.cards) for message in await teams.messages()]


async def test_the_address_is_kept_forgotten_and_kept_again(
    connect: Connect, wordless: Bot
) -> None:
    teams = await connect(wordless, JOHAN)
    await teams.install()
    assert len(await teams.messages()) == 1  # told twice, greeted once
    assert "Spindel" in (await said(teams))[0]
    assert (await account(wordless)).address == f"{teams.proxy.url} {JOHAN.chat}"
    await teams.uninstall()
    assert (await account(wordless)).address is None
    await teams.install()
    assert (await account(wordless)).address is not None


async def account(bot: Bot) -> Account:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, "johan.ek@nordhamn.example")
        assert johan is not None
        return (await accounts_of(session, johan.id))[0]


@pytest.mark.parametrize(
    "told",
    [
        {"userRole": "guest", "email": "johan.ek@nordhamn.example"},
        {"userRole": "user", "userPrincipalName": "johan_x.example#EXT#@nordhamn.onmicrosoft.com"},
    ],
)
async def test_guests_are_refused(
    connect: Connect, wordless: Bot, proxy: Proxy, told: dict[str, Any]
) -> None:
    teams = await connect(wordless, JOHAN)
    member = {"id": JOHAN.id, "aadObjectId": JOHAN.entra, "name": JOHAN.name, **told}
    proxy.trouble(method="GET", status=200, body=json.dumps(member))
    await teams.say("hjälp")
    assert "guests" in (await said(teams))[-1]
    async with wordless.database.begin() as session:
        assert not list(await session.scalars(select(Account)))


async def test_somebody_without_an_address_is_told_why(
    connect: Connect, wordless: Bot, proxy: Proxy
) -> None:
    teams = await connect(wordless, JOHAN)
    proxy.trouble(method="GET", status=200, body=json.dumps({"id": JOHAN.id, "name": "Johan"}))
    await teams.say("hjälp")
    assert "e-mail" in (await said(teams))[-1]


async def test_the_same_activity_twice_is_answered_once(connect: Connect, wordless: Bot) -> None:
    teams = await connect(wordless, JOHAN)
    await teams.say("hjälp")
    await teams.send(teams.deliveries[-1].activity)
    assert len(await teams.messages()) == 1
    async with wordless.database.begin() as session:
        rows = list(await session.scalars(select(Inbound)))
        assert [(row.state, row.payload, row.reply) for row in rows] == [("answered", None, None)]


async def test_whom_the_bot_may_not_write_to_is_told_in_the_group(
    connect: Connect, bot: Bot, proxy: Proxy
) -> None:
    teams = await connect(bot, JOHAN)
    proxy.trouble(method="POST", conversation="", status=403)
    await teams.say("Vilka alumner är mentorer inom hållbarhet?", where=GROUP)
    told = words((await teams.messages(where=GROUP))[-1].cards)
    assert "lagt till mig" in told
    assert "Anna Svensson" not in told


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_what_teams_asks_to_try_again_arrives_once(
    connect: Connect, wordless: Bot, proxy: Proxy, status: int
) -> None:
    teams = await connect(wordless, JOHAN)
    await teams.say("hjälp")
    await promised(wordless)
    proxy.trouble(method="POST", status=status, retry_after=1)
    await wordless.work(LATER)
    assert await state(wordless) == ("pending", "teams")
    await let_leases_run_out(wordless.database)
    await wordless.work(LATER)
    assert await state(wordless) == ("sent", "teams")
    assert sum("Volvo" in text for text in await said(teams)) == 1


async def test_a_lost_answer_doubles_at_most_that_one_message(
    connect: Connect, wordless: Bot, proxy: Proxy
) -> None:
    teams = await connect(wordless, JOHAN)
    await teams.say("hjälp")
    await promised(wordless)
    proxy.trouble(method="POST", cut="after")
    await wordless.work(LATER)
    await let_leases_run_out(wordless.database)
    await wordless.work(LATER)
    assert await state(wordless) == ("sent", "teams")
    assert sum("Volvo" in text for text in await said(teams)) == 2  # Teams lets nobody look


class OtherChat(Ledger):
    """Her other chat, which takes everything."""

    name = "slack"

    def reaches(self, accounts: Sequence[Account]) -> tuple[bool, Account | None]:
        return bool(accounts), None

    async def send(self, outgoing: Outgoing) -> Sent:
        self.copies.append(outgoing.row.uid)
        return Sent("D1", outgoing.row.uid)


async def test_what_teams_refuses_for_good_goes_to_her_other_chat(
    connect: Connect, wordless: Bot, proxy: Proxy
) -> None:
    teams = await connect(wordless, JOHAN)
    other = OtherChat()
    wordless.delivery.channels.append(other)
    await teams.say("hjälp")
    await promised(wordless)
    proxy.trouble(method="POST", status=403)
    await wordless.work(LATER)
    assert await state(wordless) == ("sent", "slack")
    assert len(other.copies) == 1
    assert not any("Volvo" in text for text in await said(teams))


async def test_two_persons_are_reached_each_in_her_own_chat(
    connect: Connect, wordless: Bot
) -> None:
    teams = await connect(wordless, JOHAN)
    await teams.say("hjälp")
    await teams.say("help", by=KARIN)
    await promised(wordless)
    await wordless.work(LATER)
    assert any("Volvo" in text for text in await said(teams))
    assert not any("Volvo" in words(m.cards) for m in await teams.messages(KARIN))
