"""What the page does with input that is empty, too long or hostile, and without its script."""

import pytest
from playwright.async_api import expect

from tests.bot.web.conftest import Visitor
from tests.dialogue import ALMA, JOHAN

_WIDTHS = [{"viewport": {"width": width, "height": 800}} for width in (360, 390, 1280, 1600)]


async def test_an_empty_message_is_not_sent(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.fill("#text", "  \n ")
    await visitor.tab.get_by_role("button", name="Skicka", exact=True).click()
    await expect(visitor.tab.locator("#problem")).to_have_text("Skriv något först.")
    await expect(visitor.tab.locator("article.said")).to_have_count(0)


async def test_too_long_a_message_is_refused_and_stays_in_the_box(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.fill("#text", "a" * 100_000)
    await visitor.tab.get_by_role("button", name="Skicka", exact=True).click()
    await expect(visitor.tab.locator("#problem")).to_contain_text("högst 4 000 tecken")
    await expect(visitor.tab.locator("#text")).to_have_value("a" * 100_000)
    await expect(visitor.tab.locator("article.said")).to_have_count(0)
    await visitor.say("hjälp")
    await expect(visitor.tab.locator("#problem")).to_be_empty()


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title='x'</script>",
        "<!channel> *bold* [x](http://example.com)",
        "{{ 7*7 }} {name}",
        "/help{}",
        "🕷️🕸️",
        "a\u0001b\u202ec",
    ],
)
async def test_what_is_said_is_shown_as_it_was_said(visitor: Visitor, text: str) -> None:
    await visitor.become(JOHAN)
    await visitor.say(text)
    shown = await visitor.tab.locator("article.said .text").text_content()
    assert (shown or "").replace("\ufffd", "\u0001") == text
    assert await visitor.tab.title() == "Johan Ek – Spindel"


async def test_when_the_bot_is_gone_the_text_is_kept(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.context.set_offline(offline=True)
    await visitor.tab.fill("#text", "Vilka mentorer finns?")
    await visitor.tab.keyboard.press("Enter")
    await expect(visitor.tab.locator("#problem")).to_contain_text("Spindel svarar inte.")
    await expect(visitor.tab.locator("#text")).to_have_value("Vilka mentorer finns?")
    await expect(visitor.tab.locator("article.said")).to_have_count(0)


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
async def test_without_its_script_the_page_does_the_same(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.fill("#text", "Jag vill lägga in en gästföreläsare")
    await visitor.tab.get_by_role("button", name="Skicka", exact=True).click()
    await visitor.last.locator("summary").click()
    await visitor.last.get_by_role("button", name="Skicka in").click()
    await expect(visitor.last.get_by_label("Föreläsare")).to_have_attribute("aria-invalid", "true")
    await visitor.tab.fill("#text", "Påminn mig om en timme att ringa Volvo")
    await visitor.tab.get_by_role("button", name="Skicka", exact=True).click()
    await visitor.tab.get_by_role("button", name="En timme framåt").click()
    await expect(visitor.last).to_contain_text("Påminnelse: ringa Volvo")
    await visitor.last.get_by_role("button", name="Klart").click()
    await expect(visitor.tab.get_by_text("Klart: ringa Volvo")).to_be_visible()
    await visitor.tab.fill("#text", "b" * 5_000)
    await visitor.tab.get_by_role("button", name="Skicka", exact=True).click()
    await expect(visitor.tab.locator("#text")).to_have_value("b" * 5_000)
    await expect(visitor.tab.locator("#problem")).to_contain_text("högst 4 000 tecken")


@pytest.mark.parametrize("context", _WIDTHS, indirect=True)
async def test_nothing_is_cut_off_or_asked_of_others(visitor: Visitor) -> None:
    widest = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    await visitor.tab.goto(visitor.url)
    assert await visitor.tab.evaluate(widest) == 0
    await visitor.become(ALMA)
    await visitor.say("Vilka alumner är mentorer?")
    await visitor.say("Jag vill lägga in en gästföreläsare")
    await visitor.last.locator("summary").click()
    assert await visitor.tab.evaluate(widest) == 0
    assert visitor.seen == {visitor.url}
    assert visitor.complaints == []


async def test_everything_can_be_reached_by_keyboard(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.keyboard.press("Tab")
    await expect(visitor.tab.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    await visitor.tab.keyboard.press("Enter")
    # Backwards from the box stands what is nearest to it: the three things to try.
    await visitor.tab.locator("#text").focus()
    await visitor.tab.keyboard.press("Shift+Tab")
    await expect(visitor.tab.locator(".chip").last).to_be_focused()
    await visitor.tab.keyboard.press("Enter")
    await expect(visitor.last).to_contain_text("ringa Volvo")
    await expect(visitor.tab.locator(".chip")).to_have_count(0)
