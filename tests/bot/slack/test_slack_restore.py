"""After a restore nothing is said twice, and nothing that was promised is forgotten."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.assembly import Bot, assembled
from bot.slack.app import SlackSide
from nlu.client import RasaClient
from storage import Database, backups
from tests.bot.slack.conftest import NOBODY, settings_for
from tests.bot.slack.driver import Driver, words
from tests.bot.slack.peer import ALMA, JOHAN
from tests.bot.slack.proxy import Proxy
from tests.bot.slack.test_slack_sending import DUE, remind
from tests.conftest import NOW

RESTORED = DUE + timedelta(hours=2)


@pytest.fixture
async def after(
    slack: Driver, bot: Bot, demo_url: str, proxy: Proxy, tmp_path: Path
) -> AsyncIterator[Bot]:
    """Give a bot on a backup from before the reminder was sent, connected to the same Slack."""
    await slack.say(JOHAN, "hjälp")
    await remind(bot)
    file, _ = await asyncio.to_thread(backups.take, demo_url, tmp_path / "kept", NOW)
    await bot.work_until_idle(DUE)
    assert len(await slack.told(JOHAN)) == 2
    await slack.side.stop()
    await bot.close()
    await asyncio.to_thread(backups.restore, demo_url, file, RESTORED, replace=True)
    async with AsyncExitStack() as stack:
        again = await assembled(
            Database(demo_url), RasaClient(NOBODY, "none"), [], movable=True, frozen=NOW
        )
        stack.push_async_callback(again.close)
        side = SlackSide(settings_for(proxy, slack_pace_s=0), demo=False)
        side.serve(again)
        again.delivery.channels.insert(0, side.channel)
        await side.start()
        stack.push_async_callback(side.stop)
        yield again


async def test_what_was_sent_in_the_time_lost_is_found(after: Bot, slack: Driver) -> None:
    await after.work_until_idle(RESTORED)
    _menu, reminder = await slack.told(JOHAN)
    assert "ringa Volvo" in words(reminder["blocks"])
    async with after.database.engine.connect() as connection:
        found = await connection.exec_driver_sql(
            "SELECT state, message_id FROM outbox WHERE cause = 'reminder'"
        )
        assert found.one() == ("sent", reminder["ts"])


async def test_without_the_note_it_would_come_twice(after: Bot, slack: Driver) -> None:
    after.delivery.lost = None
    await after.work_until_idle(RESTORED)
    assert len(await slack.told(JOHAN)) == 3


async def test_what_was_not_sent_yet_is_sent(after: Bot, slack: Driver) -> None:
    await remind(after, "alma.berg@nordhamn.example")
    await after.work_until_idle(RESTORED)
    (reminder,) = await slack.told(ALMA)
    assert "ringa Volvo" in words(reminder["blocks"])
