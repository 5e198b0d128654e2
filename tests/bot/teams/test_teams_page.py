"""The playground's own page in a real Chromium: what somebody in Teams would see and press."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from actions.reply import Button, Card, Reply
from actions.words import plain
from bot.assembly import Bot
from bot.teams.render import rendered
from tests.bot.teams.conftest import Connect
from tests.bot.teams.driver import Driver
from tests.bot.teams.playground import ALMA, JOHAN, KARIN
from tests.conftest import NOW

_CHROMIUM = shutil.which("chromium")


@pytest.fixture
async def tab() -> AsyncIterator[Page]:
    """Give a tab of a browser."""
    if _CHROMIUM is None:
        lacking = "Chromium is missing: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(lacking)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield await browser.new_page(viewport={"width": 1300, "height": 1000})
        await browser.close()


async def write(tab: Page, text: str) -> None:
    """Write as one does, with the keyboard."""
    box = tab.get_by_role("textbox").last
    await box.click()
    await tab.keyboard.type(text)
    await tab.keyboard.press("Enter")


async def seen(tab: Page, name: str) -> None:
    """Keep a picture where SPINDEL_PICTURES says, if somebody wants to look."""
    folder = os.environ.get("SPINDEL_PICTURES")
    if folder:
        await tab.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_mentor_is_found_by_the_keyboard_and_asked_for(
    connect: Connect, bot: Bot, tab: Page
) -> None:
    teams = await connect(bot, JOHAN)
    await tab.goto(teams.peer.url)
    await write(tab, "Vilka alumner är mentorer inom hållbarhet?")
    await expect(tab.get_by_text("Jag hittade")).to_be_visible(timeout=20_000)
    await seen(tab, "mentor")
    await tab.get_by_role("button", name="Be om kontakt").click()
    await expect(tab.get_by_text("Vad gäller det?")).to_be_visible(timeout=20_000)
    await seen(tab, "contact")


async def test_a_lecture_is_filled_in(connect: Connect, bot: Bot, tab: Page) -> None:
    teams = await connect(bot, JOHAN)
    await tab.goto(teams.peer.url)
    await write(tab, "Jag vill lägga in en gästföreläsare")
    await tab.get_by_role("button", name="Fyll i som formulär").click(timeout=20_000)
    await tab.get_by_role("button", name="Skicka", exact=True).last.click()
    await expect(tab.get_by_text("Fyll i ”Ämne”.")).to_be_visible()
    await seen(tab, "lecture")


async def test_an_announcement_is_read_on_the_page(connect: Connect, bot: Bot, tab: Page) -> None:
    teams = await connect(bot, ALMA)
    await tab.goto(teams.peer.url)
    await write(tab, "hjälp")
    await expect(tab.get_by_text("Hej Alma!")).to_be_visible(timeout=20_000)
    copy = tab.get_by_text("nya mallarna ligger på plats", exact=True)
    for _try in range(3):  # now and then the peer's page draws nothing of what its service took
        await teams.say("Skicka till alla koordinatorer: nya mallarna ligger på plats", by=KARIN)
        await teams.press("Skicka", by=KARIN)
        await bot.work_until_idle(NOW)
        with suppress(AssertionError):
            await expect(copy).to_be_visible(timeout=10_000)
            break
    await expect(copy).to_be_visible()
    await seen(tab, "announcement")
    await tab.get_by_role("button", name="Läst", exact=True).click()
    await expect(tab.get_by_role("button", name="Läst", exact=True)).to_have_count(0)
    await seen(tab, "read")


async def test_every_word_of_a_button_is_seen_although_the_button_is_cut(
    echo: tuple[object, Driver], tab: Page
) -> None:
    _bot, teams = echo
    await tab.goto(teams.peer.url)
    await write(tab, "hej")
    labels = ["Alumn, alumner eller alumni? Så skriver vi", "Ordning och reda " * 4, "Kort"]
    presses = tuple(Button(plain(label.strip()), "a.b") for label in labels)
    reply = Reply(plain("Hej"), (*presses, Card(plain("Anna"), buttons=presses)))
    where = f"/_connector/v3/conversations/{ALMA.chat}/activities"
    await teams._post(where, rendered(reply, "sv").activity())
    card = tab.locator(".ac-adaptiveCard")
    await expect(card.get_by_role("button")).to_have_count(6)
    told = await card.locator(".ac-richTextBlock").all_inner_texts()
    for button in await card.get_by_role("button").all():
        is_cut, label = await button.evaluate(
            "e => [e.getBoundingClientRect(), e.closest('.ac-actionSet').getBoundingClientRect()]"
            ".reduce((own, set) => [own.right > set.right, e.innerText])"
        )
        assert not is_cut or told.count(label) == 2, label
