"""The gallery: every action, both languages, the real bot, and the demo left as it was."""

import pytest

from bot.assembly import Bot
from bot.capabilities import capabilities
from bot.translation import Locale
from bot.web.app import create_app
from bot.web.channel import PageChannel
from bot.web.gallery import Gallery, plays
from bot.web.plays import PLAYS
from bot.web.plays.rest import OUTSIDE
from storage import Database
from storage.copying import NotCopied, copy_database
from storage.queries.drafts import open_drafts
from storage.queries.people import person_by_email
from storage.queries.schedules import schedules_of
from tests.bot.web.conftest import Visitor
from tests.conftest import NOW
from tests.dialogue import JOHAN
from tests.parity import same_everywhere


@pytest.mark.parametrize("locale", ["sv", "en"])
async def test_every_play_goes_to_its_end_in_every_channel_and_leaves_the_demo_alone(
    page_bot: Bot, channel: PageChannel, locale: Locale
) -> None:
    before = await _state(page_bot)
    scenes = await Gallery(page_bot).scenes(locale)
    assert {scene.play.action for scene in scenes} == {a.name for a in capabilities()} | {OUTSIDE}
    for scene in scenes:
        assert scene.stuck == "", scene.play.title.id
        answered = {line.action for line in scene.lines if line.reply}
        assert scene.play.action in answered, (scene.play.title.id, answered)
        for line in scene.lines:
            if line.reply:
                same_everywhere(line.reply, locale)
    assert await _state(page_bot) == before
    assert channel.talks == {}


async def _state(bot: Bot) -> tuple[str | None, int, int]:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        reminders = await schedules_of(session, johan.id, "reminder")
        drafts = await open_drafts(session, johan.id, NOW)
    return johan.locale, len(reminders), len(drafts)


def test_an_action_without_a_play_is_shown_by_its_own_example() -> None:
    played = {play.action for play in PLAYS}
    lonely = [action for action in capabilities() if action.name not in played]
    whole = {play.action for play in plays(capabilities())}
    assert {action.name for action in lonely} <= whole


async def test_few_buttons_and_forms_are_left_unshown(page_bot: Bot) -> None:
    actions = capabilities()
    declared = sum(len(action.presses) + len(action.submissions) for action in actions)
    unshown = Gallery(page_bot).unshown()
    assert len(unshown) <= declared / 10, unshown


async def test_page_slack_and_teams_stand_side_by_side(visitor: Visitor) -> None:
    visitor.tab.set_default_timeout(60_000)
    await visitor.tab.goto(f"{visitor.url}/gallery")
    pairs = visitor.tab.locator(".pair")
    assert await pairs.count() >= len(PLAYS)
    assert await visitor.tab.locator(".as-slack .slack").count() >= await pairs.count()
    asked = pairs.first
    title = await asked.locator(".card-title").first.inner_text()
    assert title in await asked.locator(".as-slack").inner_text()
    assert title in await asked.locator(".as-teams").inner_text()
    card = asked.locator(".tm-card").first
    colour = "element => getComputedStyle(element).backgroundColor"
    assert await card.evaluate(colour) == "rgb(255, 255, 255)"
    await visitor.tab.check("#teams-dark")
    assert await card.evaluate(colour) == "rgb(41, 41, 41)"
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
