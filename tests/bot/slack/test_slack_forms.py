"""Forms are modals: opened by a press, answered at the fields, saved once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.assembly import Bot
from nlu import Understanding
from nlu.understanding import Parsed
from storage.queries.people import person_by_email
from storage.queries.schedules import schedules_of
from tests.bot.slack.conftest import Connect
from tests.bot.slack.driver import Driver, labels, words
from tests.bot.slack.peer import JOHAN, PERNILLA
from tests.bot.slack.proxy import Proxy

BEGIN = "Lägg in en påminnelse"
FILL_IN = "Fyll i som formulär"


async def reminders(bot: Bot) -> list[str]:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, "johan.ek@nordhamn.example")
        assert johan is not None
        return [str(s.payload["task"]) for s in await schedules_of(session, johan.id, "reminder")]


async def test_errors_stand_at_the_fields_and_then_it_is_saved(slack: Driver, bot: Bot) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, BEGIN)
    await slack.press(JOHAN, FILL_IN)
    errors = await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "igår kl 9"})
    assert set(errors) == {"when"}
    assert await slack.modal() is not None
    assert await reminders(bot) == []
    assert await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "på fredag kl 9"}) == {}
    assert await slack.modal() is None
    assert await reminders(bot) == ["ringa Volvo"]
    assert "ringa Volvo" in words((await slack.told(JOHAN))[-1]["blocks"])


async def test_a_form_opens_with_what_was_said_in_chat(connect: Connect, demo_bot: Bot) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Lägg in Anna Svensson som gästföreläsare den 12 mars 13–15, FEK101")
    await slack.press(JOHAN, FILL_IN)
    view = await slack.modal()
    assert view is not None
    day = next(b["element"] for b in view["blocks"] if b["element"]["type"] == "datepicker")
    assert day["initial_date"] == "2027-03-12"
    hours = [b["element"] for b in view["blocks"] if b["element"]["type"] == "timepicker"]
    assert [hour["initial_time"] for hour in hours] == ["13:00", "15:00"]


async def test_the_home_tab_opens_the_form_at_once(slack: Driver, bot: Bot) -> None:
    await slack.open_home(JOHAN)
    await slack.press_home(JOHAN, BEGIN)
    assert await slack.modal() is not None
    assert await slack.told(JOHAN) == []
    await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "på fredag kl 9"})
    assert await reminders(bot) == ["ringa Volvo"]
    assert "ringa Volvo" in words((await slack.home(JOHAN))["blocks"])


async def test_a_form_that_is_all_of_an_answer_opens_at_once(
    connect: Connect, demo_bot: Bot
) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Lägg in Eva Ek som gästföreläsare i marknadsföring den 12 mars 13–15")
    await slack.press(JOHAN, "Spara")
    await demo_bot.work_until_idle(await demo_bot.time.now())
    await slack.press(PERNILLA, "Avböj")
    before = await slack.told(PERNILLA)
    assert "Eva Ek" in words(before[-1]["blocks"])
    await slack.submit(PERNILLA, {"note": "Salen är upptagen"})
    after = await slack.told(PERNILLA)
    # The answer takes the place of the message whose button was pressed.
    assert len(after) == len(before)
    assert "Avböj" not in labels(after[-1]["blocks"])
    await demo_bot.work_until_idle(await demo_bot.time.now())
    assert "Salen är upptagen" in words((await slack.told(JOHAN))[-1]["blocks"])


async def test_an_expired_trigger_leads_to_a_button_that_works(slack: Driver, proxy: Proxy) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, BEGIN)
    proxy.trouble("views.open", error="expired_trigger_id")
    await slack.press(JOHAN, FILL_IN)
    assert await slack.modal() is None
    assert FILL_IN in labels((await slack.told(JOHAN))[-1]["blocks"])
    await slack.press(JOHAN, FILL_IN)
    assert await slack.modal() is not None


async def test_a_form_that_belongs_to_no_draft_survives_an_expired_trigger(
    connect: Connect, demo_bot: Bot, proxy: Proxy
) -> None:
    slack = await connect(demo_bot)
    await slack.say(JOHAN, "Lägg in Eva Ek som gästföreläsare i marknadsföring den 12 mars 13–15")
    await slack.press(JOHAN, "Spara")
    await demo_bot.work_until_idle(await demo_bot.time.now())
    proxy.trouble("views.open", error="expired_trigger_id")
    await slack.press(PERNILLA, "Avböj")
    await slack.press(PERNILLA, FILL_IN)
    view = await slack.modal()
    assert view is not None
    assert view["callback_id"] == "lecture.declined"


async def test_a_form_behind_a_slow_message_is_waited_for_in_the_modal(
    slack: Driver, proxy: Proxy, bot: Bot
) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, BEGIN)
    release = _hold_up(bot)
    saying = asyncio.create_task(slack.say(JOHAN, "Vilka alumner är mentorer?"))
    while not release.waited_for:
        await asyncio.sleep(0.01)
    pressing = asyncio.create_task(slack.press(JOHAN, FILL_IN))
    await proxy.until("views.open")
    waiting = await slack.modal()
    assert waiting is not None
    assert words(waiting["blocks"]) == "Ett ögonblick …"
    release.set()
    await asyncio.gather(saying, pressing)
    view = await slack.modal()
    assert view is not None
    assert view["callback_id"] == "reminder.save"


async def test_a_draft_that_is_gone_is_said_in_words(slack: Driver, bot: Bot) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, BEGIN)
    assert await bot.time.move_to(await bot.time.now() + timedelta(days=2))
    await slack.press(JOHAN, FILL_IN)
    assert await slack.modal() is None
    assert "utkast" in words((await slack.told(JOHAN))[-1]["blocks"])


async def test_a_double_envelope_saves_once(slack: Driver, bot: Bot, proxy: Proxy) -> None:
    await slack.say(JOHAN, "hjälp")
    await slack.press(JOHAN, BEGIN)
    await slack.press(JOHAN, FILL_IN)
    proxy.duplicates = 3
    await slack.submit(JOHAN, {"task": "ringa Volvo", "when": "på fredag kl 9"})
    assert await reminders(bot) == ["ringa Volvo"]


class Release(asyncio.Event):
    """Lets go what was held up; waited_for: whether something is held up."""

    waited_for = False


def _hold_up(bot: Bot) -> Release:
    """Let the model think until it is released."""
    release = Release()
    understand = bot.nlu.understand

    async def slow(*args: Any, **named: Any) -> Understanding:
        release.waited_for = True
        await release.wait()
        return await understand(*args, **named)

    bot.conversation.nlu = _Slow(bot.nlu.hear, slow)  # type: ignore[assignment]
    return release


@dataclass
class _Slow:
    """An understanding that takes its time."""

    hear: Callable[[str], Coroutine[Any, Any, Parsed]]
    understand: Callable[..., Awaitable[Understanding]]
