"""The trouble that the tests make between bot and Teams, each as the bot meets it."""

import asyncio

import httpx
import pytest

from tests.bot.teams.driver import Driver
from tests.bot.teams.echo import Echo
from tests.bot.teams.playground import ALMA, GROUP
from tests.bot.teams.proxy import Json, Proxy

Pair = tuple[Echo, Driver]


async def post(bot: Echo, proxy: Proxy, text: str, where: str = ALMA.chat) -> Json:
    place = {"service": proxy.url, "id": where}
    return await bot.call("POST", place, "activities", {"type": "message", "text": text})


async def texts(teams: Driver, where: str = "") -> list[str]:
    return [message.text for message in await teams.messages(where=where)]


@pytest.mark.parametrize("status", [412, 429, 500, 502, 504])
async def test_an_error_is_answered_and_nothing_is_said(
    echo: Pair, proxy: Proxy, status: int
) -> None:
    bot, teams = echo
    proxy.trouble(status=status, retry_after=3)
    with pytest.raises(httpx.HTTPStatusError) as told:
        await post(bot, proxy, "en")
    response = told.value.response
    assert (response.status_code, response.headers["Retry-After"]) == (status, "3")
    await post(bot, proxy, "två")
    assert await texts(teams) == ["två"]
    assert proxy.statuses() == [status, 201]


async def test_only_so_many_messages_a_second_in_one_conversation(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    proxy.per_second = 7
    each = (post(bot, proxy, str(number)) for number in range(9))
    answers = await asyncio.gather(*each, return_exceptions=True)
    refused = [a.response for a in answers if isinstance(a, httpx.HTTPStatusError)]
    assert [r.status_code for r in refused] == [429, 429]
    assert {r.headers["Retry-After"] for r in refused} == {"1"}
    await post(bot, proxy, "hit kommer man", GROUP)
    assert len(await texts(teams)) == 7
    assert await texts(teams, GROUP) == ["hit kommer man"]


async def test_an_answer_is_lost_but_the_message_stands(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    proxy.trouble(cut="after")
    with pytest.raises(httpx.RemoteProtocolError):
        await post(bot, proxy, "en")
    assert await texts(teams) == ["en"]
    assert [call.text for call in await teams.messages()] == ["en"]


async def test_a_call_is_lost_on_its_way(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    proxy.trouble(cut="before")
    with pytest.raises(httpx.RemoteProtocolError):
        await post(bot, proxy, "en")
    assert await texts(teams) == []


async def test_a_slow_answer_comes_after_the_message(echo: Pair, proxy: Proxy) -> None:
    bot, _teams = echo
    proxy.trouble(wait_s=5)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await post(bot, proxy, "en")


async def test_teams_is_down_and_comes_back(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    proxy.down = True
    for _time in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            await post(bot, proxy, "en")
    proxy.down = False
    await post(bot, proxy, "två")
    assert await texts(teams) == ["två"]


async def test_trouble_meets_only_what_it_is_made_for(echo: Pair, proxy: Proxy) -> None:
    bot, teams = echo
    proxy.trouble(status=502, method="PUT")
    proxy.trouble(status=412, conversation=GROUP)
    await post(bot, proxy, "en")
    with pytest.raises(httpx.HTTPStatusError, match="412"):
        await post(bot, proxy, "två", GROUP)
    assert await texts(teams) == ["en"]
    assert await texts(teams, GROUP) == []


async def test_an_answer_that_is_no_json(echo: Pair, proxy: Proxy) -> None:
    bot, _teams = echo
    proxy.trouble(status=200, body="<html>")
    assert await post(bot, proxy, "en") == {}
