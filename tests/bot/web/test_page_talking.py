"""Conversations on the page, in a real browser."""

import pytest
from playwright.async_api import expect

from actions.request import Locale
from storage.queries.people import person_by_email
from tests.bot.web.conftest import Visitor
from tests.dialogue import ALMA, JOHAN, KARIN

PERNILLA = "pernilla.akesson@nordhamn.example"


async def test_a_newcomer_chooses_whom_to_be_and_is_greeted(visitor: Visitor) -> None:
    await visitor.tab.goto(visitor.url)
    roles = visitor.tab.locator(".role")
    assert await roles.locator("h2").all_inner_texts() == [
        "Johan Ek",
        "Alma Berg",
        "Karin Lind",
        "Maria Holm",
    ]
    await visitor.tab.get_by_role("link", name="Johan Ek").click()
    await expect(visitor.last).to_contain_text("Hej Johan!")
    await expect(visitor.last.get_by_role("button", name="Hitta en mentor")).to_be_visible()


async def test_the_list_of_people_narrows_as_one_types(visitor: Visitor) -> None:
    await visitor.tab.goto(visitor.url)
    await visitor.tab.get_by_label("Sök på namn, enhet eller roll").fill("sjofart koordinator")
    people = visitor.tab.locator("#people li:visible")
    await expect(people).to_have_count(1)
    await expect(people).to_contain_text("Leif Hansson")
    await visitor.tab.get_by_label("Sök på namn, enhet eller roll").fill("ingen alls")
    await expect(visitor.tab.get_by_text("Ingen här stämmer med sökningen.")).to_be_visible()


async def test_a_search_is_answered_with_cards_and_goes_on_by_button(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.say("Vilka alumner är mentorer?")
    await expect(visitor.last.locator(".card")).to_have_count(5)
    await expect(visitor.tab.locator("#text")).to_be_focused()
    first = await visitor.last.locator(".card-title").first.inner_text()
    await visitor.last.get_by_role("button", name="Visa 5 till").click()
    await expect(visitor.tab.locator("article.done")).to_have_text("Visa 5 till")
    await expect(visitor.last.locator(".card-title").first).not_to_have_text(first)


async def test_shift_and_enter_begins_a_new_line(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.locator("#text").press_sequentially("Hej")
    await visitor.tab.keyboard.press("Shift+Enter")
    await visitor.tab.locator("#text").press_sequentially("Spindel")
    await expect(visitor.tab.locator("#text")).to_have_value("Hej\nSpindel")
    await expect(visitor.tab.locator("article.said")).to_have_count(0)


async def test_two_quick_messages_keep_their_order(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    for text in ("Hej!", "tack!"):
        await visitor.tab.fill("#text", text)
        await visitor.tab.keyboard.press("Enter")
    lines = visitor.tab.locator("article.entry:not(.pending)")
    await expect(lines).to_have_count(5)
    kinds = [await line.get_attribute("class") for line in await lines.all()]
    assert ["said" in (kind or "") for kind in kinds] == [False, True, False, True, False]


async def test_a_form_with_errors_is_shown_again_where_it_stood(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.say("Jag vill lägga in en gästföreläsare")
    replies = await visitor.tab.locator("article.reply").count()
    await visitor.last.locator("summary").click()
    await visitor.last.get_by_label("Ämne").fill("Prissättning")
    await visitor.last.get_by_role("button", name="Skicka in").click()
    lecturer = visitor.last.get_by_label("Föreläsare")
    await expect(lecturer).to_have_attribute("aria-invalid", "true")
    await expect(lecturer).to_be_focused()
    await expect(lecturer).to_have_accessible_description("Fyll i det här.")
    await expect(visitor.last.get_by_label("Ämne")).to_have_value("Prissättning")
    await expect(visitor.tab.locator("article.reply")).to_have_count(replies)
    await lecturer.fill("Camilla Nord")
    await visitor.last.get_by_label("Datum").fill("2027-03-12")
    await visitor.last.get_by_role("button", name="Skicka in").click()
    await expect(visitor.tab.locator("article.done")).to_have_text("Skickat: Gästföreläsning")
    await expect(visitor.tab.locator("[aria-invalid]")).to_have_count(0)
    await expect(visitor.last.locator(".card-title")).to_have_text("Camilla Nord")


async def test_the_clock_goes_forward_and_the_reminder_comes(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.say("Påminn mig om en timme att ringa Volvo")
    await visitor.tab.get_by_role("button", name="En timme framåt").click()
    await expect(visitor.last).to_contain_text("Påminnelse: ringa Volvo")
    await expect(visitor.tab.locator("#bot-time")).to_have_text("tisdag 24 november 2026 kl. 11:30")
    reminder = await visitor.last.get_attribute("id")
    await visitor.last.get_by_role("button", name="Klart").click()
    done = visitor.tab.locator(f"#{reminder}")
    await expect(done).to_contain_text("Klart: ringa Volvo")
    await expect(done.get_by_role("button")).to_have_count(0)
    await expect(done).to_be_focused()


async def test_the_clock_never_goes_back(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.get_by_label("En annan tid").fill("2026-11-23T08:00")
    await visitor.tab.get_by_role("button", name="Gå dit").click()
    await expect(visitor.tab.locator("#clock-problem")).to_have_text(
        "Välj en tid som ligger framåt, högst ett år."
    )
    await visitor.tab.get_by_label("En annan tid").fill("2026-11-30T08:00")
    await visitor.tab.get_by_role("button", name="Gå dit").click()
    await expect(visitor.tab.locator("article.note")).to_contain_text("måndag 30 november 2026")
    await expect(visitor.tab.locator("#clock-problem")).to_be_empty()


async def test_what_others_get_is_told_and_leads_to_them(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.say("Jag vill lägga in en gästföreläsare")
    await visitor.last.locator("summary").click()
    await visitor.last.get_by_label("Föreläsare").fill("Camilla Nord")
    await visitor.last.get_by_label("Ämne").fill("Prissättning")
    await visitor.last.get_by_label("Datum").fill("2027-03-12")
    await visitor.last.get_by_role("button", name="Skicka in").click()
    await visitor.tab.get_by_role("link", name="1 nytt meddelande till Pernilla Åkesson").click()
    await visitor.last.get_by_role("button", name="Godkänn").click()
    await expect(visitor.last.get_by_role("button", name="Godkänn")).to_have_count(0)
    await visitor.tab.get_by_role("link", name="1 nytt meddelande till Johan Ek").click()
    await expect(visitor.last).to_contain_text("Camilla Nord")
    await expect(visitor.tab.locator(".hints")).to_have_count(0)


@pytest.mark.parametrize(("button", "locale"), [("English", "en"), ("Svenska", "sv")])
async def test_the_language_is_chosen_for_page_and_bot(
    visitor: Visitor, button: str, locale: Locale
) -> None:
    await visitor.become(ALMA)
    await visitor.tab.get_by_role("button", name=button).click()
    await expect(visitor.tab.locator("html")).to_have_attribute("lang", locale)
    await expect(visitor.last).to_have_attribute("lang", locale)
    async with visitor.bot.database.begin() as session:
        alma = await person_by_email(session, ALMA)
    assert alma is not None
    assert alma.locale == locale


async def test_a_language_chosen_in_words_changes_the_page_too(visitor: Visitor) -> None:
    await visitor.become(JOHAN)
    await visitor.tab.fill("#text", "Svara på engelska")
    await visitor.tab.keyboard.press("Enter")
    await expect(visitor.tab.locator("html")).to_have_attribute("lang", "en")
    await expect(visitor.tab.get_by_label("Write to Spindel")).to_be_visible()


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
async def test_news_of_many_others_leaves_room_for_the_talk(visitor: Visitor) -> None:
    await visitor.become(KARIN)
    await visitor.say("Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu")
    await visitor.last.get_by_role("button", name="Skicka").click()
    hints = visitor.tab.locator(".hints")
    await expect(hints.locator("li")).to_have_count(12, timeout=15_000)
    box = await hints.bounding_box()
    assert box is not None
    assert box["height"] < 844 / 4
