"""Sending: paced, honest about failures, never twice."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot import delivery
from bot.assembly import Bot
from bot.chats import patience
from bot.chats.pace import Pace
from bot.settings import Settings
from bot.slack.app import SlackSide
from bot.slack.posting import Posts
from bot.slack.render import Rendered
from bot.transport import TransportError
from storage.queries.outbox import enqueue
from storage.queries.people import person_by_email
from storage.queries.schedules import promise
from storage.tables import Outbox
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import ALMA, JOHAN, TEAM
from tests.bot.slack.proxy import Proxy
from tests.conftest import NOW

HELLO = Rendered("hej", [])
DUE = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_WAITS_S", (0.01, 0.01, 0.01))


async def remind(bot: Bot, email: str = "johan.ek@nordhamn.example") -> int:
    """Promise a reminder in an hour; return whose it is."""
    async with bot.database.begin() as session:
        person = await person_by_email(session, email)
        assert person is not None
        await promise(
            session,
            kind="reminder",
            owner_id=person.id,
            payload={"task": "ringa Volvo"},
            dtstart=DUE.replace(tzinfo=None) + timedelta(hours=1),
            zone=person.zone,
            now=NOW,
        )
        return person.id


async def rows(bot: Bot) -> list[tuple[Any, ...]]:
    async with bot.database.engine.connect() as connection:
        found = await connection.exec_driver_sql(
            "SELECT state, attempt, channel, address, error FROM outbox "
            "WHERE kind = 'reminder.due' ORDER BY id"
        )
        return [tuple(row) for row in found]


async def test_a_reminder_arrives_once_with_its_opaque_id(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    await bot.work_until_idle(DUE)
    await bot.work_until_idle(DUE)
    _menu, reminder = await slack.told(JOHAN)
    assert "ringa Volvo" in words(reminder["blocks"])
    assert "Klart" in labels(reminder["blocks"])
    posted = proxy.called("chat.postMessage")[-1]
    assert posted["channel"] == JOHAN
    assert len(posted["metadata"]["event_payload"]["id"]) == 32
    (row,) = await rows(bot)
    assert row == ("sent", 1, "slack", await slack.direct(JOHAN), None)


async def test_somebody_who_never_wrote_is_found_by_her_email(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await remind(bot, "alma.berg@nordhamn.example")
    await bot.work_until_idle(DUE)
    (reminder,) = await slack.told(ALMA)
    assert "ringa Volvo" in words(reminder["blocks"])
    assert proxy.called("users.lookupByEmail") == [{"email": "alma.berg@nordhamn.example"}]


async def test_somebody_without_slack_is_told_in_the_outbox(slack: Driver, bot: Bot) -> None:
    assert slack.side.team == TEAM
    await remind(bot, "thomas.keller@nordhamn.example")
    await bot.work_until_idle(DUE)
    (row,) = await rows(bot)
    assert (row[0], row[4]) == ("dead", "users_not_found")


async def test_the_people_of_the_demo_are_not_looked_for(
    connect: Connect, bot: Bot, proxy: Proxy
) -> None:
    await connect(bot, demo=True)
    await remind(bot)
    await bot.work_until_idle(DUE)
    assert proxy.called("users.lookupByEmail") == []
    assert (await rows(bot))[0][0] == "dead"


async def test_too_many_requests_are_tried_again_when_slack_says(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    proxy.trouble("chat.postMessage", status=429, error="ratelimited", retry_after=17)
    await bot.work(DUE)
    async with bot.database.engine.connect() as connection:
        found = await connection.exec_driver_sql(
            "SELECT state, (julianday(not_before) - julianday('now')) * 86400 FROM outbox "
            "WHERE kind = 'reminder.due'"
        )
        row: Any = found.one()
        state, wait = row[0], row[1]
    assert state == "pending"
    assert 10 < wait < 21  # the 17 s, and up to a fifth more so that not all come at once


async def test_a_send_that_was_cut_after_it_arrived_is_not_repeated(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    proxy.trouble("chat.postMessage", cut="after")
    await bot.work(DUE)
    assert (await rows(bot))[0][:2] == ("pending", 1)
    await _let_the_lease_run_out(bot)
    await bot.work_until_idle(DUE)
    assert (await rows(bot))[0][:2] == ("sent", 2)
    assert len(await slack.told(JOHAN)) == 2


async def test_a_process_that_stood_still_since_the_fence_sends_nothing(
    slack: Driver, bot: Bot, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    posted = len(proxy.called("chat.postMessage"))
    monkeypatch.setattr(delivery, "_TRUSTED_S", -1)
    await bot.work(DUE)
    assert (await rows(bot))[0][:2] == ("pending", 1)
    assert len(proxy.called("chat.postMessage")) == posted
    monkeypatch.undo()
    await _let_the_lease_run_out(bot)
    await bot.work_until_idle(DUE)
    assert (await rows(bot))[0][:2] == ("sent", 2)


async def test_a_message_takes_the_place_of_one_sent_before(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    await bot.work_until_idle(DUE)
    async with bot.database.begin() as session:
        wanted = select(Outbox).where(Outbox.kind == "reminder.due")
        (row,) = await session.scalars(wanted)
        await enqueue(
            session,
            person_id=row.person_id,
            kind=row.kind,
            payload=row.payload,
            cause="reminder",
            dedupe_key="again",
            due=DUE,
            edits=row.id,
        )
    await bot.work_until_idle(DUE)
    assert len(await slack.told(JOHAN)) == 2
    (edited,) = proxy.called("chat.update")
    assert edited["ts"] == row.message_id
    assert [state for state, *_rest in await rows(bot)] == ["sent", "sent"]


async def test_a_send_that_was_cut_before_it_arrived_is_repeated(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    proxy.trouble("chat.postMessage", cut="before")
    await bot.work(DUE)
    await _let_the_lease_run_out(bot)
    await bot.work_until_idle(DUE)
    assert (await rows(bot))[0][:2] == ("sent", 2)
    assert len(await slack.told(JOHAN)) == 2


@pytest.mark.parametrize("cuts", [("after",), ("before",), ("before", "after")])
async def test_an_answer_is_given_once_through_cuts(
    slack: Driver, proxy: Proxy, cuts: tuple[str, ...]
) -> None:
    for cut in cuts:
        proxy.trouble("chat.postMessage", cut=cut)
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1


async def test_an_answer_waits_for_slack(slack: Driver, proxy: Proxy) -> None:
    proxy.trouble("chat.postMessage", status=429, error="ratelimited", retry_after=1)
    proxy.trouble("users.info", status=500, error="internal_error")
    await slack.say(JOHAN, "hjälp")
    assert len(await slack.told(JOHAN)) == 1


async def test_an_answer_that_cannot_be_sent_is_kept_for_the_next_start(
    connect: Connect, bot: Bot, proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    slack = await connect(bot)
    proxy.trouble("chat.postMessage", times=9, status=503, error="service_unavailable")
    await slack.say(JOHAN, "hjälp")
    assert "an answer was not sent" in caplog.text
    assert await slack.told(JOHAN) == []
    await slack.side.stop()
    proxy._trouble.clear()
    again = await connect(bot)
    await again.side.idle()
    assert len(await again.told(JOHAN)) == 1


async def test_a_message_that_is_gone_is_not_updated_but_answered(
    slack: Driver, proxy: Proxy, bot: Bot
) -> None:
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    await bot.work_until_idle(DUE)
    proxy.trouble("chat.update", error="message_not_found")
    await slack.press(JOHAN, "Klart")
    assert len(await slack.told(JOHAN)) == 3


@pytest.mark.parametrize(
    ("trouble", "permanent", "ambiguous", "retry_after"),
    [
        ({"error": "channel_not_found"}, True, False, None),
        ({"error": "account_inactive"}, True, False, None),
        ({"error": "invalid_blocks"}, True, False, None),
        ({"error": "cannot_dm_bot"}, True, False, None),
        ({"error": "internal_error"}, False, True, None),
        ({"error": "fatal_error"}, False, True, None),
        ({"status": 503, "error": "service_unavailable"}, False, True, None),
        ({"status": 500}, False, True, None),
        ({"status": 502, "body": "<html>Bad gateway</html>"}, False, True, None),
        ({"status": 429, "retry_after": 7}, False, False, 7.0),
        ({"error": "ratelimited"}, False, False, 30.0),
        ({"error": "token_revoked"}, False, False, 60.0),
        ({"error": "missing_scope"}, False, False, 60.0),
        ({"cut": "before"}, False, True, None),
        ({"cut": "after"}, False, True, None),
    ],
)
async def test_what_slacks_errors_mean(
    slack: Driver,
    proxy: Proxy,
    trouble: dict[str, Any],
    *,
    permanent: bool,
    ambiguous: bool,
    retry_after: float | None,
) -> None:
    proxy.trouble("chat.postMessage", **trouble)
    posts = Posts(slack.side.channel._posts.client, 0)
    with pytest.raises(TransportError) as failed:
        await posts.post(JOHAN, HELLO, "uid")
    error = failed.value
    assert (error.permanent, error.ambiguous) == (permanent, ambiguous)
    assert error.retry_after == retry_after


async def test_a_slack_that_is_away_is_tried_again(proxy: Proxy, bot: Bot) -> None:
    side = SlackSide(_away(), demo=False, pace_s=0)
    with pytest.raises(TransportError) as failed:
        await side.channel._posts.post(JOHAN, HELLO, "uid")
    assert (failed.value.permanent, failed.value.ambiguous) == (False, False)
    assert proxy.calls == []
    assert bot.delivery.channels == []


async def test_one_message_goes_a_second_and_channel() -> None:
    pace = Pace(1.0)
    loop = asyncio.get_running_loop()
    slept: list[float] = []
    begun = loop.time()
    original = asyncio.sleep

    async def noted(seconds: float) -> None:
        slept.append(seconds)
        await original(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", noted)
        for channel in ("D1", "D1", "D2", "D1"):
            await pace.turn(channel)
    spent = loop.time() - begun
    assert [round(s + spent) for s in slept] == [0, 1, 0, 2]


async def test_a_bad_token_says_what_to_do(proxy: Proxy, bot: Bot, connect: Connect) -> None:
    proxy.trouble("auth.test", error="invalid_auth")
    with pytest.raises(Exception, match="OAuth & Permissions"):
        await connect(bot)


def test_socket_mode_without_its_token_says_so() -> None:
    with pytest.raises(Exception, match="SLACK_APP_TOKEN"):
        SlackSide(_away(slack_app_token=SecretStr("")), demo=False)


async def _let_the_lease_run_out(bot: Bot) -> None:
    async with bot.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE outbox SET lease_until = '2000-01-01 00:00:00'")


def _away(**changes: Any) -> Settings:
    values = {
        "slack_bot_token": SecretStr("xoxb-x"),
        "slack_app_token": SecretStr("xapp-x"),
        "slack_api_url": "http://127.0.0.1:9/api/",
        **changes,
    }
    return Settings(_env_file=None, **values)
