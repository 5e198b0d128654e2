"""What the bot was not sure of is kept only where it is wanted, and without anybody in it."""

import unicodedata
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from actions.reply import Button
from actions.request import Surface
from bot.assembly import Bot, assembled
from bot.conversation import Gesture
from bot.terminal.channel import TerminalChannel
from bot.translation import render
from nlu.anonymous import anonymous
from nlu.client import RasaClient
from storage import Database
from storage.folding import fold
from storage.queries.cleaning import forget_what_is_over
from storage.queries.learning import every_name, unsure_messages, words_of
from storage.queries.people import person_by_email
from storage.tables import Alumnus, Person
from tests.conftest import NOW, RasaServer
from tests.dialogue import JOHAN

# Every name stands in the demo university.
CANARIES = (
    "Elin Bergqvist", "elin bergqvists", "BERGQVIST", "Mattias", "Karin Lind", "Pernilla",
)  # fmt: skip
REACHED = ("anna.s@seb.example", "070-123 45 67", "+46 31 786 00 00")
UNCLEAR = "hmm {} det där med fredag kanske"


@pytest.fixture
async def learning(demo_url: str, rasa_server: RasaServer) -> AsyncIterator[Bot]:
    """Give a bot that keeps what it was not sure of."""
    bot = await assembled(
        Database(demo_url),
        RasaClient(rasa_server.url, rasa_server.token),
        [TerminalChannel()],
        movable=True,
        frozen=NOW,
        collect_unsure=True,
    )
    yield bot
    await bot.close()


@pytest.fixture
def doubting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot be unsure of everything, whatever the model has learnt."""
    monkeypatch.setattr("nlu.understanding.ACT", 1.1)
    monkeypatch.setattr("nlu.understanding.ASK", 0.0)
    monkeypatch.setattr("nlu.understanding._LIKELY", 0.0)


async def _say(bot: Bot, text: str, surface: Surface = Surface.DIRECT) -> str:
    async with bot.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
    assert johan is not None
    answer = await bot.conversation.answer(Gesture(johan.id, surface, text=text), NOW)
    if bot.conversation.unsure is not None:
        await bot.conversation.unsure.idle()
    return answer.action


async def _kept(bot: Bot) -> list[str]:
    async with bot.database.begin() as session:
        return [row.text for row in await unsure_messages(session)]


@pytest.mark.parametrize("secret", [*CANARIES, *REACHED])
@pytest.mark.usefixtures("doubting")
async def test_nobody_is_kept(learning: Bot, secret: str) -> None:
    asked = await _say(learning, UNCLEAR.format(secret))
    (kept,) = await _kept(learning)
    assert asked == "ask"
    for word in secret.split():
        assert word.casefold() not in kept.casefold()
    assert kept.startswith("hmm ")
    assert kept.endswith("det där med fredag kanske")


_FORMS: tuple[Callable[[str], str], ...] = (
    str, str.lower, str.upper, lambda n: f"{n}s", lambda n: f"{n}'s", lambda n: fold(n).title(),
    lambda n: unicodedata.normalize("NFD", n), lambda n: ", ".join(reversed(n.split(" ", 1))),
)  # fmt: skip


async def test_no_name_of_the_whole_university_is_kept(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        names = await every_name(session)
        alumni = await session.execute(select(Alumnus.given_name, Alumnus.family_name))
        whole = {f"{given} {family}" for given, family in alumni}
        whole |= set(await session.scalars(select(Person.name)))
    known = words_of(names)
    assert len(whole) > 4000
    for name, form in product(whole, _FORMS):
        said = UNCLEAR.format(form(name))
        kept = anonymous(said, lambda word: not known.isdisjoint(fold(word).split()))
        assert kept.replace("NN, NN", "NN") == UNCLEAR.format("NN"), said


@pytest.mark.usefixtures("doubting")
async def test_the_protected_are_masked_like_everybody(learning: Bot) -> None:
    async with learning.database.begin() as session:
        protected = await session.connection()
        found = await protected.exec_driver_sql(
            "SELECT given_name, family_name FROM alumnus WHERE protected"
        )
        name = " ".join(found.one())
    await _say(learning, UNCLEAR.format(name))
    assert await _kept(learning) == [UNCLEAR.format("NN")]


@pytest.mark.usefixtures("doubting")
async def test_a_personnummer_is_never_kept(learning: Bot) -> None:
    await _say(learning, UNCLEAR.format("19811218-9876"))
    assert await _kept(learning) == []


async def test_only_what_was_asked_about_directly_is_kept(learning: Bot) -> None:
    await _say(learning, "ja")
    await _say(learning, "Vilka alumner är mentorer inom AI?")
    assert await _kept(learning) == []


@pytest.mark.usefixtures("doubting")
async def test_nothing_from_a_channel_is_kept(learning: Bot) -> None:
    assert await _say(learning, UNCLEAR.format("så"), Surface.PUBLIC) == "ask"
    assert await _kept(learning) == []


@pytest.mark.usefixtures("doubting")
async def test_nothing_is_kept_unless_it_is_wanted(demo_bot: Bot) -> None:
    assert await _say(demo_bot, UNCLEAR.format("så")) == "ask"
    assert await _kept(demo_bot) == []


@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.usefixtures("doubting")
async def test_what_was_chosen_is_noted(learning: Bot, *, typed: bool) -> None:
    text = UNCLEAR.format("Elin Bergqvist")
    async with learning.database.begin() as session:
        johan = await person_by_email(session, JOHAN)
    assert johan is not None
    asked = await learning.conversation.answer(Gesture(johan.id, text=text), NOW)
    button = next(e for e in asked.reply.elements if isinstance(e, Button))
    chosen = (
        Gesture(johan.id, text=render(button.label, "sv"))
        if typed
        else Gesture(johan.id, press=button.press, value=button.value)
    )
    assert learning.conversation.unsure is not None
    await learning.conversation.unsure.idle()
    await learning.conversation.answer(chosen, NOW)
    await learning.conversation.unsure.idle()
    async with learning.database.begin() as session:
        (row,) = await unsure_messages(session)
    assert row.chosen == button.press.removeprefix("intent.") == row.offered[0]


@pytest.mark.usefixtures("doubting")
async def test_after_ninety_days_it_is_gone(learning: Bot) -> None:
    await _say(learning, UNCLEAR.format("så"))
    for days, left in ((89, 1), (91, 0)):
        async with learning.database.begin() as session:
            await forget_what_is_over(session, NOW + timedelta(days=days))
        assert len(await _kept(learning)) == left
