"""The CSV of a report in Slack: uploaded into the direct message, told when it is refused."""

from datetime import timedelta

import aiohttp
import pytest

from bot.assembly import Bot
from bot.conversation import Gesture
from storage.queries.people import person_by_email
from tests.bot.slack.driver import Driver, words
from tests.bot.slack.peer import ALMA, CHANNEL, KARIN
from tests.bot.slack.proxy import Proxy
from tests.conftest import NOW

DUE = NOW + timedelta(minutes=1)


async def _announce(slack: Driver, bot: Bot, user: str = KARIN) -> None:
    """Send to two people, and show the sender how it goes."""
    await slack.say(user, "hjälp")
    async with bot.database.begin() as session:
        person = await person_by_email(session, "karin.lind@nordhamn.example")
        assert person is not None
        number = person.id
    values = {"audience": "Alma Berg, Johan Ek", "text": "Hej!"}
    await bot.conversation.answer(Gesture(number, submit="announcement.save", values=values), NOW)
    await bot.conversation.answer(Gesture(number, text="ja"), NOW)
    await bot.work_until_idle(DUE)


async def test_the_csv_arrives_as_a_file_in_the_direct_message(
    slack: Driver, bot: Bot, proxy: Proxy, http: aiohttp.ClientSession
) -> None:
    await _announce(slack, bot)
    await slack.press(KARIN, "Ladda ner som CSV")
    told, shared = (await slack.told(KARIN))[-2:]
    assert "2 mottagare" in words(told["blocks"])
    (file,) = shared["files"]
    assert (file["name"], file["title"]) == ("utskick-2026-11-24.csv", "utskick-2026-11-24.csv")
    url = file["url_private_download"].replace("\\/", "/")
    async with http.get(url, headers={"Authorization": "Bearer xoxb-test"}) as response:
        content = await response.read()
    assert content.startswith(b"\xef\xbb\xbfNamn;Enhet;")
    assert content.decode("utf-8-sig").splitlines()[1].startswith("Alma Berg;Handelshögskolan;")
    (completed,) = proxy.called("files.completeUploadExternal")
    assert completed["channel_id"] == await slack.direct(KARIN)


async def test_a_refused_file_is_told_and_no_name_is_logged(
    slack: Driver, bot: Bot, proxy: Proxy, caplog: pytest.LogCaptureFixture
) -> None:
    await _announce(slack, bot)
    proxy.trouble("files.completeUploadExternal", error="missing_scope")
    await slack.press(KARIN, "Ladda ner som CSV")
    told = (await slack.told(KARIN))[-1]
    assert "Slack tog inte emot utskick-2026-11-24.csv" in words(told["blocks"])
    assert "Alma" not in caplog.text


async def test_nothing_is_uploaded_for_somebody_else_or_into_a_channel(
    slack: Driver, bot: Bot, proxy: Proxy
) -> None:
    await _announce(slack, bot)
    shown = next(m for m in reversed(await slack.told(KARIN)) if "CSV" in words(m["blocks"]))
    button = next(
        b
        for block in shown["blocks"]
        for b in block.get("elements", ())
        if b["text"]["text"] == "Ladda ner som CSV"
    )
    await slack.press_button(ALMA, button, await slack.direct(ALMA), shown["ts"])
    assert proxy.called("files.completeUploadExternal") == []
    await slack.press_button(KARIN, button, CHANNEL, shown["ts"])
    (completed,) = proxy.called("files.completeUploadExternal")
    assert completed["channel_id"] == await slack.direct(KARIN)
    assert not [m for m in await slack.messages(CHANNEL) if m.get("files")]
