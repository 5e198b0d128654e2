"""The gallery: every action, both languages, the real bot, and the demo left as it was."""

import pytest

from actions.request import Locale
from bot.assembly import Bot
from bot.capabilities import capabilities
from bot.web.app import create_app
from bot.web.channel import PageChannel
from bot.web.gallery import Gallery, plays
from bot.web.plays import PLAYS
from bot.web.plays.rest import OUTSIDE
from storage import Database
from storage.copying import NotCopied, copy_database
from storage.queries.people import person_by_email
from tests.bot.web.conftest import Visitor
from tests.dialogue import JOHAN


@pytest.mark.parametrize("locale", ["sv", "en"])
async def test_every_play_goes_to_its_end(page_bot: Bot, locale: Locale) -> None:
    scenes = await Gallery(page_bot).scenes(locale)
    assert {scene.play.action for scene in scenes} == {a.name for a in capabilities()} | {OUTSIDE}
    for scene in scenes:
        assert scene.stuck == "", scene.play.title.id
        answered = {line.action for line in scene.lines if line.reply}
        assert scene.play.action in answered, (scene.play.title.id, answered)


async def test_the_demo_is_left_as_it_was(page_bot: Bot, channel: PageChannel) -> None:
    async with page_bot.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
    assert johan is not None
    before = johan.locale
    await Gallery(page_bot).scenes("en")
    async with page_bot.database.begin() as session:
        after = await person_by_email(session, JOHAN)
    assert after is not None
    assert after.locale == before
    assert channel.talks == {}


def test_an_action_without_a_play_is_shown_by_its_own_example() -> None:
    played = {play.action for play in PLAYS}
    lonely = [action for action in capabilities() if action.name not in played]
    whole = {play.action for play in plays(capabilities())}
    assert {action.name for action in lonely} <= whole


async def test_no_button_is_forgotten(page_bot: Bot) -> None:
    # Two units of one name are needed for the one that is left.
    assert Gallery(page_bot).unshown() == ["coordinator.unit"]


async def test_page_and_slack_stand_side_by_side(visitor: Visitor) -> None:
    visitor.tab.set_default_timeout(60_000)
    await visitor.tab.goto(f"{visitor.url}/gallery")
    pairs = visitor.tab.locator(".pair")
    assert await pairs.count() >= len(PLAYS)
    assert await visitor.tab.locator(".as-slack .slack").count() >= await pairs.count()
    asked = pairs.first
    title = await asked.locator(".card-title").first.inner_text()
    assert title in await asked.locator(".as-slack").inner_text()
    assert visitor.complaints == []
    assert visitor.seen == {visitor.url}


async def test_without_sqlite_the_gallery_says_so(page_bot: Bot, channel: PageChannel) -> None:
    elsewhere = Bot(
        Database("postgresql://127.0.0.1:9/none"),
        page_bot.nlu,
        page_bot.conversation,
        page_bot.clock,
        page_bot.delivery,
        page_bot.time,
    )
    assert create_app(elsewhere, channel).state.site.gallery is not None
    with pytest.raises(NotCopied):
        await Gallery(elsewhere).scenes("sv")
    await elsewhere.database.close()


def test_only_a_file_is_copied(demo_url: str, tmp_path: object) -> None:
    with pytest.raises(NotCopied):
        copy_database("postgresql://127.0.0.1/none", tmp_path)  # type: ignore[arg-type]
    with pytest.raises(NotCopied):
        copy_database("sqlite://", tmp_path)  # type: ignore[arg-type]
    assert demo_url.startswith("sqlite:///")
