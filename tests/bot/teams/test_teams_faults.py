"""Spindel while Teams is in trouble: what can be tried again is, and nothing is said twice."""

import pytest

from bot.assembly import Bot
from tests.bot.teams.cards import words
from tests.bot.teams.conftest import Connect
from tests.bot.teams.playground import ALMA
from tests.bot.teams.proxy import Proxy


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_an_answer_comes_once_after_trouble(
    connect: Connect, wordless: Bot, proxy: Proxy, status: int
) -> None:
    teams = await connect(wordless, ALMA)
    proxy.trouble(method="POST", conversation=ALMA.chat, status=status, retry_after=0.01)
    await teams.say("hjälp")
    assert len([m for m in await teams.messages() if "Alma" in words(m.cards)]) == 1
    assert proxy.statuses(conversation=ALMA.chat)[:2] == [status, 201]


async def test_an_answer_whose_receipt_was_lost_is_not_told_again(
    connect: Connect, wordless: Bot, proxy: Proxy
) -> None:
    teams = await connect(wordless, ALMA)
    proxy.trouble(method="POST", conversation=ALMA.chat, cut="after")
    await teams.say("hjälp")
    assert len(await teams.messages()) == 1


async def test_what_teams_sends_again_is_answered_once(connect: Connect, wordless: Bot) -> None:
    teams = await connect(wordless, ALMA)
    await teams.say("hjälp")
    count = len(await teams.messages())
    await teams.send(teams.deliveries[0].activity)
    assert len(await teams.messages()) == count
