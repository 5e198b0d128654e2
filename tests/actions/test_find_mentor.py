"""Find a mentor: filters, pages, refinements, rights and consent."""

from bot.terminal.json_lines import JsonChat
from storage import Database
from storage.queries.mentors import MentorSearch, mentors_matching
from storage.queries.visibility import Viewer
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN, KARIN, MARIA, Dialogue, buttons, cards, facts, text


async def test_lecturer_finds_mentors_of_her_own_faculty_first(chat: JsonChat) -> None:
    talk = Dialogue(chat, JOHAN)
    answer = await talk.say("Vilka alumner är mentorer?")
    assert answer["understood"]["intent"] == "find_mentor"
    assert "Handelshögskolan" in text(answer)
    assert len(cards(answer)) == 5
    assert all(b["press"] != "mentor.more" or b["value"] == "5" for b in buttons(answer))
    everywhere = await talk.press("mentor.everywhere", "")
    assert "Hela universitetet" in text(everywhere)


async def test_filters_are_refined_paged_and_pointed_at(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN)
    everybody = await talk.say("Vilka är mentorer?")
    more = await talk.say("fler")
    names = {c["title"] for c in cards(everybody)}
    assert cards(more)
    assert not names & {c["title"] for c in cards(more)}
    second = await talk.say("nummer 2")
    assert [c["title"] for c in cards(second)] == [cards(more)[1]["title"]]
    goteborg = await talk.say("bara i Göteborg")
    assert cards(goteborg)
    assert {facts(c)["Ort"] for c in cards(goteborg)} == {"Göteborg"}


async def test_english_question_finds_swedish_profiles(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("Who can mentor in machine learning?")
    assert answer["replies"][0]["lang"] == "en"
    assert cards(answer)
    assert any("Artificial intelligence" in facts(c)["Fields"] for c in cards(answer))


async def test_unknown_field_is_said_and_not_dropped(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("mentorer inom undervattensbasketvävning i Malmö")
    assert "undervattensbasketvävning" in text(answer)


async def test_half_a_field_is_told(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("Vilka är mentorer inom svensk juridik?")
    assert "”svensk juridik”, så jag sökte på Juridik." in text(answer)
    english = await Dialogue(chat, KARIN).say("Which alumni are mentors in drone logistics?")
    assert "“drone logistics”, so I searched for Logistics." in text(english)
    whole = await Dialogue(chat, KARIN).say("Vilka är mentorer inom juridik?")
    assert "juridik”" not in text(whole)


async def test_nobody_found_offers_to_drop_a_filter(chat: JsonChat) -> None:
    talk = Dialogue(chat, KARIN)
    await talk.say("Vilka är mentorer inom juridik?")
    answer = await talk.say("bara i Kiruna")
    if not cards(answer):
        assert {b["press"] for b in buttons(answer)} & {"mentor.without", "mentor.everywhere"}


async def test_management_sees_no_names(chat: JsonChat) -> None:
    answer = await Dialogue(chat, MARIA).say("Vilka alumner är mentorer?")
    assert not cards(answer)
    assert "roll" in text(answer)


async def test_in_a_channel_the_answer_is_private(chat: JsonChat) -> None:
    answer = await Dialogue(chat, ALMA).say("Vilka alumner är mentorer?", surface="public")
    here, direct = answer["replies"]
    assert (here["to"]["where"], here["elements"]) == ("here", [])
    assert direct["to"]["where"] == "direct"
    assert cards({"replies": [direct]})


async def test_closed_mentors_come_last_and_cannot_be_asked(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        page = await mentors_matching(
            session, MentorSearch(), Viewer(everything=True), NOW, limit=300
        )
    ranks = ["open", "limited", "closed"]
    shown = [ranks.index(hit.availability) for hit in page.hits]
    assert shown == sorted(shown)
    assert page.total == len(page.hits) == 249  # 250 less the one with protected identity
    closed = {h.offer.alumnus.name for h in page.hits if h.availability == "closed"}
    assert {"Elin Bergqvist", "Mattias Ljung"} <= closed


async def test_without_consent_only_her_unit_and_central_see_her(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        staff = await mentors_matching(session, MentorSearch(), Viewer(), NOW, limit=300)
        central = await mentors_matching(
            session, MentorSearch(), Viewer(everything=True), NOW, limit=300
        )
    assert "Hanna Åström" not in {hit.offer.alumnus.name for hit in staff.hits}
    (hanna,) = [hit for hit in central.hits if hit.offer.alumnus.name == "Hanna Åström"]
    assert not hanna.consent
    assert all(hit.consent for hit in staff.hits)


async def test_each_order_shows_the_same_people(demo_database: Database) -> None:
    everybody: set[int] = set()
    async with demo_database.begin() as session:
        for order in ("fit", "name", "contact", "city"):
            page = await mentors_matching(
                session,
                MentorSearch(order=order, open_only=True),
                Viewer(everything=True),
                NOW,
                limit=300,
            )
            shown = {hit.offer.id for hit in page.hits}
            assert shown == (everybody or shown), order
            assert page.total == len(shown)
            assert all(hit.availability != "closed" for hit in page.hits)
            everybody = shown
        names = [hit.offer.alumnus.folded for hit in page.hits]
    assert len(names) == len(everybody)


async def test_fields_are_listed_as_in_a_sentence(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Vilka alumner är mentorer inom AI i Göteborg?")
    assert "Artificiell intelligens och datorseende" in str(answer)
