"""The new alumni that a digest counts can be seen: by whoever answers for them, page by page."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update

from bot.terminal.json_lines import JsonChat
from storage.tables import Alumnus, Consent, Person
from tests.dialogue import ALMA, JOHAN, KARIN, Dialogue, buttons, cards, facts, text

ELSEWHERE = "niklas.bjork@nordhamn.example"  # coordinator of another faculty


@pytest.fixture
async def new(chat: JsonChat) -> list[int]:
    """Let eight alumni come to Alma's unit lately; the first is protected."""
    async with chat.bot.database.begin() as session:
        alma = (await session.scalars(select(Person).where(Person.email == ALMA))).one()
        query = select(Alumnus).where(Alumnus.owner_unit_id == alma.unit_id).limit(8)
        every = list(await session.scalars(query))
        await session.execute(update(Alumnus).values(arrived_on=None))
        for one in every:
            one.arrived_on, one.paused_until = date(2026, 11, 20), None
        every[0].protected = True
        await session.execute(delete(Consent).where(Consent.alumnus_id == every[1].id))
        return [one.id for one in every]


@pytest.mark.parametrize(
    ("lang", "head", "rest", "more"),
    [("sv", "7 nya alumner på", "Visa 2 till", "fler"),
     ("en", "7 new alumni at", "Show 2 more", "more")],
)  # fmt: skip
async def test_they_are_listed_in_pages(
    chat: JsonChat, new: list[int], lang: str, head: str, rest: str, more: str
) -> None:
    alma = Dialogue(chat, ALMA, lang)
    digest = await alma.press("digest.show", "")
    shown = next(b for b in buttons(digest) if b["value"].startswith("digest.new|"))
    first = await alma.press("digest.act", shown["value"])
    assert head in text(first)
    assert len(cards(first)) == 5
    assert any(b["label"] == rest for b in buttons(first))
    second = await alma.press("digest.new")
    assert len(cards(second)) == 2
    assert not [b for b in buttons(second) if b["press"] == "digest.new"]
    async with chat.bot.database.begin() as session:
        protected = await session.get_one(Alumnus, new[0])
    names = {card["title"] for answer in (first, second) for card in cards(answer)}
    assert protected.name not in names
    assert len(names) == 7
    await alma.press("digest.act", shown["value"])
    by_word = await alma.say(more)
    assert [c["title"] for c in cards(by_word)] == [c["title"] for c in cards(second)]


async def test_without_consent_nobody_is_asked_for(chat: JsonChat, new: list[int]) -> None:
    alma = Dialogue(chat, ALMA, "sv")
    digest = await alma.press("digest.show", "")
    shown = next(b for b in buttons(digest) if b["value"].startswith("digest.new|"))
    every = [*cards(await alma.press("digest.act", shown["value"]))]
    every += cards(await alma.press("digest.new"))
    async with chat.bot.database.begin() as session:
        without = (await session.get_one(Alumnus, new[1])).name
    for card in every:
        missing = facts(card)["Samtycker till"].startswith("Inget än")
        assert missing == (not card["buttons"])
        assert missing or card["title"] != without


@pytest.mark.parametrize("who", [ELSEWHERE, JOHAN])
async def test_not_by_others(chat: JsonChat, new: list[int], who: str) -> None:
    async with chat.bot.database.begin() as session:
        unit = (await session.get_one(Alumnus, new[1])).owner_unit_id
    answer = await Dialogue(chat, who).press("digest.new", f"{unit}:2026-11-01:0")
    assert not cards(answer)
    assert not buttons(answer)


async def test_central_sees_them_and_odd_values_are_answered(
    chat: JsonChat, new: list[int]
) -> None:
    async with chat.bot.database.begin() as session:
        unit = (await session.get_one(Alumnus, new[1])).owner_unit_id
    karin = Dialogue(chat, KARIN)
    assert len(cards(await karin.press("digest.new", f"{unit}:2026-11-18:0"))) == 5
    for odd in ("", "x:y:z", f"{unit}:2026-99-99:0", "999999:2026-11-18:0", f"{unit}:2026-11-18:x"):
        assert text(await karin.press("digest.new", odd))
