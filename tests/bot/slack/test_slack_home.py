"""The Home tab: what is mine and what waits for me, in my language."""

import json

from actions.access import actor_of
from bot.assembly import Bot
from bot.home import home
from bot.slack.home import home_view
from bot.slack.limits import problems_of_view
from storage.queries.people import person_by_email
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import ALMA, JOHAN, MARIA, NOVA
from tests.bot.slack.proxy import Proxy
from tests.conftest import NOW

BEGIN = "Lägg in en påminnelse"


async def test_it_shows_my_lectures_and_reminders(slack: Driver) -> None:
    view = await slack.open_home(JOHAN)
    shown = words(view["blocks"])
    assert "Hej Johan!" in shown
    assert "Mina kommande gästföreläsningar" in shown
    assert "Du har inga påminnelser." in shown
    assert "Väntar på dig" not in shown
    await slack.press_home(JOHAN, BEGIN)
    await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "på fredag kl 9"})
    assert "ringa Volvo" in words((await slack.home(JOHAN))["blocks"])


async def test_a_press_on_it_renews_it(slack: Driver) -> None:
    await slack.open_home(JOHAN)
    await slack.press_home(JOHAN, BEGIN)
    await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "på fredag kl 9"})
    await slack.press_home(JOHAN, "Ta bort")
    assert "ringa Volvo" not in words((await slack.home(JOHAN))["blocks"])


async def test_a_coordinator_sees_what_waits_for_her(slack: Driver) -> None:
    assert "Väntar på dig" in words((await slack.open_home(ALMA))["blocks"])


async def test_what_she_has_approved_waits_until_it_is_answered(
    connect: Connect, demo_bot: Bot
) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Jag vill ha kontakt med Anna Svensson på SEB om ett mentorskap")
    await slack.say(JOHAN, "ja")
    for step in ("Godkänn", "Jag har tagit kontakt", "Tackade ja"):
        await slack.open_home(ALMA)
        await slack.press_home(ALMA, step)
    await slack.open_home(ALMA)
    assert "Anna Svensson" not in words((await slack.home(ALMA))["blocks"])


async def test_management_sees_no_names(slack: Driver) -> None:
    shown = words((await slack.open_home(MARIA))["blocks"])
    assert "gästföreläsningar" not in shown
    assert "Hitta en mentor" not in labels((await slack.home(MARIA))["blocks"])


async def test_it_speaks_the_language_one_chose(slack: Driver) -> None:
    await slack.say(JOHAN, "help")
    assert "Hello Johan!" in words((await slack.open_home(JOHAN))["blocks"])


async def test_it_speaks_slacks_language_to_whom_it_does_not_know(
    slack: Driver, proxy: Proxy
) -> None:
    proxy.people[NOVA] = {"locale": "en-GB"}
    assert "Hello Nova!" in words((await slack.open_home(NOVA))["blocks"])


async def test_it_is_published_when_it_is_opened_and_not_before(
    slack: Driver, proxy: Proxy
) -> None:
    await slack.say(JOHAN, "hjälp")
    assert proxy.called("views.publish") == []
    await slack.open_home(JOHAN)
    assert len(proxy.called("views.publish")) == 1


async def test_every_page_of_the_demo_is_within_slacks_limits(bot: Bot) -> None:
    actions = list(bot.conversation.routes.actions.values())
    for email in ("johan.ek", "alma.berg", "karin.lind", "maria.holm", "pernilla.akesson"):
        async with bot.database.begin() as session:
            person = await person_by_email(session, f"{email}@nordhamn.example")
            assert person is not None
            actor = await actor_of(session, person, NOW)
            parts = await home(session, actor, NOW, actions)
        for locale in ("sv", "en"):
            view = home_view(parts, locale)
            assert problems_of_view(view) == []
            assert len(json.dumps(view)) < 250_000
