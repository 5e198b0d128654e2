"""A code from one chat, written in the other, makes one person of two."""

import re

import pytest

from actions.reply import Button, Card, Reply
from actions.words import plain
from bot.assembly import Bot
from bot.conversation import Gesture
from bot.translation import Locale, render
from storage.queries.accounts import accounts_of, link_account, stranger
from storage.queries.people import person_by_email, person_by_id
from storage.queries.preferences import choices_of
from tests.conftest import NOW
from tests.dialogue import ALMA, JOHAN


async def _known(bot: Bot, email: str, channel: str = "slack") -> int:
    async with bot.database.begin() as session:
        person = await person_by_email(session, email)
        if person is None:
            person = await stranger(session, email, "Johan i Teams")
        await link_account(
            session,
            person_id=person.id,
            channel=channel,
            tenant="T",
            external_id=email,
            seen_at=NOW,
        )
        return person.id


async def _say(bot: Bot, who: int, text: str) -> Reply:
    return (await bot.conversation.answer(Gesture(who, text=text), NOW)).reply


async def _press(bot: Bot, who: int, button: Button) -> Reply:
    gesture = Gesture(who, press=button.press, value=button.value)
    return (await bot.conversation.answer(gesture, NOW)).reply


def _button(reply: Reply, label: str, locale: Locale = "sv") -> Button:
    cards = [b for e in reply.elements if isinstance(e, Card) for b in e.buttons]
    every = [*(e for e in reply.elements if isinstance(e, Button)), *cards]
    return next(b for b in every if render(b.label, locale) == label)


async def _code(bot: Bot, who: int, words: str = "koppla ihop mina chattar") -> str:
    told = render((await _say(bot, who, words)).text, "sv")
    found = re.search(r"\d{4} \d{4}", told)
    assert found, told
    return found[0]


async def test_a_stranger_becomes_whom_she_is(demo_bot: Bot) -> None:
    johan, twin = await _known(demo_bot, JOHAN), await _known(demo_bot, "xek@gu.example", "teams")
    code = await _code(demo_bot, johan)
    await _say(demo_bot, twin, "påminn mig på fredag kl 9 om att ringa Volvo")
    await _say(demo_bot, twin, "ja")
    question = await _say(demo_bot, twin, code)
    assert JOHAN in render(question.text, "sv")
    done = await _press(demo_bot, twin, _button(question, "Ja, det är jag"))
    assert "Johan Ek" in render(done.text, "sv")
    async with demo_bot.database.begin() as session:
        accounts = await accounts_of(session, johan)
        assert {(a.channel, a.by_code) for a in accounts} == {("slack", True), ("teams", True)}
    mine = await _say(demo_bot, johan, "mina påminnelser")
    assert any("Volvo" in render(e.title, "sv") for e in mine.elements if isinstance(e, Card))


async def test_the_code_may_be_written_by_whom_the_university_knows(demo_bot: Bot) -> None:
    johan, twin = await _known(demo_bot, JOHAN), await _known(demo_bot, "xek@gu.example", "teams")
    code = await _code(demo_bot, twin, "link my accounts")
    question = await _say(demo_bot, johan, code.replace(" ", ""))
    await _press(demo_bot, johan, _button(question, "Ja, det är jag"))
    async with demo_bot.database.begin() as session:
        assert len(await accounts_of(session, johan)) == 2
        assert (await person_by_id(session, twin)).left_on is not None


async def test_two_whom_the_university_knows_stay_two(demo_bot: Bot) -> None:
    johan, alma = await _known(demo_bot, JOHAN), await _known(demo_bot, ALMA)
    question = await _say(demo_bot, alma, await _code(demo_bot, johan))
    refused = await _press(demo_bot, alma, _button(question, "Ja, det är jag"))
    assert "två personer" in render(refused.text, "sv")
    async with demo_bot.database.begin() as session:
        assert len(await accounts_of(session, alma)) == 1


async def test_no_voids_the_code(demo_bot: Bot) -> None:
    johan, twin = await _known(demo_bot, JOHAN), await _known(demo_bot, "xek@gu.example", "teams")
    code = await _code(demo_bot, johan)
    await _press(demo_bot, twin, _button(await _say(demo_bot, twin, code), "Nej"))
    assert "gäller inte" in render((await _say(demo_bot, twin, code)).text, "sv")


async def test_a_wrong_code_says_so_and_a_forged_press_does_nothing(demo_bot: Bot) -> None:
    johan = await _known(demo_bot, JOHAN)
    assert "gäller inte" in render((await _say(demo_bot, johan, "1234 5678")).text, "sv")
    forged = Button(plain("Ja"), "settings.linked", "12345678")
    assert "gäller inte" in render((await _press(demo_bot, johan, forged)).text, "sv")


@pytest.mark.parametrize("chosen", ["slack", "teams"])
async def test_where_messages_come_is_chosen(demo_bot: Bot, chosen: str) -> None:
    johan = await _known(demo_bot, JOHAN)
    await _known(demo_bot, JOHAN, "teams")
    settings = await _say(demo_bot, johan, "inställningar")
    name = {"slack": "Alltid i Slack", "teams": "Alltid i Teams"}[chosen]
    told = await _press(demo_bot, johan, _button(settings, name))
    async with demo_bot.database.begin() as session:
        assert (await choices_of(session, johan)).chat == chosen
    await _press(demo_bot, johan, _button(told, "Där jag var senast"))
    async with demo_bot.database.begin() as session:
        assert (await choices_of(session, johan)).chat is None
