"""A picture of every built action on every surface, in Swedish and English, to be looked at.

`make pictures [OF="sv find_mentor"]` performs the gallery's plays and writes
build/pictures/<language>/<action>-<surface>.png. The page and Slack are the gallery's columns, the
terminal is what `spindel chat` prints. Teams is Microsoft's playground with Microsoft's renderer of
cards, a picture for each play; the gallery draws some in dark, which the playground has not.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from io import StringIO
from itertools import chain, groupby
from pathlib import Path
from typing import get_args

import aiohttp
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright
from rich.console import Console

from bot.assembly import assembled
from bot.commands.rasa_for import rasa_for
from bot.contract import element_json, plain_text
from bot.settings import Settings
from bot.teams.render import rendered
from bot.terminal.talk import Talk
from bot.translation import Locale, render
from bot.web.app import create_app
from bot.web.channel import PageChannel
from bot.web.gallery import Gallery
from bot.web.stage import Line
from storage import Database, schema
from storage.demo import fill
from tests.bot.teams.playground import JOHAN, Playground
from tests.bot.teams.serving import address, listening, served
from tests.conftest import NOW, TODAY

FOLDER = Path(__file__).parents[1] / "build" / "pictures"
_FORMS = {"find_mentor", "register_guest_lecturer", "show_digest", "follow_up_announcement"}
_COLUMNS = (("page", "page", None), ("slack", "slack", None), ("teams-dark", "teams", _FORMS))
_WIDTH = 760
_TALLEST = 16_000
_ALONE = (
    ".pair {{ grid-template-columns: 1fr }} .pair > div:not(.as-{name}) {{ display: none }}"
    " .sheet.wide {{ max-width: 46rem }}"
)


@asynccontextmanager
async def gallery(folder: str) -> AsyncIterator[tuple[Gallery, str]]:
    """Give the gallery of a demo university, and the address of the page that shows it."""
    url = f"sqlite:///{folder}/demo.db"
    schema.upgrade(url)
    database, channel = Database(url), PageChannel()
    async with database.begin() as session:
        await fill(session, 1, TODAY)
    async with rasa_for(Settings(_env_file=None)) as rasa:
        bot = await assembled(database, rasa, [channel], movable=True, frozen=NOW)
        app, door = create_app(bot, channel), listening()
        async with served(app, door):
            yield app.state.site.gallery, address(door)
        await bot.close()


async def columns(tab: Page, url: str, folder: Path) -> None:
    """Take the gallery's own columns, a picture for each action."""
    await tab.goto(f"{url}/gallery", timeout=300_000)
    await tab.check("#teams-dark")
    for name, column, of in _COLUMNS:
        style = await tab.add_style_tag(content=_ALONE.format(name=column))
        for chapter in await tab.locator("section.chapter:has(h2 code)").all():
            action = await chapter.locator("h2 code").inner_text()
            if of is None or action in of:
                await chapter.screenshot(path=folder / f"{action}-{name}.png")
        await style.evaluate("style => style.remove()")


async def terminal(tab: Page, lines: Sequence[Line], locale: Locale, path: Path) -> None:
    """Take what the terminal prints."""
    console = Console(width=100, record=True, file=StringIO(), force_terminal=True)
    talk = Talk(None, console)  # type: ignore[arg-type]  # nothing is sent
    for line in lines:
        if line.reply is None:
            console.print(f"> {render(line.text, locale)}", style="bold", markup=False)
            continue
        told = [element_json(element, locale) for element in line.reply.elements]
        talk._show(
            {
                "to": {"email": line.who},
                "cause": "brought" if line.brought else "answer",
                "text": plain_text(line.reply, locale),
                "elements": told,
            }
        )
    await tab.set_content(console.export_html())
    await tab.screenshot(path=path, full_page=True)


@asynccontextmanager
async def playground() -> AsyncIterator[Playground]:
    """Give an empty playground, beside it a bot that hears everything and says nothing."""
    app, door = FastAPI(), listening()
    app.post("/api/messages")(_heard)
    async with served(app, door):
        with tempfile.TemporaryDirectory() as folder:
            bot = address(door)
            peer = await Playground.start(Path(folder), JOHAN, f"{bot}/api/messages", bot)
            yield peer
            await peer.stop()


def _heard() -> dict[str, str]:
    return {}


async def teams(tab: Page, lines: Sequence[Line], locale: Locale, path: Path) -> None:
    """Take Microsoft's playground, in which every line was posted."""
    async with playground() as peer, aiohttp.ClientSession(peer.url) as http:
        await tab.set_viewport_size({"width": _WIDTH, "height": 1000})
        await tab.goto(peer.url)
        await tab.get_by_title("Hide log panel").click()
        await _begin(http, peer)
        for line in lines:
            await _post(http, peer, line, locale)
        await _whole(tab, path)
        await tab.goto("about:blank")


async def _begin(http: aiohttp.ClientSession, peer: Playground) -> None:
    """Say something as the person at the page: nothing is shown before."""
    said = {"from": {"id": peer.me.id}, "text": "-", "textFormat": "plain", "mentions": []}
    async with http.post(f"/_conversation/v1/conversations/{peer.me.chat}/messages", json=said):
        pass


async def _post(http: aiohttp.ClientSession, peer: Playground, line: Line, locale: Locale) -> None:
    if line.reply is None:
        text = "▸ " + ": ".join(filter(None, (line.who, render(line.text, locale))))
        told = [{"type": "message", "text": text}]
    else:
        told = [part.activity() for part in rendered(line.reply, locale).messages()]
    where = f"/_connector/v3/conversations/{peer.me.chat}/activities"
    for activity in told:
        async with http.post(where, json=activity) as response:
            assert response.status in {200, 201, 202}, await response.text()


async def _whole(tab: Page, path: Path) -> None:
    """Make the window as tall as the conversation, then take it."""
    await tab.wait_for_timeout(1500)
    tall = await tab.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e => e.scrollHeight))"
    )
    await tab.set_viewport_size({"width": _WIDTH, "height": min(int(tall) + 250, _TALLEST)})
    await tab.wait_for_timeout(700)
    await tab.screenshot(path=path)


async def main(locales: Sequence[Locale], only: Collection[str] = ()) -> None:
    """Take all of them; only: of these actions."""
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder:
        async with gallery(folder) as (plays, url), async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            for locale in locales:
                tab = await browser.new_page(locale=locale, bypass_csp=True)
                into = FOLDER / locale
                into.mkdir(parents=True, exist_ok=True)
                scenes = await plays.scenes(locale)
                await columns(tab, url, into)
                for action, own in groupby(scenes, key=lambda scene: scene.play.action):
                    if only and action not in only:
                        continue
                    acted = [scene.lines for scene in own]
                    await terminal(tab, [*chain(*acted)], locale, into / f"{action}-terminal.png")
                    for number, lines in enumerate(acted, 1):
                        await teams(tab, lines, locale, into / f"{action}-teams-{number}.png")
            await browser.close()


if __name__ == "__main__":
    languages: tuple[Locale, ...] = get_args(Locale)
    wanted = [locale for locale in languages if locale in sys.argv] or languages
    asyncio.run(main(wanted, [name for name in sys.argv[1:] if name not in languages]))
