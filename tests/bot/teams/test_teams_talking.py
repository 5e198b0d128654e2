"""The issue's errands from end to end: the real bot, a real Rasa and Microsoft's playground."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.assembly import Bot
from storage.queries.people import person_by_email
from tests.bot.teams.cards import words
from tests.bot.teams.conftest import Connect
from tests.bot.teams.driver import Driver
from tests.bot.teams.playground import ALMA, CHANNEL, GROUP, JOHAN, KARIN, NOVA, Person
from tests.conftest import NOW

SUNDAY = datetime(2026, 11, 29, 17, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # eight o'clock in Stockholm

MENTOR = {
    "sv": {
        "asked": "Vilka alumner är mentorer inom hållbarhet?",
        "found": "Göteborg",
        "ask": "Be om kontakt",
        "purpose": "En student behöver råd om hållbara investeringar",
        "send": "Skicka",
        "sent": "Förfrågan är skickad till Alma Berg",
    },
    "en": {
        "asked": "Which alumni are mentors in sustainability?",
        "found": "Gothenburg",
        "ask": "Ask for contact",
        "purpose": "A student needs advice about sustainable investments",
        "send": "Send",
        "sent": "Alma Berg",
    },
}
LECTURE = {
    "sv": {
        "begin": "Jag vill lägga in en gästföreläsare",
        "send": "Skicka",
        "who": "Föreläsare",
        "topic": "Ämne",
        "day": "Datum",
        "again": "Något behöver rättas till.",
        "gone": "har redan passerat",
    },
    "en": {
        "begin": "I'd like to register a guest lecturer",
        "send": "Send",
        "who": "Lecturer",
        "topic": "Topic",
        "day": "Date",
        "again": "Some of it needs another look.",
        "gone": "has already passed",
    },
}

ASKED = {
    "sv": {
        "hello": "hej",
        "asked": "Jag vill komma i kontakt med Anna Svensson på SEB",
        "purpose": "Mentorskap för en student som skriver om hållbar finansiering",
        "send": "Skicka",
        "approve": "Godkänn",
        "approved": "har godkänt din förfrågan",
    },
    "en": {
        "hello": "hello",
        "asked": "I'd like to get in touch with Anna Svensson at SEB",
        "purpose": "Mentoring for a student who writes about sustainable finance",
        "send": "Send",
        "approve": "Approve",
        "approved": "has approved your request",
    },
}
NEWS = {
    "sv": {
        "hello": "hej",
        "sent": "Skicka till alla koordinatorer: nya mallarna ligger på plats",
        "send": "Skicka",
        "news": "nya mallarna ligger på plats",
        "read": "Läst",
        "asked": "Vem har inte läst?",
        "counted": "varav lästa: 1",
    },
    "en": {
        "hello": "hello",
        "sent": "Send to all coordinators: the new templates are in place",
        "send": "Send",
        "news": "the new templates are in place",
        "read": "Read",
        "asked": "Who hasn't read it?",
        "counted": "of them read: 1",
    },
}
in_both = pytest.mark.parametrize("lang", ["sv", "en"])


async def last(teams: Driver, person: Person | None = None, where: str = "") -> str:
    """Return every word of the newest message in a conversation."""
    return words((await teams.messages(person, where))[-1].cards)


async def ask_for_contact(teams: Driver, by: Person, told: dict[str, str]) -> None:
    await teams.say(told["asked"], by=by)
    await teams.say(told["purpose"], by=by)
    await teams.press(told["send"], by=by)


@in_both
async def test_a_mentor_is_found_and_asked_for(connect: Connect, bot: Bot, lang: str) -> None:
    told = MENTOR[lang]
    teams = await connect(bot, JOHAN)
    await teams.install()
    await teams.say(told["asked"])
    assert "Anna Svensson" in await last(teams)
    assert told["found"] in await last(teams)
    await teams.press(told["ask"])
    await teams.say(told["purpose"])
    assert told["purpose"] in await last(teams)
    await teams.press(told["send"])
    assert told["sent"] in await last(teams)


async def test_a_request_reaches_the_coordinator(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, ALMA)
    await teams.install()
    await ask_for_contact(teams, JOHAN, ASKED["sv"])
    await bot.work_until_idle(NOW)
    assert "Johan Ek" in await last(teams)
    assert "hållbar finansiering" in await last(teams)


@in_both
async def test_a_lecture_by_a_form_with_a_field_missing_and_a_wrong_date(
    connect: Connect, bot: Bot, lang: str
) -> None:
    told = LECTURE[lang]
    teams = await connect(bot, JOHAN)
    await teams.install()
    await teams.say(told["begin"])
    filled = {told["who"]: "Sofia Testgren", told["day"]: "2026-01-12"}
    lacking = await teams.press(told["send"], values=filled)
    assert [name.partition(".")[2] for name in lacking] == ["topic"]
    filled[told["topic"]] = "Digital marknadsföring"
    assert await teams.press(told["send"], values=filled) == []
    assert told["again"] in await last(teams)
    assert told["gone"] in await last(teams)
    assert (await teams.messages())[-1].edits == 1
    await teams.press(told["send"], values={told["day"]: "2027-03-12"})
    assert "Sofia Testgren" in await last(teams)
    async with bot.database.engine.connect() as connection:
        kept = await connection.exec_driver_sql("SELECT topic FROM guest_lecture ORDER BY id DESC")
        assert kept.scalar() == "Digital marknadsföring"


@pytest.mark.parametrize(
    ("asked", "told", "done"),
    [
        ("Påminn mig om att ringa Volvo imorgon kl 9", "ringa Volvo", "Klart"),
        ("Remind me to call Volvo tomorrow at 9", "call Volvo", "Done"),
    ],
)
async def test_a_reminder_arrives_and_is_done(
    connect: Connect, bot: Bot, asked: str, told: str, done: str
) -> None:
    teams = await connect(bot, JOHAN)
    await teams.install()
    await teams.say(asked)
    count = len(await teams.messages())
    await bot.work_until_idle(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    messages = await teams.messages()
    assert len(messages) == count + 1
    assert told in words(messages[-1].cards)
    await teams.press(done)
    assert done not in await teams.labels()


@in_both
async def test_the_digest_comes_on_monday_and_is_acted_on(
    connect: Connect, bot: Bot, lang: str
) -> None:
    told = ASKED[lang]
    teams = await connect(bot, ALMA)
    await teams.say(told["hello"])
    await bot.time.move_to(SUNDAY)
    await ask_for_contact(teams, JOHAN, told)
    await bot.work_until_idle(SUNDAY)
    await bot.time.move_to(MONDAY)
    await bot.work_until_idle(MONDAY)
    digest = (await teams.messages())[-1]
    assert "Anna Svensson" in words(digest.cards)
    assert told["purpose"] in words(digest.cards)
    await teams.press(told["approve"])
    acted = (await teams.messages())[-1]
    assert (acted.id, acted.edits) == (digest.id, 1)
    await bot.work_until_idle(MONDAY)
    assert told["approved"] in await last(teams, JOHAN)


@in_both
async def test_an_announcement_is_read_by_somebody_else(
    connect: Connect, bot: Bot, lang: str
) -> None:
    told = NEWS[lang]
    teams = await connect(bot, ALMA)
    await teams.say(told["hello"])
    await teams.say(told["sent"], by=KARIN)
    await teams.press(told["send"], by=KARIN)
    await bot.work_until_idle(NOW)
    assert told["news"] in await last(teams)
    await teams.press(told["read"])
    assert told["read"] not in await teams.labels()
    await bot.work_until_idle(NOW + timedelta(minutes=1))
    await teams.say(told["asked"], by=KARIN)
    assert told["counted"] in await last(teams, KARIN)


async def test_names_are_told_to_her_alone_when_asked_in_the_group(
    connect: Connect, bot: Bot
) -> None:
    teams = await connect(bot, JOHAN)
    await teams.install()
    await teams.say("Vilka alumner är mentorer inom hållbarhet?", where=GROUP)
    assert "Anna Svensson" in await last(teams)
    assert "Anna Svensson" not in await last(teams, where=GROUP)


async def test_a_word_in_the_channel_is_answered_in_its_post(connect: Connect, bot: Bot) -> None:
    teams = await connect(bot, JOHAN)
    await teams.say("hjälp", where=CHANNEL)
    [message] = await teams.messages(where=CHANNEL)
    assert message.where.startswith(f"{CHANNEL};messageid=")


async def test_whom_the_university_does_not_know_is_asked_for_her_unit(
    connect: Connect, bot: Bot
) -> None:
    teams = await connect(bot, NOVA)
    await teams.say("Vilka alumner är mentorer inom hållbarhet?")
    await teams.press("Handelshögskolan")
    [message] = [m for m in await teams.messages() if m.edits]
    assert "Handelshögskolan" in words(message.cards)
    async with bot.database.begin() as session:
        nova = await person_by_email(session, "nova.ny@nordhamn.example")
    assert nova is not None
    assert nova.unit_id is not None
